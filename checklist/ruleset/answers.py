"""What a person said: checked against a ruleset; read from and written to a file's text.

Everything that comes in, from the form, a file or Python, goes through ``check_answers``.
Opens no file.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, assert_never

from msgspec import Struct

from checklist.errors import Advisor, AnswersError, Problem, quote
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
from checklist.text_rules import MOST_DIGITS, clean

# What stands in an answers file.
FRAME = ("format", "ruleset", "version", "answers")
# What the form saves besides. No result hangs on it, so only the form looks into it.
SAVED_TOO = ("saved", "not_known", "to_ask")


class FrameFault(Struct, frozen=True):
    """What is wrong with an answers file, besides its answers: for whoever wrote it by hand.

    ``plain`` says so to somebody who never looked inside one; ``where`` is the entry, or empty.
    """

    message: str
    plain: str
    where: str = ""


class _BadAnswerError(ValueError):
    """All that is wrong with one answer, or with the file that holds it."""

    def __init__(self, *messages: str) -> None:
        super().__init__("; ".join(messages))
        self.messages = messages


def check_answers(questions: Mapping[str, Question], given: Mapping[str, Any]) -> Answers:
    """Return answers with the open ones left out.

    Args:
        questions: question id to question.
        given: question id to a complete answer as an answers file has it (see ``Answer``;
            lists may stand for tuples). None, an empty grid and blank text are open.

    Raises:
        AnswersError: some question does not exist or some answer is not allowed; names all.
    """
    if not isinstance(given, Mapping):
        raise AnswersError([Problem("answers must map question ids to answers", "answers")])
    checked: dict[str, Answer] = {}
    problems: list[Problem] = []
    checker = _Checker()
    for name, value in given.items():
        where = f"answers.{_spelled(name)}"
        question = questions.get(name) if isinstance(name, str) else None
        if question is None:
            advice = checker.advisor.advice(str(name), questions)
            problems.append(Problem(f"there is no question {quote(name)}{advice}", where))
            continue
        try:
            answer = None if value is None else checker.checked(question, value)
        except _BadAnswerError as error:
            problems += [Problem(message, where) for message in error.messages]
        else:
            if answer is not None and answer != {}:
                checked[name] = answer
    if problems:
        raise AnswersError(problems)
    return checked


def _spelled(name: object) -> str:
    return quote(name)[1:-1]


class _Checker:
    def __init__(self) -> None:
        self.advisor = Advisor()

    def checked(self, question: Question, value: object) -> Answer | None:
        match question:
            case YesNo() | Choice():
                return self._option(value, question.options)
            case Integer():
                return _number(value, question)
            case MultiChoice():
                return self._ticked(value, question)
            case Grid():
                return self._by_item(value, question)
            case Text():
                return _text(value, question)
            case _:
                assert_never(question)

    def _option(self, value: object, options: Mapping[str, str]) -> str:
        if not isinstance(value, str):
            more = ", ..." if len(options) > 12 else ""
            allowed = ", ".join(list(options)[:12]) + more
            raise _BadAnswerError(f"this must be a word in quotes, one of: {allowed}")
        if value not in options:
            advice = self.advisor.advice(value, options)
            raise _BadAnswerError(f"{quote(value)} is not an option{advice}")
        return value

    def _ticked(self, value: object, question: MultiChoice) -> tuple[str, ...]:
        if not isinstance(value, list | tuple):
            raise _BadAnswerError("this must be a list of options; [] means none of them")
        faults: dict[str, None] = {}
        ticked: set[str] = set()
        for part in value:
            try:
                option = self._option(part, question.options)
            except _BadAnswerError as error:
                faults.update(dict.fromkeys(error.messages))
                continue
            if option in ticked:
                faults[f"{quote(option)} stands in the list twice"] = None
            ticked.add(option)
        if faults:
            raise _BadAnswerError(*faults)
        return tuple(option for option in question.options if option in ticked)

    def _by_item(self, value: object, question: Grid) -> dict[str, str]:
        if not isinstance(value, Mapping):
            example = '{"item": "option"}'
            raise _BadAnswerError(f"this must map each item to an option, such as {example}")
        faults: list[str] = []
        chosen: dict[str, str] = {}
        for item, option in value.items():
            if item not in question.items:
                advice = self.advisor.advice(str(item), question.items)
                faults.append(f"there is no item {quote(item)}{advice}")
            elif option is not None:
                try:
                    chosen[item] = self._option(option, question.options)
                except _BadAnswerError as error:
                    faults += [f"{item}: {message}" for message in error.messages]
        if faults:
            raise _BadAnswerError(*faults)
        return {item: chosen[item] for item in question.items if item in chosen}


def _number(value: object, question: Integer) -> int:
    allowed = f"a whole number from {question.minimum} to {question.maximum}"
    if isinstance(value, bool) or not isinstance(value, int):
        raise _BadAnswerError(f"this must be {allowed}, without quotes")
    if not question.minimum <= value <= question.maximum:
        given = value if abs(value) < 10**MOST_DIGITS else "this number"
        raise _BadAnswerError(f"{given} is outside the range; it must be {allowed}")
    return value


def _text(value: object, question: Text) -> str | None:
    if not isinstance(value, str):
        raise _BadAnswerError("this must be text in quotes")
    if len(value) > question.max_length:
        raise _BadAnswerError(f"this is longer than {question.max_length:,} characters")
    try:
        return clean(value).strip() or None
    except ValueError as error:
        raise _BadAnswerError(str(error)) from None


def read_answers(ruleset: Ruleset, content: bytes) -> Answers:
    """Return the answers that an answers file holds.

    Args:
        ruleset: what the answers must fit.
        content: the file: ``{"format": 1, "ruleset": ID, "version": VERSION, "answers": {...}}``
            as UTF-8 JSON, at most 256 KiB, nested at most 10 deep.

    Raises:
        AnswersError: it is not such a file, or some answer is not allowed.
    """
    try:
        data = read_frame(content)
    except JsonError as error:
        raise AnswersError([Problem(str(error))]) from None
    problems = [Problem(fault.message, fault.where) for fault in frame_faults(ruleset, data)]
    try:
        checked = check_answers(ruleset.questions, data.get("answers", {}))
    except AnswersError as error:
        problems.extend(error.problems)
    if problems:
        raise AnswersError(problems)
    return checked


def read_frame(content: bytes) -> dict[str, Any]:
    """Return the entries of an answers file, whatever they hold.

    Raises:
        JsonError: it has none.
    """
    data = read_json(content)
    if not isinstance(data, dict):
        raise JsonError('an answers file is an object: {"format": 1, ...}')
    return data


def frame_faults(ruleset: Ruleset, data: Mapping[str, Any]) -> Iterator[FrameFault]:
    """Yield what is wrong with the entries of an answers file, besides the answers."""
    advisor = Advisor()
    for key in data:
        if key not in (*FRAME, *SAVED_TOO):
            yield FrameFault(
                f"unknown key {quote(key)}{advisor.advice(key, FRAME)}",
                f"It holds a part named {quote(key)}, which no saved file has.",
            )
    for key in FRAME:
        if key not in data:
            plain = f"The part named '{key}' is missing from it."
            yield FrameFault(f"the key {key} is missing", plain)
    if "format" in data and (type(data["format"]) is not int or data["format"] != 1):
        plain = "It was saved in a form that this version of the program cannot read."
        yield FrameFault("must be 1, the only format there is", plain, "format")
    if "ruleset" in data and data["ruleset"] != ruleset.id:
        other = quote(data["ruleset"])
        yield FrameFault(
            f"these answers are for {other}, not for {ruleset.id}",
            f"It belongs to another checklist, named {other}.",
            "ruleset",
        )
    if "version" in data and not isinstance(data["version"], str):
        plain = "The part named 'version' cannot be read."
        yield FrameFault('must be text in quotes, such as "2026.1"', plain, "version")


def write_answers(ruleset: Ruleset, answers: Answers, **saved_too: object) -> str:
    """Return the text of an answers file, with a question on each line.

    ``saved_too`` are entries besides, under the names in ``SAVED_TOO``.
    """
    data = {
        "format": 1,
        "ruleset": ruleset.id,
        "version": ruleset.version,
        "answers": {name: answers.get(name) for name in ruleset.questions},
        **saved_too,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
