"""Words taught where they first stand on a page, and those that a page of questions uses."""

from collections.abc import Iterator
from contextvars import ContextVar
from functools import lru_cache

from flask import g

from checklist.ruleset.content import Term
from checklist.ruleset.model import Question, Ruleset, Section
from checklist.web import current
from checklist.web.marks import Marks
from checklist.wording.terms import Spot, teach, terms_in, terms_of, with_spots


def taught(text: str) -> str:
    """Return ``text`` with each term that is new on this page taught: for use in templates."""
    spots = _open_spots.get()
    if spots is not None:
        return with_spots(text, terms_of(current.ruleset()), spots.mark)
    return teach(text, terms_of(current.ruleset()), seen())


def seen() -> set[str]:
    """Return the terms that this page has taught so far, to be added to."""
    known: set[str] | None = g.get("terms_seen")
    if known is None:
        known = g.terms_seen = set()
    return known


def leaves_open() -> bool:
    """Return whether what a spot says is left open just now."""
    return _open_spots.get() is not None


class OpenSpots(Marks[Spot]):
    """Leaves open what each spot of a text will say, for as long as it is entered.

    What ``taught`` returns then holds a mark in place of each spot.
    """

    def __enter__(self) -> "OpenSpots":
        """Begin to leave spots open."""
        self._before = _open_spots.set(self)
        return self

    def __exit__(self, *_: object) -> None:
        """Teach again."""
        _open_spots.reset(self._before)


# Not in g, which takes longer to look into: this is asked for each part of a page.
_open_spots: ContextVar[OpenSpots | None] = ContextVar("open_spots", default=None)


def words_on(section: Section) -> tuple[Term, ...]:
    """Return the terms that a page of questions uses."""
    return _words_on(current.ruleset(), section.id)


@lru_cache(maxsize=256)
def _words_on(ruleset: Ruleset, section_id: str) -> tuple[Term, ...]:
    [section] = [each for each in ruleset.sections if each.id == section_id]
    return terms_in(_texts(section), terms_of(ruleset))


def _texts(section: Section) -> Iterator[str]:
    yield section.intro
    for question in section.questions:
        yield from (question.text, question.why, question.hint, question.where, question.who)
        yield from _labels(question)


def _labels(question: Question) -> Iterator[str]:
    for labels in ("items", "options"):
        yield from getattr(question, labels, {}).values()
