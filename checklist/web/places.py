"""What a person said, as positions in the ruleset: short enough for 200 answers in a cookie.

Knows nothing of how that is kept, and takes nothing for granted of what it turns back: whoever
calls it sees to it that it was made here, for these questions.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any, Literal, assert_never

from checklist.display import OFFERED, Display
from checklist.ruleset.model import (
    Answer,
    Choice,
    Grid,
    Integer,
    MultiChoice,
    Question,
    Ruleset,
    Text,
    YesNo,
)
from checklist.wording.asking import all_asks

_FORMAT = 2

# An answer's place; False where it was left open on purpose, None where nothing was said.
Place = int | str | list[int] | list[int | None] | None


@lru_cache(maxsize=8)
def fingerprint(ruleset: Ruleset) -> str:
    """Return what tells apart rulesets whose answers have different positions or meanings.

    Wording may change freely; ids, types, options, items, ranges and units may not, nor the
    questions for the doctor, which have no other name.
    """
    shapes = [_shape(question) for question in ruleset.questions.values()]
    form = [_FORMAT, ruleset.id, shapes, all_asks(ruleset)]
    return sha256(json.dumps(form).encode()).hexdigest()[:16]


def _shape(question: Question) -> list[Any]:
    return [question.id, type(question).__name__, *_allowed(question)]


def _allowed(question: Question) -> list[Any]:
    match question:
        case YesNo() | Choice() | MultiChoice():
            return [list(question.options)]
        case Integer():
            return [question.minimum, question.maximum, question.unit]
        case Grid():
            return [list(question.items), list(question.options)]
        case Text():
            return []
        case _:
            assert_never(question)


def place_of(question: Question, answer: Answer | None, not_known: frozenset[str]) -> Place:
    """Return the place of what was said of a question.

    Args:
        question: any question.
        answer: what was answered, or None.
        not_known: what was left open on purpose: ids, and grid items as ``question.item``.

    Raises:
        TypeError: the answer is of another kind than the question.
        ValueError: the answer is no option of the question.
    """
    match question, answer:
        case Grid(), (Mapping() | None):
            places = [_item_place(question, item, answer, not_known) for item in question.items]
            return None if all(place is None for place in places) else places
        case _, None:
            return _open_place(question.id, not_known)
        case ((YesNo() | Choice()), str()):
            return _index(question.options, answer)
        case Integer(), int():
            return answer
        case MultiChoice(), tuple():
            return [_index(question.options, option) for option in answer]
        case Text(), str():
            return answer
        case _:
            raise TypeError(f"{question.id} cannot be answered by a {type(answer).__name__}")


def _item_place(
    grid: Grid, item: str, answer: Mapping[str, str] | None, not_known: frozenset[str]
) -> int | None:
    if answer and item in answer:
        return _index(grid.options, answer[item])
    return _open_place(f"{grid.id}.{item}", not_known)


def _open_place(name: str, not_known: frozenset[str]) -> Literal[False] | None:
    return False if name in not_known else None


def _index(ids: Iterable[object], id: object) -> int:
    return list(ids).index(id)


def answer_at(question: Question, place: Any) -> Answer | None:
    """Return the answer whose place ``place_of`` returned, or None while it is open."""
    if _is_open(place):
        return None
    match question:
        case YesNo() | Choice():
            return _option(question, place)
        case Integer():
            return int(place)
        case MultiChoice():
            return tuple(_option(question, index) for index in place)
        case Grid():
            pairs = zip(question.items, place, strict=True)
            said = {item: index for item, index in pairs if not _is_open(index)}
            return {item: _option(question, index) for item, index in said.items()} or None
        case Text():
            return str(place)
        case _:
            assert_never(question)


def _is_open(place: Any) -> bool:
    # By identity: the first option's place is 0, and 0 equals False.
    return place is None or place is False


def _option(question: YesNo | Choice | MultiChoice | Grid, index: int) -> str:
    return list(question.options)[index]


def not_known_at(question: Question, place: Any) -> Iterator[str]:
    """Yield what of a question was left open on purpose, as ``place_of`` takes it."""
    if place is False:
        yield question.id
    if isinstance(question, Grid) and place:
        pairs = zip(question.items, place, strict=True)
        yield from (f"{question.id}.{item}" for item, index in pairs if index is False)


def places_of_asks(ruleset: Ruleset, asks: Iterable[str]) -> list[int | str]:
    """Return the place of each question for the doctor; a person's own stand as they are."""
    position = {ask: number for number, ask in enumerate(all_asks(ruleset))}
    return [position.get(ask, ask) for ask in asks]


def asks_at(ruleset: Ruleset, places: Iterable[int | str]) -> tuple[str, ...]:
    """Return the questions for the doctor whose places ``places_of_asks`` returned."""
    asks = all_asks(ruleset)
    return tuple(place if isinstance(place, str) else asks[place] for place in places)


def places_of_display(display: Display) -> list[int]:
    """Return the place of each display choice; nothing at all where nothing was chosen."""
    if display == Display():
        return []
    return [_index(among, getattr(display, name)) for name, among in OFFERED.items()]


def display_at(places: list[int]) -> Display:
    """Return the display choices whose places ``places_of_display`` returned."""
    if not places:
        return Display()
    chosen = zip(OFFERED.items(), places, strict=True)
    return Display(**{name: among[place] for (name, among), place in chosen})
