"""The worst cases, the first time: everything open, nothing worked out before."""

import json
from functools import partial
from time import process_time

from benchmarks.hard_rulesets import MADE
from benchmarks.timing import effort, in_turns, shown, spread, table
from checklist import paths
from checklist.engine.assess import assess
from checklist.errors import RulesetError
from checklist.loading.loader import read_ruleset

_FORTY = "40 questions, 10 criteria, points <= 1000"


def report() -> str:
    """Return the section on worst cases."""
    contents = {"rules.yaml": paths.RULES.read_bytes()}
    contents |= {name: json.dumps(make()).encode() for name, make in MADE.items()}
    loaded = {name: content for name, content in contents.items() if _loads(content)}
    turns = {name: partial(_first_time, content) for name, content in loaded.items()}
    timings = in_turns(turns, effort(7, 2))
    slowest = max(timings, key=lambda name: timings[name].median)
    limits = {"rules.yaml": 0.05, _FORTY: 0.05}
    rows = []
    for name in contents:
        if name not in timings:
            rows.append([name, "refused when it is loaded", "", ""])
            continue
        limit = limits.get(name, 1.0)
        word = "reached" if timings[name].median < limit else "**not reached**"
        rows.append(
            [name, shown(timings[name].median), spread(timings[name]), f"{shown(limit)}: {word}"]
        )
    return "\n".join(
        [
            "## Worst cases, the first time",
            "",
            "Every answer open, on a ruleset object that has judged nobody yet. Rulesets that",
            "would take longer are refused when they are loaded.",
            "",
            table(["everything open", "median", "middle half", "under"], rows),
            "",
            f"The slowest that still loads is '{slowest}'.",
            "",
        ]
    )


def _loads(content: bytes) -> bool:
    try:
        read_ruleset(content, "made.yaml")
    except RulesetError:
        return False
    return True


def _first_time(content: bytes) -> float:
    ruleset = read_ruleset(content, "made.yaml")
    start = process_time()
    assess(ruleset, {})
    return process_time() - start


if __name__ == "__main__":
    print(report())
