"""What would change the result: every single answer, open or given, that would move it.

The same exactness as everywhere: with one answer replaced, what is still open stays open.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checklist.atlas import Atlas
from checklist.cells import Axis, SingleAxis
from checklist.engine import applies, atlas_of, outcomes_table
from checklist.groups import all_reached, groups_of
from checklist.model import (
    STATUSES,
    Answer,
    Answers,
    Grid,
    Integer,
    MultiChoice,
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


@dataclass(frozen=True, slots=True)
class _Result:
    statuses: Mapping[str, tuple[Status, ...]]
    outcomes: tuple[str, ...]


def changes(ruleset: Ruleset, answers: Answers) -> tuple[Change, ...]:
    """Return every change of one answer that would move a status or the outcome.

    Args:
        ruleset: from ``load_ruleset``.
        answers: checked answers, open ones absent.

    Returns:
        In the form's order; answers that lead to the same are together.
    """
    atlas = atlas_of(ruleset)
    possible = atlas.possible(answers)
    whether = applies(ruleset, answers)
    now = _result(ruleset, atlas, possible)
    found: list[Change] = []
    for number, axis in enumerate(atlas.axes):
        name = axis.question.id
        if whether[name] == "no":
            continue
        for item, test, cells in _alternatives(axis, answers.get(name)):
            if cells != possible[number]:
                then = _result(ruleset, atlas, (*possible[:number], cells, *possible[number + 1 :]))
                found += _difference(name, item, test, now, then)
    return tuple(found)


def _difference(name: str, item: str, test: Test, now: _Result, then: _Result) -> Iterator[Change]:
    moved = {c: found for c, found in then.statuses.items() if found != now.statuses[c]}
    outcomes = then.outcomes if then.outcomes != now.outcomes else None
    if moved or outcomes is not None:
        yield Change(name, item, test, moved, outcomes)


def _result(ruleset: Ruleset, atlas: Atlas, possible: tuple[int, ...]) -> _Result:
    table = outcomes_table(ruleset)
    groups = groups_of(atlas, table, possible)
    statuses: dict[str, tuple[Status, ...]] = {}
    for group in groups:
        for one in group.tables:
            held = {s for s, here in zip(one.table.statuses, one.worlds, strict=True) if here}
            statuses[one.table.id] = tuple(status for status in STATUSES if status in held)
    reached = all_reached(table, groups)[-1].rows()
    return _Result(statuses, tuple(o.id for n, o in enumerate(ruleset.outcomes) if n in reached))


def _alternatives(axis: Axis, given: Answer | None) -> Iterator[tuple[str, Test, int]]:
    # Each way to answer one thing otherwise: the item, the answers, the cells they lie in.
    question = axis.question
    if isinstance(axis, SingleAxis):
        yield from (("", test, cells) for cells, test in _by_cell(axis))
    elif isinstance(question, Grid):
        rest = given if isinstance(given, Mapping) else {}
        for item in question.items:
            ways = {o: axis.possible({**rest, item: o}) for o in question.options}
            yield from ((item, test, cells) for cells, test in _together(ways))
    elif isinstance(question, MultiChoice):
        ticked = given if isinstance(given, tuple) else ()
        for option in question.options:
            other = {"no": tuple(t for t in ticked if t != option), "yes": (*ticked, option)}
            ways = {word: axis.possible(other[word]) for word in other if given is not None}
            yield from ((option, test, cells) for cells, test in _together(ways))


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
