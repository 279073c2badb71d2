"""The entries of a saved file, one by one: what today's questions can take, and why not the rest.

Faults are told to people, not to authors of files.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, assert_never

from msgspec import Struct

from checklist.errors import AnswersError, quote
from checklist.ruleset.answers import check_answers
from checklist.ruleset.model import (
    Answer,
    Answers,
    Choice,
    Grid,
    Integer,
    MultiChoice,
    Question,
    Ruleset,
    Text,
    YesNo,
)
from checklist.text_rules import clean
from checklist.wording.asking import OWN_AT_MOST, OWN_LENGTH, all_asks

_TO_TAKE_ALONG = "Questions to take along"
_NOT_ONE = "That is not one of the answers to choose from."


class Fault(Struct, frozen=True):
    """What cannot be taken: ``about`` is the question or entry, empty for the whole file."""

    about: str
    why: str


class EntryReader:
    """Takes what today's questions can take, and collects the faults of the rest."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.listed = frozenset(all_asks(ruleset))
        self.faults: list[Fault] = []

    def answers(self, entries: Mapping[str, Any]) -> Answers:
        """Return the answers among ``entries``: question id to what the file has."""
        found: dict[str, Answer | None] = {}
        for name, value in entries.items():
            question = self.ruleset.questions.get(name)
            if question is None:
                self._unknown(name)
            else:
                found[name] = self._answer(question, value)
        return {name: answer for name, answer in found.items() if answer is not None}

    def not_known(self, marks: Sequence[Any]) -> frozenset[str]:
        """Return the ids of questions, and items of grids, that were left open on purpose."""
        known = frozenset(_marks(self.ruleset))
        for mark in marks:
            if not isinstance(mark, str) or mark not in known:
                self._unknown(mark)
        return known.intersection(mark for mark in marks if isinstance(mark, str))

    def to_ask(self, entries: Sequence[Any]) -> tuple[str, ...]:
        """Return the questions that the person chose to ask, in their order."""
        found: dict[str, bool] = {}  # whether it is the person's own
        for entry in entries:
            match entry:
                case {"listed": str(ask)} if len(entry) == 1 and ask in self.listed:
                    found[ask] = False
                case {"own": str(words)} if len(entry) == 1 and (ask := _own_words(words)):
                    found.setdefault(ask, ask not in self.listed)
                case {"listed": str(words)} | {"own": str(words)}:
                    self._fault(_TO_TAKE_ALONG, f"{quote(words)} is not a question of this list.")
                case _:
                    self._fault(_TO_TAKE_ALONG, "An entry cannot be read.")
        own = [ask for ask, is_own in found.items() if is_own]
        if len(own) > OWN_AT_MOST:
            words = f"It holds {len(own)} of your own. There is room for {OWN_AT_MOST}."
            self._fault(_TO_TAKE_ALONG, words)
        too_many = frozenset(own[OWN_AT_MOST:])
        return tuple(ask for ask in found if ask not in too_many)

    def _answer(self, question: Question, value: Any) -> Answer | None:
        if isinstance(question, Grid) and isinstance(value, dict):
            return self._items(question, value) or None
        try:
            return _checked(question, value)
        except AnswersError:
            self._fault(question.text, _why_not(question, value))
            return None

    def _items(self, grid: Grid, value: Mapping[str, Any]) -> dict[str, str]:
        found: dict[str, str] = {}
        for item, option in value.items():
            if item not in grid.items:
                self._fault(grid.text, f"The file names {quote(item)}, which is not asked here.")
            elif isinstance(option, str) and option in grid.options:
                found[item] = option
            elif option is not None:
                why = f"{grid.items[item]}: the file says {_shown(option)}. {_NOT_ONE}"
                self._fault(grid.text, why)
        return {item: found[item] for item in grid.items if item in found}

    def _unknown(self, name: object) -> None:
        self._fault(quote(name), "This checklist asks nothing by that name.")

    def _fault(self, about: str, why: str) -> None:
        self.faults.append(Fault(about, why))


def _checked(question: Question, value: Any) -> Answer | None:
    return check_answers({question.id: question}, {question.id: value}).get(question.id)


def _marks(ruleset: Ruleset) -> Iterator[str]:
    for question in ruleset.questions.values():
        if isinstance(question, Grid):
            yield from (f"{question.id}.{item}" for item in question.items)
        else:
            yield question.id


def _own_words(words: str) -> str:
    """Return a person's own question as it is kept, or nothing where it cannot be."""
    try:
        tidy = " ".join(clean(words).split())
    except ValueError:
        return ""
    return tidy if len(tidy) <= OWN_LENGTH else ""


def _why_not(question: Question, value: Any) -> str:
    match question:
        case YesNo() | Choice():
            return f"The file says {_shown(value)}. {_NOT_ONE}"
        case MultiChoice():
            return f"The file says {_shown(value)}. Not all of that can be ticked here."
        case Integer():
            allowed = f"a whole number from {question.minimum} to {question.maximum}"
            return f"The file says {_shown(value)}. This takes {allowed}."
        case Grid():
            return f"The file says {_shown(value)}. It must say so part by part."
        case Text():
            return _why_no_text(question, value)
        case _:
            assert_never(question)


def _why_no_text(question: Text, value: Any) -> str:
    if not isinstance(value, str):
        return f"The file says {_shown(value)}. This takes words."
    if len(value) > question.max_length:
        return f"The text has {len(value):,} characters. There is room for {question.max_length:,}."
    return "The text holds a sign that cannot be kept."


def _shown(value: Any) -> str:
    return quote(value if isinstance(value, str) else json.dumps(value))
