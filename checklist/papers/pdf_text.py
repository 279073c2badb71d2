"""The words of a paper as the typesetter takes them: places to break, directions, stand-ins."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from checklist.papers.visit import VisitSummary
from checklist.text_rules import without_refused

_BOX = "\N{WHITE SQUARE}"
_BREAK = "\N{ZERO WIDTH SPACE}"
_LONG = re.compile(rf"[^\s{_BREAK}]{{25,}}")
_PIECE = 8  # letters between two places to break, so that most of a word can be searched for
_AFTER_SIGN = re.compile(r"(?<=[/.?&=_-])(?=.)")
_NOT_SHOWN = re.compile(
    r'(?:the text|the (?:text|PDF) contains the (?:disallowed )?codepoint) `"(.*?)"`', re.DOTALL
)
_LAST_LATIN = "\N{LATIN SMALL LETTER Y WITH STROKE}"  # of the accented ones
_NUMBERED = re.compile(r"\\u\{([0-9a-f]+)\}")


def prepared(visit: VisitSummary) -> dict[str, Any]:
    """Return the paper as JSON knows it, ready to be set."""
    data = visit.as_dict()
    prepared: dict[str, Any] = _set(data)
    return prepared | {"plain_title": without_refused(visit.title, "\N{REPLACEMENT CHARACTER}")}


def _set(part: Any) -> Any:
    """Return the same data with places to break long words, and the direction of own words."""
    match part:
        case str():
            return _breakable(without_refused(part, "\N{REPLACEMENT CHARACTER}"))
        case list() | tuple():
            return [_set(each) for each in part]
        case {"own": own, "text": text}:
            return {"text": _set(text), "own": own, "rtl": _runs_from_right(text)}
        case {"address": str() as address}:
            rest = {key: _set(each) for key, each in part.items()}
            return {**rest, "address": address, "shown": _set(_AFTER_SIGN.sub(_BREAK, address))}
        case dict():
            return {key: _set(each) for key, each in part.items()}
    return part


def _breakable(text: str) -> str:
    return _LONG.sub(lambda word: _BREAK.join(_pieces([*_letters(word[0])])), text)


def _pieces(letters: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(letters), _PIECE):
        yield "".join(letters[start : start + _PIECE])


def _letters(word: str) -> Iterator[str]:
    letter = ""
    for char in word:
        joined = unicodedata.category(char).startswith("M") or "\u200d" in (char, letter[-1:])
        if letter and not joined:
            yield letter
            letter = ""
        letter += char
    yield letter


def _runs_from_right(text: str) -> bool:
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"


def with_boxes(part: Any, texts: tuple[str, ...]) -> Any:
    """Return the same data with a box in the place of each of ``texts``."""
    match part:
        case str():
            return re.sub("|".join(map(re.escape, texts)), _BOX, part)
        case list():
            return [with_boxes(each, texts) for each in part]
        case dict():
            return {key: with_boxes(each, texts) for key, each in part.items()}
    return part


def texts_not_shown(diagnostic: str) -> tuple[str, ...]:
    """Return the letters of which the typesetter complains that no typeface has them."""
    found = (_spelled(text) for text in _NOT_SHOWN.findall(diagnostic))
    return tuple(sorted(set(found), key=lambda text: (-len(text), text)))


def to_box(texts: Sequence[str]) -> tuple[str, ...]:
    """Return those of the letters complained of that are to get a box first.

    While a mark cannot be shown, the typesetter complains of the letter beneath it too, such as
    the 1 of a keycap: so Latin letters wait until nothing else is left, and those of ASCII,
    which our own typeface has, are never among them.
    """
    others = tuple(text for text in texts if max(text) > _LAST_LATIN)
    return others or tuple(text for text in texts if not text.isascii())


def _spelled(text: str) -> str:
    return _NUMBERED.sub(lambda number: chr(int(number[1], 16)), text)


def notice(text: str) -> dict[str, Any]:
    """Return a paragraph that is set apart, as ``prepared`` would."""
    return {
        "kind": "paragraph",
        "words": {"text": text, "own": False, "rtl": False},
        "role": "notice",
    }
