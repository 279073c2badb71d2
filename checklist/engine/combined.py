"""Groups of tables combined: which outcome row decides with each combination of their ways.

Group by group, the rows that are left and the points so far are a state, which is one whole
number: the rows as bits, and above them the points.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from checklist.engine.kept import Kept
from checklist.engine.outcomes import SCORE, OutcomeTable

MOST_ROWS = 255  # that a byte can tell apart
_MOST_KEPT = 4096  # scores, or ways
_MOST_STATES = 256  # of those before a group

# What a group can come to: which bits of a state it keeps, and what it adds to them.
Way = tuple[int, int]
# For each way of a group, what the others come to beside it: a number that is the same only
# where they lead to the same rows one by one, and all these rows.
Beside = tuple[tuple[int, ...], list[int]]


class Rows:
    """The rows of an outcome table, and when they match."""

    def __init__(self, table: OutcomeTable) -> None:
        self.table = table
        self.width = len(table.rows)
        self.every = (1 << self.width) - 1
        self.at = Kept(self._at, _MOST_KEPT)  # the first of these that is left decides
        # The ways of one group are often those of another.
        self.ways = Kept[tuple[Way, ...], Ways](lambda each: Ways(self, each), _MOST_KEPT)
        self.testing_score = sum(1 << n for n, names in enumerate(table.needs) if SCORE in names)
        self._starts = [start for start, _, _ in table.bands]

    def band(self, points: int) -> int:
        """Return which of the scores that no row can tell apart, by the points above the lowest."""
        return bisect_right(self._starts, points)

    def _at(self, points: int) -> int:
        # The rows whose tests of the score hold, by the points above the lowest.
        return self.table.bands[self.band(points) - 1][2]

    def deciding(self, states: Iterable[int]) -> list[int]:
        """Return the number of the row that decides in each of some states."""
        at, width = self.at, self.width
        lefts = [state & at[state >> width] for state in states]
        return [(left & -left).bit_length() - 1 for left in lefts]


class Ways:
    """The ways of one group.

    ``decided`` has, for a state before the group if it is the last, the number of the row
    that decides with each of its ways.
    """

    __slots__ = ("decided", "each", "size")

    def __init__(self, rows: Rows, each: Sequence[Way]) -> None:
        self.each = each
        self.size = len(each)
        self.decided = Kept[int, bytes](
            lambda state: bytes(rows.deciding([(state & keep) + add for keep, add in each])),
            _MOST_STATES,
        )


class Combined:
    """Some groups in all combinations of their ways.

    Args:
        start: the state before the first group.
        groups: one or more.
    """

    __slots__ = ("_decided", "_groups")

    def __init__(self, start: int, groups: Sequence[Ways]) -> None:
        states = [start]
        for group in groups[:-1]:
            states = [(state & keep) + add for state in states for keep, add in group.each]
        decided = groups[-1].decided
        self._groups = groups
        self._decided = b"".join([decided[state] for state in states])  # the last changes fastest

    def reached(self) -> int:
        """Return the rows that decide."""
        return _all_in(self._decided)

    def beside(self) -> list[Beside | None]:
        """Return for each group what the others come to beside its ways; None: always the same."""
        rows = self._decided
        found: list[Beside | None] = []
        for group in reversed(self._groups):
            size = group.size
            by_way = [rows[n::size] for n in range(size)]
            number = {way: n for n, way in enumerate(by_way)}
            if len(number) > 1:
                all_in = {way: _all_in(way) for way in number}
                same = tuple([number[way] for way in by_way])
                found.append((same, [all_in[way] for way in by_way]))
            else:
                found.append(None)
            rows = b"".join(by_way)  # now this group changes slowest, and the one before fastest
        return found[::-1]


def _all_in(rows: bytes) -> int:
    bits = 0
    for row in set(rows):
        bits |= 1 << row
    return bits
