"""What the command ``check`` finds, as text for people and as data for programs."""

import sys
from collections.abc import Iterator
from time import monotonic
from typing import TYPE_CHECKING, Any, TextIO

import click
from msgspec import Struct
from msgspec.structs import replace

from checklist.checks.verify import Progress, check_ruleset, review_due
from checklist.errors import Place, Problem, RulesetError
from checklist.loading.loader import load_ruleset

if TYPE_CHECKING:
    from checklist.checks.mutation import Guarded
    from checklist.ruleset.model import Ruleset

FORMAT = 1
_PATIENCE = 1.0  # seconds before progress is shown


class Checked(Struct, frozen=True):
    """A ruleset file, looked at in full.

    ``ruleset`` is None if it does not load; ``guarded`` is None if nobody asked how well
    its rules are guarded, or if something else has to be mended first.
    """

    file: str
    ruleset: "Ruleset | None"
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    guarded: "Guarded | None" = None
    seconds: float = 0.0

    def as_text(self) -> Iterator[str]:
        """Yield what there is to say of it besides its problems, in lines."""
        ruleset = self.ruleset
        if ruleset and not (self.problems and self.guarded is None):
            yield (
                f"{self.file}: sound. {len(ruleset.criteria)} criteria, "
                f"{len(ruleset.outcomes)} outcomes, {len(ruleset.promises)} promises "
                f"proven, {len(ruleset.cases)} cases as expected."
            )
        if self.guarded:
            yield _guarded_text(self.guarded, self.seconds)

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for JSON; ``docs/ruleset.md`` tells what each key holds."""
        ruleset = self.ruleset
        return {
            "format": FORMAT,
            "file": self.file,
            "sound": not self.problems,
            "ruleset": ruleset and {"id": ruleset.id, "version": ruleset.version},
            "counts": ruleset
            and {
                "criteria": len(ruleset.criteria),
                "outcomes": len(ruleset.outcomes),
                "promises": len(ruleset.promises),
                "cases": len(ruleset.cases),
            },
            "problems": [_plain(problem) for problem in self.problems],
            "warnings": [_plain(problem) for problem in self.warnings],
            "changes": self.guarded and _guarded_dict(self.guarded, self.seconds),
        }


def check_file(file: str, today: str) -> Checked:
    """Return everything that is to be found in the ruleset of a file.

    Args:
        file: its name.
        today: the date in ISO 8601, to tell if a review is due.
    """
    try:
        ruleset = load_ruleset(file)
    except RulesetError as error:
        return Checked(file, None, error.problems)
    warnings = tuple(review_due(ruleset, today))
    with Bar("Checking", sys.stderr) as bar:
        found = (*check_ruleset(ruleset, bar), *_too_long_to_keep(ruleset))
    return Checked(file, ruleset, found, warnings)


def with_changes_tried(checked: Checked) -> Checked:
    """Return the same, and how well its rules are guarded if nothing has to be mended first."""
    if checked.ruleset is None or checked.problems:
        return checked
    from checklist.checks.mutation import try_changes

    start = monotonic()
    with Bar("Trying changes", sys.stderr) as bar:
        guarded = try_changes(checked.ruleset, bar)
    unnoticed = tuple(change.problem for change in guarded.unnoticed)
    seconds = monotonic() - start
    return replace(checked, problems=unnoticed, guarded=guarded, seconds=seconds)


class Bar:
    """A bar of progress: where that is a terminal, and once it has taken a while.

    Args:
        label: what is being done.
        stream: where the bar is drawn; None where there is no such thing.
        patience: seconds before it is drawn.
    """

    def __init__(self, label: str, stream: TextIO | None, patience: float = _PATIENCE) -> None:
        self._label = label
        self._stream = stream if stream is not None and stream.isatty() else None
        self._due = monotonic() + patience
        self._bar: Any = None

    def __enter__(self) -> Progress:
        return self._tell

    def __exit__(self, *raised: object) -> None:
        if self._bar is not None:
            self._bar.render_finish()

    def _tell(self, done: int, total: int) -> None:
        if self._bar is None and self._stream is not None and monotonic() >= self._due:
            self._bar = click.progressbar(length=total, label=self._label, file=self._stream)
        if self._bar is not None:
            self._bar.update(done - self._bar.pos)


def _too_long_to_keep(ruleset: "Ruleset") -> Iterator[Problem]:
    from checklist.web.cookie import BUDGET
    from checklist.web.longest_cookie import longest_cookie

    longest = longest_cookie(ruleset)
    if longest > BUDGET:
        place = Place(ruleset.file, 1, 1)
        message = (
            f"the longest answers take {longest:,} bytes to keep, at most {BUDGET:,} can be kept; "
            "ask for less text: fewer text questions, or a smaller max_length"
        )
        yield Problem(message, "sections", place, "answers_too_long")


def _plain(problem: Problem) -> dict[str, Any]:
    place = problem.place
    return {
        "kind": problem.kind,
        "where": problem.where,
        "line": place and place.line,
        "column": place and place.column,
        "message": problem.message,
        "answers": None if problem.answers is None else {**problem.answers},
    }


def _guarded_text(guarded: "Guarded", seconds: float) -> str:
    counts = guarded.counts
    noticed = counts["by_case"] + counts["by_promise"]
    text = (
        f"{guarded.made:,} changes of one thing tried in {seconds:.1f} seconds: "
        f"{counts['refused']:,} would be reported by check, {counts['alike']:,} cannot be told "
        f"from the original by any answers, {noticed:,} are noticed by a case or promise, "
        f"{len(guarded.unnoticed) or 'none'} unnoticed."
    )
    if counts["not_compared"]:
        text += f" {counts['not_compared']:,} are too entangled to be compared."
    return text


def _guarded_dict(guarded: "Guarded", seconds: float) -> dict[str, Any]:
    counts = guarded.counts
    return {
        "made": guarded.made,
        "reported_by_check": counts["refused"],
        "alike": counts["alike"],
        "noticed_by_a_case": counts["by_case"],
        "noticed_by_a_promise": counts["by_promise"],
        "unnoticed": counts["unnoticed"],
        "not_compared": counts["not_compared"],
        "seconds": round(seconds, 3),
    }
