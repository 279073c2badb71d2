"""The small words between the ruleset's own: 'or', 'to', a day, a status, and those of the form."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from checklist.ruleset.model import Criterion, Question, Ruleset

if TYPE_CHECKING:
    from checklist.engine.assessment import Range
    from checklist.wording.views import State

NONE_OF_THESE = "None of these"
NOT_ANSWERED = "Not answered"
LABELS = {
    "met": "Fits",
    "partly": "Fits in part",
    "not_met": "Does not fit",
    "not_yet": "Cannot be judged yet",
    "open": "Not known yet",
}


def name_of(question: Question) -> str:
    """Return the short name of a question, or its text where it has none."""
    return question.short or question.text


def open_words(question: Question) -> str:
    """Return the words by which a person leaves a question open on purpose."""
    return "I do not know" if question.scored else "I do not know, or would rather not say"


@lru_cache(maxsize=64)
def day_in_words(iso: str) -> str:
    """Return a day such as '2 March 2026' from its ISO 8601 form."""
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B} {day.year}"


def label(ruleset: Ruleset, criterion: Criterion, state: "State") -> str:
    """Return what a status, or 'open', is called for a criterion."""
    return criterion.labels.get(state) or ruleset.labels.get(state) or LABELS[state]


def joined(words: Iterable[str], last: str = "or") -> str:
    """Return words as one enumeration: 'a, b or c'."""
    parts = list(words)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def capital(text: str) -> str:
    """Return text with its first letter a capital."""
    return text[:1].upper() + text[1:]


def points_words(points: "Range") -> str:
    """Return '1 of 2' or '0 to 2 of 2'."""
    low = f"{points.low}" if points.settled else f"{points.low} to {points.high}"
    return f"{low} of {points.maximum}"
