"""Every error that the program raises on purpose, and what a fault in a file looks like.

    ChecklistError
    ├── RulesetError     a ruleset file that cannot be used; lists every fault
    ├── AnswersError     answers that the ruleset does not allow; lists every fault
    ├── GapError         a decision table that leaves some answers undecided
    └── EntangledError   criteria so linked that exact results would cost too much

Knows nothing of files, YAML or the web: it only carries what others found.
"""

import difflib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from msgspec import Struct

SHOWN_TEXT = 60
MOST_ADVICE = 50
MOST_COMPARISONS = 50_000


class Place(Struct, frozen=True, order=True):
    """A point in a file: line and column, both counted from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where it stands and what is wrong, in words for the file's author.

    ``place`` is None where no line can be named (answers given from Python), and the start of
    a ruleset file that cannot be read at all; ``where`` is the dotted path inside the file, or
    empty. ``kind`` names what sort of fault it is, for programs; ``answers`` are those that
    show it, if any do.
    """

    message: str
    where: str = ""
    place: Place | None = None
    kind: str = "fault"
    answers: Mapping[str, object] | None = field(default=None, compare=False)

    def __str__(self) -> str:
        parts = [str(part) for part in (self.place, self.where) if part]
        return ": ".join([*parts, self.message])


class ChecklistError(Exception):
    """The root of the tree: catch this to catch everything raised on purpose."""


class _ProblemsError(ChecklistError):
    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class RulesetError(_ProblemsError):
    """A ruleset cannot be used. ``problems`` holds every fault that was found."""


class AnswersError(_ProblemsError):
    """Answers do not fit the ruleset. ``problems`` names every bad answer."""


class GapError(ChecklistError):
    """No rule of a table matches some answers; ``answers`` is one such set."""

    def __init__(self, table: str, answers: Mapping[str, object]) -> None:
        self.table = table
        self.answers = dict(answers)
        super().__init__(f"no rule of {table} matches {spell_answers(self.answers)}")


class Tangle(Struct, frozen=True):
    """Tables, or counts, that can come out together in more ways than can be gone through.

    ``kind`` says what there is too much of; ``names`` are the tables or counts;
    ``questions`` what ties them, the most telling first.
    """

    kind: Literal["answers", "counts", "scores"]
    combinations: int
    names: tuple[str, ...]
    questions: tuple[str, ...]


class EntangledError(ChecklistError):
    """What is linked has more combinations than can be gone through; lists every tangle."""

    def __init__(self, tangles: Iterable[Tangle]) -> None:
        self.tangles = tuple(tangles)
        super().__init__(
            "; ".join(f"{t.combinations:,} {t.kind} in {', '.join(t.names)}" for t in self.tangles)
        )


def quote(foreign: object) -> str:
    """Return text from a file or a person fit for a message.

    ASCII only and at most 60 characters, so that no terminal sequence or invisible
    character gets through, between single quotes.
    """
    text = str(foreign)
    shown = text if len(text) <= SHOWN_TEXT else text[: SHOWN_TEXT - 3] + "..."
    return "'" + shown.encode("unicode_escape").decode("ascii")[: SHOWN_TEXT + 20] + "'"


def nearest(name: str, allowed: Iterable[str]) -> str:
    """Return advice that ends a message about an unknown name.

    The nearest allowed name if one is near, else the allowed names (at most 12).
    """
    names = [str(candidate) for candidate in allowed]
    close = difflib.get_close_matches(str(name)[:SHOWN_TEXT], names, n=1)
    if close:
        return f"did you mean '{close[0]}'?"
    if not names:
        return "none is defined"
    more = ", ..." if len(names) > 12 else ""
    return "it can be " + ", ".join(names[:12]) + more


class Advisor:
    """Advice on unknown names, for the first of them: looking for near names takes time."""

    def __init__(self) -> None:
        self._left = MOST_ADVICE
        self._comparisons = MOST_COMPARISONS

    def advice(self, name: str, allowed: Collection[str]) -> str:
        """Return the end of a message about an unknown name, or nothing after the first 50."""
        if self._left <= 0 or self._comparisons <= 0:
            return ""
        self._left -= 1
        self._comparisons -= len(allowed)
        return f"; {nearest(name, allowed)}"


def spell_answers(answers: Mapping[str, object]) -> str:
    """Return answers as one line of ``name: value`` pairs for a message."""
    return "{" + ", ".join(f"{name}: {_spell(value)}" for name, value in answers.items()) + "}"


def _spell(value: object) -> str:
    if isinstance(value, Mapping):
        return spell_answers(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(str(part) for part in value) + "]"
    return "open" if value is None else str(value)
