"""What all criteria come to together: which outcomes are reached, and which questions tell.

Where few combinations are left they are gone through, one by one: that is the plainest way
and the quickest. Where there are many, sets of scores are carried along instead. Sets of
outcome rows are bits.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, reduce
from operator import or_

from checklist.groups import all_reached, beside_each
from checklist.joint import JointGroup
from checklist.lookup import Linked
from checklist.outcomes import SCORE, OutcomeTable
from checklist.reached import Reached, nothing_judged

FEW = 512  # combinations that are gone through one by one
_MOST_KEPT = 4096  # scores


class _RowsAt(dict[int, int]):
    # The rows whose tests of the score hold, by the points above the lowest score.
    def __init__(self, table: OutcomeTable) -> None:
        super().__init__()
        self._starts = [start for start, _, _ in table.bands]
        self._rows = [rows for _, _, rows in table.bands]

    def __missing__(self, points: int) -> int:
        rows = self._rows[bisect_right(self._starts, points) - 1]
        if len(self) < _MOST_KEPT:
            self[points] = rows
        return rows


class Rows:
    """The rows of an outcome table, and when they match."""

    def __init__(self, table: OutcomeTable) -> None:
        self.table = table
        self.every = (1 << len(table.rows)) - 1
        self.at = _RowsAt(table)

    def deciding(self, left: int, points: int) -> int:
        """Return the row that decides among those left, by the points above the lowest score."""
        rows = left & self.at[points]
        return rows & -rows

    def is_certain(self, left: int, unsettled: frozenset[str]) -> bool:
        """Return whether the first row left decides, whatever tables ``unsettled`` come to."""
        needs = self.table.needs[(left & -left).bit_length() - 1]
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
        self._unsettled = frozenset[str]().union(*[group.names for group in groups])

    def points(self) -> tuple[int, int]:
        """Return the fewest and the most points above the lowest score."""
        low = high = self._points
        for group in self._groups:
            low += group.points[0]
            high += group.points[1]
        return low, high

    def reached(self) -> int:
        """Return the rows that decide in some completion."""
        if self._rows.is_certain(self._left, self._unsettled):
            return self._left & -self._left
        if self._are_few:
            return reduce(or_, self._decided)
        reached = all_reached(self._settled, [one.group for one in self._groups])[-1]
        return sum(1 << row for row in reached.rows())

    def telling(self) -> Iterator[tuple[int, float]]:
        """Yield the axes of the questions that matter, and how many outcomes each leaves.

        These are averaged over the question's cells, and over 'does not apply' where that
        may come out.
        """
        return self._telling_by_combinations() if self._are_few else self._telling_by_sets()

    @cached_property
    def _are_few(self) -> bool:
        combinations = 1
        for group in self._groups:
            combinations *= len(group.kinds)
            if combinations > FEW or not isinstance(group.group, JointGroup):
                return False
        return True

    @cached_property
    def _decided(self) -> list[int]:
        # The row that decides in each combination; the last group's kinds change fastest.
        combined = [(self._left, self._points)]
        for group in self._groups:
            combined = [(l & r, p + q) for l, p in combined for r, q in group.kinds]
        at = self._rows.at
        return [(rows := left & at[points]) & -rows for left, points in combined]

    def _telling_by_combinations(self) -> Iterator[tuple[int, float]]:
        decided, stride = self._decided, len(self._decided)
        for group in self._groups:
            number = len(group.kinds)
            stride //= number
            beside = [_beside(decided, n * stride, stride, number) for n in range(number)]
            reached = [reduce(or_, rows) for rows in beside]
            for axis, pairs, cases in group.told:
                for one, other in pairs:
                    if beside[one] != beside[other]:
                        left = [_union(reached, case) for case in cases]
                        yield axis, sum(left) / len(left)
                        break

    def _telling_by_sets(self) -> Iterator[tuple[int, float]]:
        groups = [one.group for one in self._groups]
        beside = beside_each(self._settled, groups)
        for one, others in zip(self._groups, beside, strict=True):
            yield from one.group.telling(others, one.questions)

    @property
    def _settled(self) -> Reached:
        table = self._rows.table
        settled = frozenset(decider.id for decider in table.deciders) - self._unsettled
        points = self._points if table.tests_score else 0
        return nothing_judged(table).with_kinds(settled, [(self._left, points)])


def _beside(rows: list[int], start: int, length: int, period: int) -> list[int]:
    # What decides with one kind of a group, beside each combination of the others.
    if length == 1:
        return rows[start::period]
    step = length * period
    return [row for at in range(start, len(rows), step) for row in rows[at : at + length]]


def _union(reached: Sequence[int], kinds: Sequence[int]) -> int:
    rows = 0
    for kind in kinds:
        rows |= reached[kind]
    return rows.bit_count()
