"""Rulesets broken in their structure, and a run of ``check`` over many of them.

Started as a program of its own, so that it can be held to little memory and time:
``python broken.py FILE SEED COUNT`` tells how many came out how.
"""

import copy
import json
import random
import resource
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path

SECONDS, MEGABYTES = 10, 600
STRANGE = [None, True, -1, 0, 10**12, 10**20, 1.5, "", "x", "yes", "< 5", "9..1", [], {}, [[]]]


def places(value, path=()):
    """Yield the path to everything inside ``value``."""
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for step, part in entries:
        yield (*path, step)
        if isinstance(part, dict | list):
            yield from places(part, (*path, step))


def holder(value, path):
    for step in path[:-1]:
        value = value[step]
    return value


def drop(rng, value, path):
    del holder(value, path)[path[-1]]


def double(rng, value, path):
    inside = holder(value, path)
    again = copy.deepcopy(inside[path[-1]])
    if isinstance(inside, list):
        inside.append(again)
    else:
        inside[f"{path[-1]}_again"] = again


def rename(rng, value, path):
    inside = holder(value, path)
    if isinstance(inside, dict):
        other = rng.choice([p[-1] for p in places(value) if isinstance(p[-1], str)])
        inside[other] = inside.pop(path[-1])


def retarget(rng, value, path):
    other = rng.choice(list(places(value)))
    holder(value, path)[path[-1]] = copy.deepcopy(holder(value, other)[other[-1]])


def replace(rng, value, path):
    holder(value, path)[path[-1]] = rng.choice(STRANGE)


def shuffle(rng, value, path):
    inside = holder(value, path)[path[-1]]
    if isinstance(inside, list):
        rng.shuffle(inside)


def multiply(rng, value, path):
    inside = holder(value, path)
    if isinstance(inside, list):
        inside *= 40


WAYS = [drop, double, rename, retarget, replace, shuffle, multiply]


def broken(rng, value):
    """Return ``value`` with one to three things in it broken."""
    value = copy.deepcopy(value)
    for _ in range(rng.randint(1, 3)):
        found = list(places(value))
        if found:
            rng.choice(WAYS)(rng, value, rng.choice(found))
    return value


def main(file, seed, count):
    from checklist.checking import check_file
    from checklist.loading.shape import NOT_FOUND_BY_THE_WALK
    from checklist.loading.yaml_text import read_yaml

    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
    rng = random.Random(seed)  # noqa: S311 - nothing here is secret
    whole = read_yaml(Path(file).read_bytes(), file).value
    came_out = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            path = Path(folder) / f"{number}.yaml"
            path.write_text(json.dumps(broken(rng, whole)), "utf-8")
            signal.setitimer(signal.ITIMER_PROF, SECONDS)  # of work; then the process ends
            checked = check_file(str(path), "2026-01-31")
            signal.setitimer(signal.ITIMER_PROF, 0)
            assert all(problem.message and problem.place for problem in checked.problems)
            assert not any(NOT_FOUND_BY_THE_WALK in problem.message for problem in checked.problems)
            came_out["refused" if checked.ruleset is None else "loaded"] += 1
            came_out["sound"] += not checked.problems
    sys.stdout.write(json.dumps(came_out))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
