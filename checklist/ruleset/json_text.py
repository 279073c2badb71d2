"""JSON from a stranger: read strictly, or refused before it can do harm.

Python's own parser takes NaN, numbers without end, a key that stands twice and any depth.
Knows nothing of what the file is about.
"""

import json
from typing import Any, NoReturn

from checklist.errors import ChecklistError, quote
from checklist.text_rules import DEEPEST, LARGEST_FILE, MOST_DIGITS

_OTHER_KIND = "This is another kind of file, or it was damaged."


class JsonError(ChecklistError):
    """A file cannot be read. ``plain`` says so to somebody who never looked inside one."""

    def __init__(self, message: str, plain: str = _OTHER_KIND) -> None:
        super().__init__(message)
        self.plain = plain


def read_json(content: bytes) -> object:
    """Return what a JSON file holds.

    Args:
        content: the file, UTF-8, at most 256 KiB, nested at most 10 deep.

    Raises:
        JsonError: it is larger, deeper, or not JSON; a key stands twice in one object; or a
            number has more than 15 digits or is not finite.
    """
    text = _text(content)
    if _depth(text) > DEEPEST:
        raise JsonError(f"brackets are nested more than {DEEPEST} deep")
    try:
        return json.loads(
            text,
            object_pairs_hook=_no_doubles,
            parse_constant=_no_constant,
            parse_int=_short_int,
            parse_float=_short_float,
        )
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}"
        plain = f"{_OTHER_KIND} It cannot be read from line {error.lineno} on."
        raise JsonError(f"{at}: this is not JSON: {error.msg}", plain) from None
    except RecursionError as error:
        raise JsonError(str(error)) from None


def _text(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise JsonError(
            "the file is larger than 256 KiB",
            "The file is larger than any that this program saves.",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise JsonError(f"the file is not UTF-8 (at byte {error.start})") from None
    if not text.strip():
        raise JsonError("the file is empty", "The file is empty.")
    return text


def _depth(text: str) -> int:
    # How deep brackets nest, those inside strings not counted; read before the parser may.
    deepest = depth = 0
    in_string = escaped = False
    for character in text:
        if in_string:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                in_string = False
        elif character == '"':
            in_string = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise JsonError(
                f"the key {quote(name)} stands twice in one object",
                f"The entry {quote(name)} stands in it twice. Only one of the two can be meant.",
            )
        found[name] = value
    return found


def _no_constant(name: str) -> NoReturn:
    raise JsonError(
        f"{name} is not a number that an answer can have",
        f"It holds {quote(name)} where a number should be.",
    )


def _short_int(digits: str) -> int:
    if len(digits.lstrip("-")) > MOST_DIGITS:
        raise _too_long()
    return int(digits)


def _short_float(digits: str) -> float:
    if len(digits) > 20:
        raise _too_long()
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise JsonError("a number is too large", "It holds a number too large for any answer.")
    return value


def _too_long() -> JsonError:
    return JsonError(
        f"a number has more than {MOST_DIGITS} digits",
        "It holds a number too long for any answer.",
    )
