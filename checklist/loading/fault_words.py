"""What pydantic finds, said for a ruleset's author: one sentence, at the right line.

pydantic names keys, types and limits in a programmer's words and points at the parent of
what is missing.
"""

import re
from collections.abc import Mapping
from typing import Any

from checklist.errors import Advisor, Problem, quote
from checklist.loading import schema
from checklist.loading.annotations import bad_name_in, keys_of, located
from checklist.loading.content_schema import is_id
from checklist.loading.document import Document
from checklist.loading.key_words import meaning

_KINDS = {
    dict: "a group of keys",
    list: "a list",
    str: "text",
    bool: "true or false",
    float: "a number",
}
_MAPPING = "keys with values, such as 'title: The weather'"
_WANTED = {
    "string_type": "text in quotes or plain words",
    "int_type": "a whole number, without quotes",
    "list_type": "a list, in [ ] or with a dash before each entry",
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
}
_TYPES = "yes_no, choice, integer, multi_choice, grid, text"


class FaultWords:
    """Says the faults of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.advisor = Advisor()

    def problem(self, fault: Mapping[str, Any]) -> Problem:
        """Return one of pydantic's findings in words, with its place."""
        document, kind = self.document, fault["type"]
        if (path := bad_name_in(fault)) is not None:
            message = _bad_name(path[-1], kind)
            return Problem(message, document.spell(path[:-1]), document.key_place(path))
        path, annotation, holder = located(fault["loc"])
        if kind == "union_tag_not_found":
            message = _without_kind(fault["input"], is_fact=annotation == schema.Fact)
            return Problem(message, document.spell(path), document.place(path))
        if kind == "extra_forbidden":
            message = f"unknown key {quote(path[-1])}"
            message += self.advisor.advice(str(path[-1]), keys_of(holder))
            return Problem(message, document.spell(path[:-1]), document.key_place(path))
        if kind == "missing":
            message = f"the key '{path[-1]}' is missing"
            if words := meaning(getattr(holder, "__name__", ""), str(path[-1])):
                message += f": {words[0].lower()}{words[1:].rstrip('.')}"
            return Problem(message, document.spell(path[:-1]), document.place(path[:-1]))
        if kind == "union_tag_invalid":
            path = (*path, "type")
        return Problem(self._sentence(fault), document.spell(path), document.place(path))

    def _sentence(self, fault: Mapping[str, Any]) -> str:
        kind, given, context = fault["type"], fault["input"], fault.get("ctx", {})
        match kind:
            case "literal_error":
                return self._not_among(given, context["expected"])
            case "union_tag_invalid":
                name = given.get("type")
                types = _TYPES.split(", ")
                if name is None:
                    return f"nothing stands here; it can be {_TYPES}"
                return f"there is no type {quote(name)}{self.advisor.advice(str(name), types)}"
            case "string_pattern_mismatch":
                return _pattern_sentence(given, context["pattern"])
        return _plain_sentence(kind, given, context)

    def _not_among(self, given: object, expected: str) -> str:
        allowed = expected.replace("'", "").replace(" or ", ", ").split(", ")
        if given is None:
            return f"nothing stands here; it can be {', '.join(allowed)}"
        if str(given) in allowed and isinstance(given, str):
            return f"{given} must be written without quotes"
        if isinstance(given, bool) and {"yes", "no"} <= set(allowed):
            return f"{quote(str(given).lower())} is not yes or no; write {'yes' if given else 'no'}"
        if isinstance(given, dict | list):
            return f"this must be one of {', '.join(allowed)}; it is {_kind_of(given)}"
        return f"{quote(given)} cannot stand here{self.advisor.advice(str(given), allowed)}"


def _plain_sentence(kind: str, given: object, context: Mapping[str, Any]) -> str:
    if kind in _WANTED:
        return f"this must be {_WANTED[kind]}; it is {_kind_of(given)}{_instead(kind, given)}"
    match kind:
        case "nothing":
            return "nothing stands here; write a value or take the key out"
        case "too_short":
            return _too_few(context["min_length"])
        case "string_too_short":
            return "this is empty; write something"
        case "string_too_long":
            return f"this is longer than {context['max_length']:,} characters"
        case "greater_than_equal":
            return f"{given} is too small; the least that may stand here is {context['ge']:,}"
        case "less_than_equal":
            return f"{given} is too large; the most that may stand here is {context['le']:,}"
    return f"this cannot stand here ({kind})"


def _instead(kind: str, given: object) -> str:
    # What to write, where that can be told from what stands there.
    if kind == "string_type" and isinstance(given, int | float):
        return f'; write "{str(given).lower()}"'
    if kind == "int_type" and isinstance(given, str) and re.fullmatch("-?[0-9]{1,15}", given):
        return f"; write {given}"
    if kind == "list_type" and isinstance(given, str) and is_id(given):
        return f"; write [{given}]"
    return ""


def _too_few(fewest: int) -> str:
    return f"at least {'one entry' if fewest == 1 else f'{fewest} entries'} must stand here"


def _without_kind(given: object, *, is_fact: bool) -> str:
    if not isinstance(given, Mapping):
        return f"this must be {_MAPPING}; it is {_kind_of(given)}"
    if "count" in given and "tally" in given:
        return "this has both a count and a tally; make two facts of it, or take one out"
    if is_fact:
        return "the key 'count' or 'tally' is missing: what does this fact count?"
    return f"the key 'type' is missing; it can be {_TYPES}"


def _bad_name(name: object, kind: str = "") -> str:
    if kind == "string_too_long":
        return f"the name {quote(name)} is too long; use at most 200 letters"
    message = f"the name {quote(name)} may hold only a-z, 0-9, _ and -, a letter first"
    right = re.sub("[^a-z0-9_-]+", "_", str(name).lower()).strip("_-0123456789")
    return f"{message}; '{right}' would do" if is_id(right) else message


def _pattern_sentence(given: object, pattern: str) -> str:
    if "d{4}" in pattern:
        return f'{_shown(given)} is not a date; write it in quotes as "2026-01-31"'
    if "A-Z" in pattern:
        return f"{_shown(given)} is not a language; write en, de or pt-BR"
    return _bad_name(given)


def _shown(given: object) -> str:
    return "nothing" if given is None else quote(given)


def _kind_of(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"the number {value}"
    return next((words for kind, words in _KINDS.items() if isinstance(value, kind)), "else")
