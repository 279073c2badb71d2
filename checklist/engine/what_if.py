"""What would change the result: every single answer, open or given, that would move it.

The same exactness as everywhere: with one answer replaced, what is still open stays open.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from checklist.engine.assess import applies
from checklist.engine.cells import SingleAxis
from checklist.engine.counted import CountedAxis
from checklist.engine.lookup import Seen
from checklist.engine.ready import Ready, ready_for
from checklist.ruleset.model import (
    Answer,
    Answers,
    Grid,
    Integer,
    OneOf,
    Ruleset,
    Status,
    Test,
    Within,
)


@dataclass(frozen=True, slots=True)
class Change:
    """What follows if one answer were among ``answers``, everything else staying as it is.

    ``item`` names the item of a grid, or the option of a multi_choice (whose ``answers``
    are then 'yes' for ticked and 'no'). ``statuses`` holds the criteria that come out
    otherwise than now; ``outcomes`` what is then still possible, or None if that stays.
    """

    question: str
    item: str
    answers: Test
    statuses: Mapping[str, tuple[Status, ...]]
    outcomes: tuple[str, ...] | None


# What can be said of each criterion's status, and the outcome rows that some completion reaches.
_Result = tuple[list[tuple[Status, ...]], int]


def changes(ruleset: Ruleset, answers: Answers) -> tuple[Change, ...]:
    """Return every change of one answer that would move a status or the outcome.

    Args:
        ruleset: from ``load_ruleset``.
        answers: checked answers, open ones absent.

    Returns:
        In the form's order; answers that lead to the same are together.
    """
    ready = ready_for(ruleset)
    packed = ready.placer.of(answers)
    seen = ready.seen(packed)
    reached = _Reached(ready)
    now = _result(reached, seen, packed)
    whether = applies(ruleset, answers)
    found: list[Change] = []
    for number, axis in enumerate(ready.atlas.axes):
        name = axis.question.id
        if whether[name] == "no":
            continue
        judged: dict[int, _Result] = {}  # many answers lie in the same cells
        given = answers.get(name)
        here = ready.placer.spread(packed, (number,))[number]
        ways: Iterable[tuple[str, Test, int]]
        if given is None or isinstance(axis, SingleAxis):
            ways = _from_nothing(ready, number)
        else:
            ways = _alternatives(axis, given, here)
        for item, test, cells in ways:
            if cells == here:
                continue
            if cells not in judged:
                other = ready.placer.with_cells(packed, number, cells)
                judged[cells] = _result(reached, ready.seen_again(seen, other, number), other)
            found += _difference(ready, (name, item, test), now, judged[cells])
    return tuple(found)


class _Reached:
    """Outcome rows that some completion reaches: many answers leave the same to be judged."""

    def __init__(self, ready: Ready) -> None:
        self._ready = ready
        self._by_what_is_left: dict[tuple[int, int, tuple[Seen, ...]], int] = {}

    def rows(self, seen: Sequence[Seen], packed: int) -> int:
        """Return the rows, by what each criterion comes to."""
        left, points, unsettled = settled = self._ready.settled(seen)
        key = left, points, tuple(unsettled)
        rows = self._by_what_is_left.get(key)
        if rows is None:
            rows = self._ready.together(settled, packed).reached()
            self._by_what_is_left[key] = rows
        return rows


def _result(reached: _Reached, seen: Sequence[Seen], packed: int) -> _Result:
    return [one.result.statuses for one in seen], reached.rows(seen, packed)


def _difference(
    ready: Ready, answer: tuple[str, str, Test], now: _Result, then: _Result
) -> Iterator[Change]:
    moved = {
        look.id: after
        for look, before, after in zip(ready.lookups, now[0], then[0], strict=True)
        if after != before
    }
    if moved or then[1] != now[1]:
        yield Change(*answer, moved, ready.outcomes(then[1]) if then[1] != now[1] else None)


@lru_cache(maxsize=1024)
def _from_nothing(ready: Ready, number: int) -> tuple[tuple[str, Test, int], ...]:
    # Where nothing was said yet, or one thing only can be, they are the same for everybody.
    axis = ready.atlas.axes[number]
    if isinstance(axis, SingleAxis):
        return tuple(("", test, cells) for cells, test in _by_cell(axis))
    return tuple(_alternatives(axis, None, None)) if isinstance(axis.question, Grid) else ()


def _alternatives(
    axis: CountedAxis, given: Answer | None, here: int | None
) -> Iterable[tuple[str, Test, int]]:
    # Each way to answer one item otherwise: the item, the answers, the cells they lie in.
    for slot, ways in axis.possible_with_another(given):
        if any(cells != here for cells in ways.values()):
            yield from ((slot, test, cells) for cells, test in _together(ways))


def _by_cell(axis: SingleAxis) -> Iterator[tuple[int, Test]]:
    question = axis.question
    if not isinstance(question, Integer):
        yield from _together({option: axis.possible(option) for option in question.options})
        return
    ends = [int(start) - 1 for start in axis.starts[1:]] + [question.maximum]
    ranges: dict[int, list[tuple[int, int]]] = {}
    for start, end, cell in zip(axis.starts, ends, axis.cell_at, strict=True):
        ranges.setdefault(1 << cell, []).append((int(start), end))
    yield from ((cells, Within(tuple(spans))) for cells, spans in ranges.items())


def _together(ways: Mapping[str, int]) -> Iterator[tuple[int, Test]]:
    for cells in dict.fromkeys(ways.values()):
        yield cells, OneOf(frozenset(word for word, leads in ways.items() if leads == cells))
