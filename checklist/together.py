"""What all criteria come to together: which outcomes are reached, and which questions tell.

Where few combinations are left they are gone through, one by one: that is the plainest way
and the quickest. Where there are many, sets of scores are carried along instead.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from math import prod

from checklist.groups import all_reached, beside_each
from checklist.joint import JointGroup
from checklist.lookup import Linked
from checklist.outcomes import SCORE, OutcomeTable, first
from checklist.reached import Reached, nothing_judged

FEW = 512  # combinations that are gone through one by one


class Rows:
    """The rows of an outcome table, found by the score."""

    def __init__(self, table: OutcomeTable) -> None:
        self.table = table
        self.every = (1 << len(table.rows)) - 1
        self._starts = [start for start, _, _ in table.bands]
        self._at = [rows for _, _, rows in table.bands]

    def deciding(self, left: int, points: int) -> int:
        """Return the row that decides among those left, by the points above the lowest score."""
        return first(left & self._at[bisect_right(self._starts, points) - 1])

    def is_certain(self, left: int, unsettled: frozenset[str]) -> bool:
        """Return whether the first row left decides, whatever tables ``unsettled`` come to."""
        needs = self.table.needs[first(left)]
        return SCORE not in needs and needs.isdisjoint(unsettled)


class Together:
    """Tables that are settled, and groups of those that are not.

    Args:
        rows: the outcomes.
        left: the outcome rows that the settled tables leave.
        points: what they add to the lowest score.
        groups: the others.
    """

    def __init__(self, rows: Rows, left: int, points: int, groups: Sequence[Linked]) -> None:
        self._rows = rows
        self._left = left
        self._points = points
        self._groups = groups

    def points(self) -> tuple[int, int]:
        """Return the fewest and the most points above the lowest score."""
        low = sum(group.points[0] for group in self._groups)
        high = sum(group.points[1] for group in self._groups)
        return self._points + low, self._points + high

    def reached(self) -> set[int]:
        """Return the rows that decide in some completion."""
        unsettled = frozenset[str]().union(*[group.names for group in self._groups])
        if self._rows.is_certain(self._left, unsettled):
            return {first(self._left)}
        if self._are_few:
            return set(self._decided)
        return all_reached(self._settled, [one.group for one in self._groups])[-1].rows()

    def telling(self) -> Iterator[tuple[int, float]]:
        """Yield the axes of the questions that matter, and how many outcomes each leaves.

        These are averaged over the question's cells, and over 'does not apply' where that
        may come out.
        """
        return self._telling_by_combinations() if self._are_few else self._telling_by_sets()

    @cached_property
    def _are_few(self) -> bool:
        return prod(len(group.kinds) for group in self._groups) <= FEW and all(
            isinstance(one.group, JointGroup) for one in self._groups
        )

    @cached_property
    def _decided(self) -> list[int]:
        # The row that decides in each combination; the last group's kinds change fastest.
        combined = [(self._left, self._points)]
        for group in self._groups:
            combined = [(l & r, p + q) for l, p in combined for r, q in group.kinds]
        deciding = self._rows.deciding
        return [deciding(left, points) for left, points in combined]

    def _telling_by_combinations(self) -> Iterator[tuple[int, float]]:
        decided, stride = self._decided, len(self._decided)
        for group in self._groups:
            number = len(group.kinds)
            stride //= number
            beside = [_every(decided, n * stride, stride, number) for n in range(number)]
            reached = [set(rows) for rows in beside]
            for axis, pairs, cases in group.told:
                if any(beside[one] != beside[other] for one, other in pairs):
                    yield axis, sum(_union(reached, case) for case in cases) / len(cases)

    def _telling_by_sets(self) -> Iterator[tuple[int, float]]:
        groups = [one.group for one in self._groups]
        beside = beside_each(self._settled, groups)
        for one, others in zip(self._groups, beside, strict=True):
            yield from one.group.telling(others, one.questions)

    @property
    def _settled(self) -> Reached:
        table = self._rows.table
        unsettled = frozenset[str]().union(*[group.names for group in self._groups])
        settled = frozenset(decider.id for decider in table.deciders) - unsettled
        points = self._points if table.tests_score else 0
        return nothing_judged(table).with_kinds(settled, [(self._left, points)])


def _every(rows: Sequence[int], start: int, length: int, period: int) -> list[int]:
    # What decides with one kind of a group, beside each combination of the others.
    return [
        row
        for at in range(start, len(rows), length * period)
        for row in rows[at : at + length]
    ]


def _union(reached: Sequence[set[int]], kinds: int) -> int:
    return len({row for n, rows in enumerate(reached) if kinds >> n & 1 for row in rows})
