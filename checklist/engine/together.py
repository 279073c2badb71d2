"""What all criteria come to together: which outcomes are reached, and which questions tell.

Where few combinations are left they are gone through, one by one: that is the plainest way
and the quickest. Where there are many, sets of scores are carried along instead. Sets of
outcome rows are bits.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_

from checklist.engine.groups import beside_each, with_group
from checklist.engine.kept import Kept
from checklist.engine.lookup import Among, Linked
from checklist.engine.outcomes import SCORE, OutcomeTable, up_to_certain
from checklist.engine.reached import Reached, nothing_judged

FEW = 512  # combinations that are gone through one by one
_MOST_KEPT = 4096  # scores


class Rows:
    """The rows of an outcome table, and when they match."""

    def __init__(self, table: OutcomeTable) -> None:
        self.table = table
        self.every = (1 << len(table.rows)) - 1
        self.at = Kept(self._at, _MOST_KEPT)  # the first of these that is left decides
        self.certain = Kept(self._certain, _MOST_KEPT)
        self.testing_score = sum(1 << n for n, names in enumerate(table.needs) if SCORE in names)
        self._starts = [start for start, _, _ in table.bands]

    def _at(self, points: int) -> int:
        # The rows whose tests of the score hold, by the points above the lowest.
        return self.table.bands[bisect_right(self._starts, points) - 1][2]

    def _certain(self, unsettled: int) -> int:
        # The rows that depend on none of the tables of some numbers, as bits.
        deciders = enumerate(self.table.deciders)
        return self.table.settled(frozenset(d.id for n, d in deciders if not unsettled >> n & 1))


class Together:
    """Tables that are settled, and groups of those that are not.

    Args:
        rows: the outcomes.
        left: the outcome rows that the settled tables leave.
        points: what they add to the lowest score.
        unsettled: the numbers of the others, as bits.
        groups: these others.
    """

    def __init__(
        self, rows: Rows, left: int, points: int, unsettled: int, groups: Sequence[Linked]
    ) -> None:
        self._rows = rows
        self._points = points
        self._unsettled = unsettled
        self._groups = groups
        self._left = up_to_certain(left, rows.certain[unsettled])
        self._parts = list[Among]()
        self._decided: list[int] | None = [self._left]
        if self._left & (self._left - 1):
            looks = self._left & rows.testing_score
            self._parts = [group.among[self._left, -1 if looks else 0] for group in groups]
            self._decided = self._combinations()

    def points(self) -> tuple[int, int]:
        """Return the fewest and the most points above the lowest score."""
        low = high = self._points
        for group in self._groups:
            low += group.points[0]
            high += group.points[1]
        return low, high

    def reached(self) -> int:
        """Return the rows that decide in some completion."""
        if self._decided is not None:
            return reduce(or_, self._decided)
        reached = reduce(with_group, [one.group for one in self._groups], self._settled)
        return sum(1 << row for row in reached.rows())

    def telling(self) -> list[tuple[int, float]]:
        """Return the axes of the questions that matter, and how many outcomes each leaves.

        These are averaged over the question's cells, and over 'does not apply' where that
        may come out.
        """
        if self._decided is not None:
            return list(self._telling_by_combinations(self._decided))
        return list(self._telling_by_sets())

    def _combinations(self) -> list[int] | None:
        # The row that decides in each combination of what the groups come to; the last
        # group changes fastest. None if they are many.
        combined = [(self._left, self._points)]
        for part in self._parts:
            if part.told is None or len(combined) * len(part.kinds) > FEW:
                return None
            combined = [(old & new, p + q) for old, p in combined for new, q in part.kinds]
        at = self._rows.at
        return [(rows := left & at[points]) & -rows for left, points in combined]

    def _telling_by_combinations(self, decided: list[int]) -> Iterator[tuple[int, float]]:
        stride = len(decided)
        for part in self._parts:
            number = len(part.kinds)
            stride //= number
            if not part.told:
                continue
            beside = [_beside(decided, n * stride, stride, number) for n in range(number)]
            reached = [reduce(or_, rows) for rows in beside]
            for axis, pairs, cases in part.told:
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
        deciders = enumerate(table.deciders)
        settled = frozenset(d.id for n, d in deciders if not self._unsettled >> n & 1)
        points = self._points if table.tests_score else 0
        return nothing_judged(table).with_kinds(settled, [(self._left, points)])


def _beside(rows: list[int], start: int, length: int, period: int) -> list[int]:
    # What decides with one kind of a group, beside each combination of the others.
    if length == 1:
        return rows[start::period]
    step = length * period
    return [row for at in range(start, len(rows), step) for row in rows[at : at + length]]


def _union(reached: Sequence[int], kinds: Iterable[int]) -> int:
    rows = 0
    for kind in kinds:
        rows |= reached[kind]
    return rows.bit_count()
