"""Words taught where they first stand on a page, and those that a page of questions uses."""

from collections.abc import Callable, Iterator
from functools import partial

from flask import g

from checklist.ruleset.content import Term
from checklist.ruleset.model import Question, Section
from checklist.web import current
from checklist.wording.terms import teach, terms_in, terms_of


def taught(text: str) -> str:
    """Return ``text`` with each term that is new on this page taught: for use in templates."""
    return _teacher()(text)


def _teacher() -> Callable[[str], str]:
    teacher: Callable[[str], str] | None = g.get("teacher")
    if teacher is None:
        teacher = g.teacher = partial(teach, terms=terms_of(current.ruleset()), seen=set())
    return teacher


def words_on(section: Section) -> tuple[Term, ...]:
    """Return the terms that a page of questions uses."""
    return terms_in(_texts(section), terms_of(current.ruleset()))


def _texts(section: Section) -> Iterator[str]:
    yield section.intro
    for question in section.questions:
        yield from (question.text, question.why, question.hint, question.where, question.who)
        yield from _labels(question)


def _labels(question: Question) -> Iterator[str]:
    for labels in ("items", "options"):
        yield from getattr(question, labels, {}).values()
