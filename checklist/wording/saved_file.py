"""A file that a person saved: all that they said, to be opened again on another day.

It is an answers file with what the form keeps besides. A file of the same version of the
ruleset is taken whole or not at all; of one saved with other questions, what still fits is
taken by its id and the rest is named. Faults are told to people, not to authors of files.
Opens no file, and knows nothing of pages.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, assert_never

from checklist.errors import AnswersError, ChecklistError, quote
from checklist.ruleset.answers import SAVED_TOO, check_answers, read_answers, write_answers
from checklist.ruleset.json_text import JsonError, read_json
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

_MUST_HAVE = ("format", "ruleset", "version", "answers")
_MAY_HAVE = (*_MUST_HAVE, *SAVED_TOO)
_TO_TAKE_ALONG = "Questions to take along"


@dataclass(frozen=True, slots=True)
class Said:
    """All that a person said: ``not_known`` and ``to_ask`` are as a visit keeps them."""

    answers: Answers
    not_known: frozenset[str] = frozenset()
    to_ask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be taken: ``about`` is the question or entry, empty for the whole file."""

    about: str
    why: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file holds that today's questions can take, and how the two differ.

    ``day`` is when it was saved (ISO 8601), or empty; ``older`` whether it was saved with
    other questions; ``left_out`` what could not be carried over; ``added`` the questions,
    by their text, that the file does not have.
    """

    said: Said
    day: str
    older: bool
    left_out: tuple[Fault, ...]
    added: tuple[str, ...]


class NotOpenedError(ChecklistError):
    """A file cannot be opened; ``faults`` says why, entry by entry."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.about}: {fault.why}" for fault in faults))


def write_file(ruleset: Ruleset, said: Said, day: str) -> str:
    """Return the text of a file that ``open_file`` and the shell can read.

    Args:
        ruleset: what was asked.
        said: what is saved.
        day: today, in ISO 8601.
    """
    listed = all_asks(ruleset)
    return write_answers(
        ruleset,
        said.answers,
        saved=day,
        not_known=sorted(said.not_known),
        to_ask=[{"listed" if ask in listed else "own": ask} for ask in said.to_ask],
    )


def open_file(ruleset: Ruleset, content: bytes) -> Opened:
    """Return what a saved file holds.

    Args:
        ruleset: today's questions.
        content: the file, at most 256 KiB.

    Raises:
        NotOpenedError: it is no such file, belongs to another ruleset, or was saved with
            these very questions and holds an answer that they do not take.
    """
    data = _parts_of(content)
    if faults := list(_file_faults(ruleset, data)):
        raise NotOpenedError(faults)
    older = data["version"] != ruleset.version
    reader = _Reader(ruleset, older=older)
    said = Said(
        reader.answers(data["answers"]),
        reader.not_known(data.get("not_known", [])),
        reader.to_ask(data.get("to_ask", [])),
    )
    if reader.faults and not older:
        raise NotOpenedError(reader.faults)
    added = [q.text for name, q in ruleset.questions.items() if name not in data["answers"]]
    left_out = tuple(reader.faults)
    return Opened(said, data.get("saved", ""), older, left_out, tuple(added) if older else ())


def read_said(ruleset: Ruleset, content: bytes) -> Said:
    """Return what an answers file holds, with what the form saves besides, where it can be read.

    No result hangs on the latter: what is out of date or out of shape there is left out.

    Args:
        ruleset: what was asked.
        content: the file, at most 256 KiB.

    Raises:
        AnswersError: its answers do not belong to this ruleset, or are not allowed.
    """
    answers = read_answers(ruleset, content)
    data = _parts_of(content)
    not_known, to_ask = (
        part if isinstance(part := data.get(key), list) else [] for key in ("not_known", "to_ask")
    )
    reader = _Reader(ruleset, older=True)
    return Said(answers, reader.not_known(not_known), reader.to_ask(to_ask))


def _parts_of(content: bytes) -> dict[str, Any]:
    try:
        data = read_json(content)
    except JsonError as error:
        raise NotOpenedError([Fault("", error.plain)]) from None
    if not isinstance(data, dict) or not data.keys() & set(_MUST_HAVE):
        raise NotOpenedError([Fault("", JsonError("").plain)])
    return data


def _file_faults(ruleset: Ruleset, data: Mapping[str, Any]) -> Iterator[Fault]:
    if "ruleset" in data and data["ruleset"] != ruleset.id:
        yield Fault("", f"It belongs to another checklist, named {quote(data['ruleset'])}.")
        return
    if "format" in data and (type(data["format"]) is not int or data["format"] != 1):
        yield Fault("", "It was saved in a form that this version of the program cannot read.")
    for key in _MUST_HAVE:
        if key not in data:
            yield Fault("", f"The part named '{key}' is missing from it.")
    for key in data:
        if key not in _MAY_HAVE:
            yield Fault("", f"It holds a part named {quote(key)}, which no saved file has.")
    shapes = {"version": str, "answers": dict, "saved": str, "not_known": list, "to_ask": list}
    for key, shape in shapes.items():
        if key in data and not isinstance(data[key], shape):
            yield Fault("", f"The part named '{key}' cannot be read.")
    if isinstance(data.get("saved"), str) and not _is_day(data["saved"]):
        yield Fault("", "The day on which it was saved cannot be read.")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


class _Reader:
    """Takes what today's questions can take, and collects the faults of the rest."""

    def __init__(self, ruleset: Ruleset, *, older: bool) -> None:
        self.ruleset = ruleset
        self.older = older
        self.listed = frozenset(all_asks(ruleset))
        self.faults: list[Fault] = []

    def answers(self, entries: Mapping[str, Any]) -> Answers:
        found: dict[str, Answer | None] = {}
        for name, value in entries.items():
            question = self.ruleset.questions.get(name)
            if question is not None:
                found[name] = self._answer(question, value)
            elif value is not None or not self.older:  # else nothing is lost with it
                self._unknown(name)
        return {name: answer for name, answer in found.items() if answer is not None}

    def not_known(self, marks: Sequence[Any]) -> frozenset[str]:
        known = frozenset(_marks(self.ruleset))
        for mark in marks:
            if not isinstance(mark, str) or mark not in known:
                self._unknown(mark)
        return known.intersection(mark for mark in marks if isinstance(mark, str))

    def to_ask(self, entries: Sequence[Any]) -> tuple[str, ...]:
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
        tidy = " ".join(clean(words, multiline=True).split())
    except ValueError:
        return ""
    return tidy if len(tidy) <= OWN_LENGTH else ""


_NOT_ONE = "That is not one of the answers to choose from."


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
