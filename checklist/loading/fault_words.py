"""What is wrong with a ruleset's shape, said for its author: one sentence, at the right line."""

import re
from collections.abc import Collection, Mapping
from typing import assert_never

from msgspec import inspect

from checklist.errors import Advisor, Problem, quote
from checklist.loading.content_schema import is_id
from checklist.loading.document import Document
from checklist.loading.faults import Fault, Wanted, keys_of
from checklist.loading.key_words import meaning

_KINDS = {
    dict: "a group of keys",
    list: "a list",
    str: "text",
    bool: "true or false",
    float: "a number",
}
_MAPPING = "keys with values, such as 'title: The weather'"
_WANTED: Mapping[type[Wanted], str] = {
    inspect.StrType: "text in quotes or plain words",
    inspect.IntType: "a whole number, without quotes",
    inspect.VarTupleType: "a list, in [ ] or with a dash before each entry",
}
_TYPES = "yes_no, choice, integer, multi_choice, grid, text"


class FaultWords:
    """Says the faults of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.advisor = Advisor()

    def problem(self, fault: Fault) -> Problem:
        """Return a fault in words, with its place."""
        document, path, message = self.document, fault.path, self._sentence(fault)
        if fault.kind == "missing":
            return Problem(message, document.spell(path[:-1]), document.place(path[:-1]))
        if fault.kind == "unknown_key" or fault.is_of_a_name:
            return Problem(message, document.spell(path[:-1]), document.key_place(path))
        if fault.kind == "unknown_type":
            path = (*path, "type")
        return Problem(message, document.spell(path), document.place(path))

    def _sentence(self, fault: Fault) -> str:
        match fault.kind:
            case "unknown_key":
                key = str(fault.path[-1])
                return f"unknown key {quote(key)}{self.advisor.advice(key, keys_of(fault.holder))}"
            case "unknown_type":
                return self._unknown_type(fault.given["type"])
            case "not_among":
                return self._not_among(fault.given, [str(word) for word in fault.allowed])
            case "other_kind":
                wanted = _WANTED.get(type(fault.wanted), _MAPPING)
                instead = _instead(fault.wanted, fault.given)
                return f"this must be {wanted}; it is {_kind_of(fault.given)}{instead}"
            case "missing" | "nothing" | "no_type" | "no_fact":
                return _without(fault)
            case "bad_name" | "long_name" | "bad_pattern":
                return _badly_written(fault)
            case "too_few" | "too_short" | "too_long" | "too_small" | "too_large":
                return _beyond(fault)
        assert_never(fault.kind)

    def _unknown_type(self, name: object) -> str:
        if name is None:
            return f"nothing stands here; it can be {_TYPES}"
        advice = self.advisor.advice(str(name), _TYPES.split(", "))
        return f"there is no type {quote(name)}{advice}"

    def _not_among(self, given: object, allowed: Collection[str]) -> str:
        if given is None:
            return f"nothing stands here; it can be {', '.join(allowed)}"
        if str(given) in allowed and isinstance(given, str):
            return f"{given} must be written without quotes"
        if isinstance(given, bool) and {"yes", "no"} <= set(allowed):
            return f"{quote(str(given).lower())} is not yes or no; write {'yes' if given else 'no'}"
        if isinstance(given, dict | list):
            return f"this must be one of {', '.join(allowed)}; it is {_kind_of(given)}"
        return f"{quote(given)} cannot stand here{self.advisor.advice(str(given), allowed)}"


def _instead(wanted: Wanted, given: object) -> str:
    # What to write, where that can be told from what stands there.
    match wanted, given:
        case inspect.StrType(), int() | float():
            return f'; write "{str(given).lower()}"'
        case inspect.IntType(), str() if re.fullmatch("-?[0-9]{1,15}", given):
            return f"; write {given}"
        case inspect.VarTupleType(), str() if is_id(given):
            return f"; write [{given}]"
    return ""


def _without(fault: Fault) -> str:
    match fault.kind:
        case "nothing":
            return "nothing stands here; write a value or take the key out"
        case "no_type":
            return f"the key 'type' is missing; it can be {_TYPES}"
        case "no_fact" if "count" in fault.given:
            return "this has both a count and a tally; make two facts of it, or take one out"
        case "no_fact":
            return "the key 'count' or 'tally' is missing: what does this fact count?"
    holder, key = fault.holder, str(fault.path[-1])
    shape = holder.cls.__name__ if isinstance(holder, inspect.StructType) else ""
    words = meaning(shape, key)
    what = f": {words[0].lower()}{words[1:].rstrip('.')}" if words else ""
    return f"the key '{key}' is missing{what}"


def _beyond(fault: Fault) -> str:
    given, end = fault.given, fault.allowed
    match fault.kind:
        case "too_few":
            return f"at least {'one entry' if end == 1 else f'{end} entries'} must stand here"
        case "too_short":
            return "this is empty; write something"
        case "too_long":
            return f"this is longer than {end:,} characters"
        case "too_small":
            return f"{given} is too small; the least that may stand here is {end:,}"
    return f"{given} is too large; the most that may stand here is {end:,}"


def _badly_written(fault: Fault) -> str:
    given, pattern = fault.given, str(fault.allowed)
    if fault.kind == "long_name":
        return f"the name {quote(fault.path[-1])} is too long; use at most 200 letters"
    if fault.kind == "bad_name":
        return _bad_name(str(fault.path[-1]))
    if "d{4}" in pattern:
        return f'{quote(given)} is not a date; write it in quotes as "2026-01-31"'
    if "A-Z" in pattern:
        return f"{quote(given)} is not a language; write en, de or pt-BR"
    return _bad_name(given)


def _bad_name(name: str) -> str:
    message = f"the name {quote(name)} may hold only a-z, 0-9, _ and -, a letter first"
    right = re.sub("[^a-z0-9_-]+", "_", name.lower()).strip("_-0123456789")
    return f"{message}; '{right}' would do" if is_id(right) else message


def _kind_of(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"the number {value}"
    return next((words for kind, words in _KINDS.items() if isinstance(value, kind)), "else")
