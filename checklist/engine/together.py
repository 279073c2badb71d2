"""What all criteria come to together: which outcomes are reached, and which questions tell.

Where few combinations are left they are gone through, one by one: that is the plainest way
and the quickest. Where there are many, sets of scores are carried along instead. Sets of
outcome rows are bits.
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

from checklist.engine.combined import Combined, Rows
from checklist.engine.groups import beside_each, with_group
from checklist.engine.lookup import Among, Linked
from checklist.engine.outcomes import up_to_certain
from checklist.engine.reached import Reached, nothing_judged

FEW = 512  # combinations that are gone through one by one
MANY = 4096  # where the same is gone through only once


class Together:
    """Tables that are settled, and groups of those that are not.

    ``points`` are the fewest and the most above the lowest score.

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
        self._left = left
        low = high = points
        for group in groups:
            low += group.points[0]
            high += group.points[1]
        self.points = low, high
        self._parts: list[Among] = []
        self._combined = self._few_combined()

    def _few_combined(self) -> int | Combined | None:
        # What is left: rows that are reached, or a few combinations, or None: too many.
        rows = self._rows
        left, looks = self._that_may_decide()
        if not left & (left - 1):
            return left
        # Where no row looks at the score, all scores that there can be lie in the band of one.
        state = left | (self._points if looks else self.points[0]) << rows.width
        size = 1
        for group in self._groups:
            part = group.among[left & group.varying, looks]
            ways = part.ways
            size *= ways.size
            if ways.size == 1:
                [(keep, add)] = ways.each
                state = (state & keep) + add
            elif size > FEW or group.told is None:
                return None
            else:
                self._parts.append(part)
        if not self._parts:
            return 1 << rows.deciding([state])[0]
        return Combined(state, [part.ways for part in self._parts])

    def _that_may_decide(self) -> tuple[int, int]:
        # The rows that are not surely out, nor after one that surely matches; and a mask:
        # whether any of them looks at the score, which may lie in one band as it is.
        left, sure = self._left, self._rows.every
        for group in self._groups:
            left &= group.some
            sure &= group.every
        low, high = self.points
        if self._rows.band(low) == self._rows.band(high):
            return up_to_certain(left & self._rows.at[low], sure), 0
        left = up_to_certain(left, sure & ~self._rows.testing_score)
        return left, -1 if left & self._rows.testing_score else 0

    def reached(self) -> int:
        """Return the rows that decide in some completion."""
        if isinstance(self._combined, int):
            return self._combined
        if self._combined:
            return self._combined.reached()
        if (states := self._states()) is not None:
            return reduce(or_, [1 << row for row in self._rows.deciding(states)])
        reached = reduce(with_group, [one.group for one in self._groups], self._settled)
        return sum(1 << row for row in reached.rows())

    def _states(self) -> set[int] | None:
        # What the groups come to, the same only once; None if that is much.
        left, looks = self._that_may_decide()
        states = {left | (self._points if looks else self.points[0]) << self._rows.width}
        for group in self._groups:
            each = group.among[left & group.varying, looks].ways.each
            if len(states) * len(each) > MANY:
                return None
            states = {(state & keep) + add for state in states for keep, add in each}
        return states

    def telling(self) -> list[tuple[int, float]]:
        """Return the axes of the questions that matter, and how many outcomes each leaves.

        These are averaged over the question's cells, and over 'does not apply' where that
        may come out.
        """
        if isinstance(self._combined, int):
            return []
        if self._combined is None:
            return list(self._telling_by_sets())
        found: list[tuple[int, float]] = []
        for part, beside in zip(self._parts, self._combined.beside(), strict=True):
            if beside:
                found += part.telling(beside)
        return found

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
