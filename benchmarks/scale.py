"""How the work grows with the ruleset: 10 to 1,000 questions, loaded, checked and assessed."""

import json
from math import log
from pathlib import Path
from time import process_time

from benchmarks.hard_rulesets import Raw, criterion, rule, ruleset
from benchmarks.plot import Line, plot
from benchmarks.timing import Timing, effort, in_turns, shown, table
from checklist.checks.verify import check_ruleset
from checklist.engine.assess import assess
from checklist.loading.loader import read_ruleset

SIZES = (10, 20, 50, 100, 200, 500, 1000)
PLOT = Path(__file__).parents[1] / "docs" / "benchmarks-scale.svg"
_STEPS = ("load", "check", "assess, half open")


def report() -> str:
    """Return the section on scale, and draw its plot."""
    sizes = SIZES[: effort(len(SIZES), 4)]
    found = {size: _measured(json.dumps(grown(size)).encode()) for size in sizes}
    lines = [
        Line(step, [(size, found[size][step].median * 1000) for size in sizes]) for step in _STEPS
    ]
    PLOT.write_text(plot(lines, "questions", "milliseconds"), encoding="utf-8")
    rows = [[f"{size:,}", *(shown(found[size][step].median) for step in _STEPS)] for size in sizes]
    growth = ", ".join(
        f"{step} {_power(line):.2f}" for step, line in zip(_STEPS, lines, strict=True)
    )
    return "\n".join(
        [
            "## Scale",
            "",
            "One criterion of four rules for every four questions; the score and a status tested",
            "by the outcomes. Half of the answers are open; each is judged by a fresh ruleset.",
            "",
            table(["questions", *_STEPS], rows),
            "",
            f"![{_said(found, sizes)}]({PLOT.name})",
            "",
            f"Time grows as questions to the power of: {growth} (1 is linear).",
            "",
        ]
    )


def grown(questions: int) -> Raw:
    """Return a ruleset of so many questions."""
    asked: list[Raw] = []
    judged = []
    for number in range(max(questions // 4, 1)):
        a, b, c, d = (f"q{number}_{letter}" for letter in "abcd")
        asked += [
            {"id": a, "text": "?", "type": "integer", "minimum": 0, "maximum": 99},
            {"id": b, "text": "?", "type": "yes_no"},
            {"id": c, "text": "?", "type": "choice", "options": {"x": "X", "y": "Y", "z": "Z"}},
            {"id": d, "text": "?", "type": "yes_no"},
        ]
        judged.append(
            criterion(
                number,
                rule("not_met", 0, {a: "< 18", b: "no"}),
                rule("met", 2, {c: "x", a: "18..64"}),
                rule("partly", 1, {d: "yes", c: ["x", "y"]}),
                rule("not_yet", 0),
            )
        )
    half = questions // 4
    outcomes = [{"c0": "not_met"}, {"score": f">= {half}", "c0": "met"}]
    return ruleset(asked, judged, outcomes)


def _measured(content: bytes) -> dict[str, Timing]:
    made = read_ruleset(content, "made.yaml")
    answers = {name: _answer(name) for n, name in enumerate(made.questions) if n % 2 == 0}

    def load() -> float:
        start = process_time()
        read_ruleset(content, "made.yaml")
        return process_time() - start

    def check() -> float:
        fresh = read_ruleset(content, "made.yaml")
        start = process_time()
        check_ruleset(fresh)
        return process_time() - start

    def judge() -> float:
        fresh = read_ruleset(content, "made.yaml")
        start = process_time()
        assess(fresh, answers)
        return process_time() - start

    return in_turns(dict(zip(_STEPS, (load, check, judge), strict=True)), effort(5, 1))


def _answer(name: str) -> str | int:
    return {"a": 40, "b": "yes", "c": "y", "d": "no"}[name[-1]]


def _power(line: Line) -> float:
    # How steep a line is where both axes are logarithmic, from 100 questions on.
    points = [point for point in line.points if point[0] >= 100]
    points = points if len(points) > 1 else list(line.points)
    (x, y), (more_x, more_y) = points[0], points[-1]
    return log(more_y / y) / log(more_x / x) if more_x > x else 1.0


def _said(found: dict[int, dict[str, Timing]], sizes: tuple[int, ...]) -> str:
    first, last = sizes[0], sizes[-1]
    told = "; ".join(
        f"{step} from {shown(found[first][step].median)} to {shown(found[last][step].median)}"
        for step in _STEPS
    )
    return f"From {first} to {last:,} questions: {told}."


if __name__ == "__main__":
    print(report())
