"""Tests such as ``"< 5"``, ``3..6`` and ``[days, week]``: read, and held against a value.

A test is read against its input's domain (the words or whole numbers that the input can
be), so that a test that could never apply is refused when the ruleset is loaded. Reading
turns every numeric test into closed ranges: the engine then has one kind to deal with.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence

from msgspec import Struct

from checklist.errors import quote
from checklist.ruleset.model import OneOf, Test, Within

_NUMBER = re.compile(r"-?[0-9]{1,15}")
_COMPARISON = re.compile(r"(<=|>=|<|>)\s*(-?[0-9]{1,15})")
_SPAN = re.compile(r"(-?[0-9]{1,15})\s*\.\.\s*(-?[0-9]{1,15})")


class WordDomain(Struct, frozen=True):
    """An input whose value is one of ``words``: the keys of a mapping, where there may be many."""

    words: Collection[str]


class NumberDomain(Struct, frozen=True):
    """An input whose value is a whole number from ``low`` to ``high``."""

    low: int
    high: int


Domain = WordDomain | NumberDomain


class BadTestError(ValueError):
    """A test cannot be read, or cannot apply to its input; the message says why.

    Where ``given`` is a word that the input cannot be, ``allowed`` are those that it can.
    """

    def __init__(self, message: str, given: str = "", allowed: Collection[str] = ()) -> None:
        super().__init__(message)
        self.given = given
        self.allowed = allowed


def read_test(raw: object, domain: Domain) -> Test:
    """Return the test that ``raw`` writes, lists within lists being one list.

    Args:
        raw: a word, a whole number, a comparison or span as text, or a list of these.
        domain: what the tested input can be.

    Raises:
        BadTestError: it is not a test, or it can never apply to the domain.
    """
    parts = list(_parts(raw))
    match domain:
        case WordDomain():
            return OneOf(frozenset(_word(part, domain) for part in parts))
        case NumberDomain():
            return Within(_merged(_range(part, domain) for part in parts))


def idle_parts(raw: object, domain: Domain) -> tuple[int, list[object]]:
    """Return of how many parts a test is, and those of them that no value passes.

    Such as ``"> 5"`` where the most is 5.
    """
    parts = list(_parts(raw))
    if isinstance(domain, WordDomain):
        return len(parts), []
    spans = [(part, _range(part, domain)) for part in parts]
    return len(parts), [part for part, (low, high) in spans if low > high]


def holds(test: Test, value: str | int) -> bool:
    """Return whether ``value`` (of the kind that the test was read for) passes the test."""
    match test:
        case OneOf(words):
            return value in words
        case Within(ranges):
            return isinstance(value, int) and any(low <= value <= high for low, high in ranges)


def any_of(tests: Sequence[Test]) -> Test:
    """Return the test that holds where one of ``tests``, all of one input, does."""
    words = [test.words for test in tests if isinstance(test, OneOf)]
    if words:
        return OneOf(frozenset().union(*words))
    return Within(
        _merged(span for test in tests if isinstance(test, Within) for span in test.ranges)
    )


def range_starts(tests: Iterable[Test], low: int, high: int) -> list[int]:
    """Return where some test changes its answer between ``low`` and ``high``, ``low`` first.

    Numbers from one start up to the next are alike to all of the tests.
    """
    starts = {low}
    for test in tests:
        if isinstance(test, Within):
            starts.update(edge for a, b in test.ranges for edge in (a, b + 1) if low < edge <= high)
    return sorted(starts)


def _parts(raw: object) -> Iterable[object]:
    if not isinstance(raw, list):
        yield raw
        return
    if not raw:
        raise BadTestError("an empty list never holds; name at least one value in it")
    for part in raw:
        yield from _parts(part)


def _word(part: object, domain: WordDomain) -> str:
    if isinstance(part, str) and part in domain.words:
        return part
    if isinstance(part, str) and (_COMPARISON.fullmatch(part) or _SPAN.fullmatch(part)):
        raise BadTestError(
            f"{quote(part)} is a test of numbers, and this is a word; {_allowed(domain)}"
        )
    if isinstance(part, bool):
        word = "yes" if part else "no"
        raise BadTestError(f"{quote(str(part).lower())} is not an answer here; write {word}")
    if part is None:
        raise BadTestError(f"nothing stands here; {_allowed(domain)}")
    if isinstance(part, dict | float):
        raise BadTestError(f"this is not a word; {_allowed(domain)}")
    raise BadTestError(f"{quote(part)} cannot stand here", str(part), domain.words)


def _allowed(domain: WordDomain) -> str:
    more = ", ..." if len(domain.words) > 12 else ""
    return "it can be " + ", ".join([*domain.words][:12]) + more


def _range(part: object, domain: NumberDomain) -> tuple[int, int]:
    if part is None:
        raise BadTestError("nothing stands here; write 7, '< 7' or 3..7")
    if isinstance(part, float):
        raise BadTestError(f"{part} is not a whole number; write 7, '< 7' or 3..7")
    if isinstance(part, bool) or not isinstance(part, int | str):
        raise BadTestError("this is not a test of a whole number; write 7, '< 7' or 3..7")
    text = str(part).strip()
    if _NUMBER.fullmatch(text):
        number = _inside(int(text), domain)
        return number, number
    if found := _COMPARISON.fullmatch(text):
        return _compared(found[1], _inside(int(found[2]), domain), domain)
    if found := _SPAN.fullmatch(text):
        low, high = _inside(int(found[1]), domain), _inside(int(found[2]), domain)
        if low > high:
            raise BadTestError(f"{quote(text)} runs backwards; write {high}..{low}")
        return low, high
    raise BadTestError(f"{quote(text)} is not a test of a whole number; write 7, '< 7' or 3..7")


def _inside(number: int, domain: NumberDomain) -> int:
    if not domain.low <= number <= domain.high:
        raise BadTestError(f"{number} is outside its range, {domain.low} to {domain.high}")
    return number


def _compared(sign: str, number: int, domain: NumberDomain) -> tuple[int, int]:
    spans: dict[str, Callable[[], tuple[int, int]]] = {
        "<": lambda: (domain.low, number - 1),
        "<=": lambda: (domain.low, number),
        ">": lambda: (number + 1, domain.high),
        ">=": lambda: (number, domain.high),
    }
    return spans[sign]()


def _merged(ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(span for span in ranges if span[0] <= span[1]):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = merged[-1][0], max(high, merged[-1][1])
        else:
            merged.append((low, high))
    return tuple(merged)
