"""The outcome table: which row decides, by the criteria's statuses and the score.

Knows statuses and points; not the questions that they come from.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import inf

from msgspec import Struct

from checklist.ruleset.conditions import holds, range_starts
from checklist.ruleset.model import Criterion, Outcome, Status, Test, When

SCORE = "score"
MOST_SCORES = 1 << 24  # bits for all sets of scores: 2 megabytes

# What must hold for a row to match: names of tables, or ``score``, and tests of them.
Row = Sequence[tuple[str, Test]]
# The rows (as bits: row n, counted from 0, is ``1 << n``) that are left, and the points.
Kind = tuple[int, int]


class Decider(Struct, frozen=True):
    """A decision table, rule by rule: when the rule holds, its status and its points."""

    id: str
    whens: tuple[When, ...]
    statuses: tuple[Status, ...]
    points: tuple[int, ...]


def decider(criterion: Criterion) -> Decider:
    """Return a criterion as its outcomes see it."""
    rules = criterion.rules
    return Decider(
        criterion.id,
        tuple(rule.when for rule in rules),
        tuple(rule.status for rule in rules),
        tuple(rule.points for rule in rules),
    )


def rows_of(outcomes: Iterable[Outcome]) -> list[Row]:
    """Return the rows of a ruleset's outcomes."""
    return [tuple(outcome.when.items()) for outcome in outcomes]


class OutcomeTable(Struct, frozen=True, dict=True):
    """Rows over the statuses of ``deciders`` and the score; the first that matches decides.

    Over ``most`` bits of scores are refused: when a ruleset is tried, not when it is used.
    """

    rows: tuple[Row, ...]
    deciders: tuple[Decider, ...]
    most: float = inf

    @cached_property
    def effects(self) -> Mapping[str, tuple[Kind, ...]]:
        """Return for each decider, rule by rule, the rows that it leaves and the points it adds.

        Points are counted from the table's lowest, and only if some row looks at the score.
        """
        return {d.id: tuple(self._effects(d)) for d in self.deciders}

    def _effects(self, decider: Decider) -> Iterator[Kind]:
        lowest = min(decider.points)
        for status, points in zip(decider.statuses, decider.points, strict=True):
            left = sum(
                1 << number
                for number, row in enumerate(self.rows)
                if all(holds(test, status) for name, test in row if name == decider.id)
            )
            yield left, points - lowest if self.tests_score else 0

    @cached_property
    def tests_score(self) -> bool:
        """Return whether any row looks at the score."""
        return any(name == SCORE for row in self.rows for name, _ in row)

    @cached_property
    def needs(self) -> tuple[frozenset[str], ...]:
        """Return for each row the names that it tests."""
        return tuple(frozenset(name for name, _ in row) for row in self.rows)

    @cached_property
    def bands(self) -> tuple[tuple[int, int, int], ...]:
        """Return the scores that no row can tell apart: from, up to, and the rows they leave.

        Scores are counted from the lowest there can be, as points are.
        """
        low = sum(min(d.points) for d in self.deciders)
        high = sum(max(d.points) for d in self.deciders)
        tests = [test for row in self.rows for name, test in row if name == SCORE]
        starts = range_starts(tests, low, high)
        return tuple(
            (start - low, end - low, self._rows_at(start))
            for start, end in zip(starts, [*starts[1:], high + 1], strict=True)
        )

    def _rows_at(self, score: int) -> int:
        return sum(
            1 << number
            for number, row in enumerate(self.rows)
            if all(holds(test, score) for name, test in row if name == SCORE)
        )

    def settled(self, judged: frozenset[str]) -> int:
        """Return the rows that depend on nothing but the tables ``judged``."""
        return sum(1 << number for number, names in enumerate(self.needs) if names <= judged)

    def deciding(self, rows: int, points: int, scores: int) -> dict[int, int]:
        """Return for each row that decides the scores, of a set, with which it does.

        Args:
            rows: the rows left, all tables judged.
            points: what is to be added to each score.
            scores: a set of scores, as bits. Scores with which no row matches come under -1.
        """
        found: dict[int, int] = {}
        size = scores.bit_length()
        for start, end, holding in self.bands:
            low, high = max(start - points, 0), min(end - points, size)
            if low < high and (here := scores & ((1 << high) - (1 << low))):
                row = first(rows & holding)
                found[row] = found.get(row, 0) | here
        return found


def first(rows: int) -> int:
    """Return the number of the first of some rows, or -1 if there is none."""
    return (rows & -rows).bit_length() - 1


def up_to_certain(rows: int, settled: int) -> int:
    """Return ``rows`` without those after one that is certain to match: they cannot decide."""
    certain = rows & settled
    return rows & ((certain & -certain) * 2 - 1) if certain else rows
