"""From the command to the first page, beside a bare Flask and waitress app."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from time import perf_counter
from urllib.request import urlopen

from benchmarks.timing import effort, in_turns, shown, spread, table, verdict

COMMANDS = {
    "a bare Flask and waitress app": ["-m", "benchmarks.bare"],
    "checklist serve": ["-m", "checklist", "serve", "--port", "0", "--no-browser"],
}


def report() -> str:
    """Return the section on the start."""
    used: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as compiled:
        setting = _as_installed(compiled)
        turns = {name: _starter(COMMANDS[name], setting, used[name]) for name in COMMANDS}
        timings = in_turns(turns, effort(11, 2))
    bare, ours = timings.values()
    middle = {name: sorted(seconds)[len(seconds) // 2] for name, seconds in used.items()}
    rows = [
        [name, shown(t.median), spread(t), f"{t.times(bare):.2f}", shown(middle[name])]
        for name, t in timings.items()
    ]
    return "\n".join(
        [
            "## Start: from the command to the first page",
            "",
            "Both started in turns as programs of their own, Python's start included, and asked",
            "for their first page as soon as they say where they are. Each was started once",
            "before, and its compiled files kept, as an installed program has them. Clock time;",
            "beside it the processor time of the whole program, which other programs disturb less.",
            "",
            table(["first page", "median", "middle half", "times", "processor time"], rows),
            "",
            f"- Clock time: {verdict(ours.times(bare), 2)}.",
            "",
            "Tried: what the first page can do without is imported when it is first used (rules",
            "in words, summary, papers, forms, encryption, the words for faults); msgspec in place",
            "of pydantic reads the shapes, and makes the frozen data that a ruleset is; the",
            "garbage collector rests while the program loads; places in a file are objects only",
            "once they are shown. What is left beyond Flask's own start is, the largest first:",
            "reading and proving the ruleset, importing our own modules, the page's templates.",
            "",
        ]
    )


def _as_installed(compiled: str) -> dict[str, str]:
    # Where Python is told to keep no compiled files, it would compile us anew at every start.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": compiled}


def _starter(
    command: list[str], setting: Mapping[str, str], used: list[float]
) -> Callable[[], float]:
    def turn() -> float:
        start = perf_counter()
        with subprocess.Popen(
            [sys.executable, *command],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=setting,
            text=True,
        ) as program:
            try:
                assert program.stdout
                found = re.search(r"http://[0-9.:]+/", program.stdout.readline())
                assert found
                with urlopen(found[0]) as page:
                    page.read()
                seconds = perf_counter() - start
            finally:
                program.terminate()
            used.append(_processor_time(program))
        return seconds

    return turn


def _processor_time(program: "subprocess.Popen[str]") -> float:
    if not hasattr(os, "wait4"):
        return float("nan")
    _, status, usage = os.wait4(program.pid, 0)
    program.returncode = status
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    print(report())
