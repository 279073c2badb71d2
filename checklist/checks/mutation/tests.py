"""The tests that lie one step from a test: a threshold by one, an option more or less."""

from collections.abc import Iterator

from checklist.ruleset.conditions import Domain, NumberDomain, WordDomain, any_of
from checklist.ruleset.model import OneOf, Test, Within


def changed_tests(test: Test, domain: Domain) -> Iterator[Test]:
    """Yield the tests that differ from ``test`` in one threshold by one, or in one word.

    Args:
        test: of an input with this domain.
        domain: what the input can be; its ends are no thresholds.
    """
    match test, domain:
        case OneOf(words), WordDomain():
            yield from _words(words, domain)
        case Within(ranges), NumberDomain():
            for number, span in enumerate(ranges):
                others = (*ranges[:number], *ranges[number + 1 :])
                for moved in dict.fromkeys(_moved(span, domain)):
                    yield any_of([Within((*others, moved))])


def _words(words: frozenset[str], domain: WordDomain) -> Iterator[Test]:
    for word in domain.words:
        if word not in words:
            yield OneOf(words | {word})
            if len(words) == 1:
                yield OneOf(frozenset({word}))
        elif len(words) > 1:
            yield OneOf(words - {word})


def _moved(span: tuple[int, int], domain: NumberDomain) -> Iterator[tuple[int, int]]:
    low, high = span
    if low > domain.low:
        yield low - 1, high
    if high < domain.high:
        yield low, high + 1
    if low == high:
        yield from ((n, n) for n in (low - 1, low + 1) if domain.low <= n <= domain.high)
        return
    if low > domain.low:
        yield low + 1, high
    if high < domain.high:
        yield low, high - 1


def spell(test: Test, domain: Domain) -> str:
    """Return a test as an author would write it, in quotes where a file has them."""
    match test, domain:
        case OneOf(words), WordDomain():
            parts = [word for word in domain.words if word in words]
        case Within(ranges), NumberDomain():
            parts = [_span(low, high, domain) for low, high in ranges]
        case _:
            raise AssertionError("a test is of the kind of its input")
    return parts[0] if len(parts) == 1 else f"[{', '.join(parts)}]"


def _span(low: int, high: int, domain: NumberDomain) -> str:
    if low == high:
        return str(low)
    if high == domain.high:
        return f"'>= {low}'"
    if low == domain.low:
        return f"'<= {high}'"
    return f"{low}..{high}"
