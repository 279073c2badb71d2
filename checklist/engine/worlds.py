"""The completions of open answers, looked at all at once.

A *world* gives every open question one cell (see ``cells``). A set of worlds is one whole
number with a bit for each world, so "the worlds in which this rule decides" is worked out
for all of them by a few operations on long numbers: that is how exactness is fast.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import prod
from operator import itemgetter

from checklist.engine.atlas import Atlas, Cells, Condition, Table
from checklist.engine.cells import MOST_COMBINATIONS, cells_in
from checklist.errors import EntangledError, GapError, Tangle
from checklist.ruleset.model import Answer

JOINT = MOST_COMBINATIONS  # worlds of linked tables that are gone through together
# For each axis that is looked at, the set of its cells that is left.
Possible = Sequence[int] | Mapping[int, int]

MOST_TIED = 25_000  # beyond that: worlds of the questions that tie them, for each pair of tables


class Space:
    """All worlds over some axes, of which ``possible`` cells are left.

    Worlds are numbered: the axes are the digits of the number. Sets of worlds are whole
    numbers with one bit for each world, ``everything`` being all of them.
    """

    def __init__(self, atlas: Atlas, axes: Iterable[int], possible: Possible) -> None:
        self._atlas = atlas
        self._possible = possible
        self.axes = tuple(axes)
        self.digits: dict[int, tuple[int, list[int]]] = {}  # axis: stride, its cells
        self.size = 1
        for axis in self.axes:
            cells = cells_in(possible[axis])
            if len(cells) > 1:
                self.digits[axis] = self.size, cells
                self.size *= len(cells)
        self.everything = (1 << self.size) - 1
        self._tallied: dict[int, list[int]] = {}

    def where(self, cells: Cells) -> int:
        """Return the worlds in which a conjunction holds."""
        worlds = self.everything
        for axis, mask in cells.items():
            if axis in self.digits:
                worlds &= self.having(axis, mask)
            elif not self._possible[axis] & mask:
                return 0
        return worlds

    def having(self, axis: int, mask: int) -> int:
        """Return the worlds in which ``axis`` has one of the cells of ``mask``."""
        stride, cells = self.digits[axis]
        digit = (1 << stride) - 1
        pattern = 0
        for number, cell in enumerate(cells):
            if mask >> cell & 1:
                pattern |= digit << number * stride
        return _repeated(pattern, len(cells) * stride, self.size)

    def satisfying(self, condition: Condition) -> int:
        """Return the worlds in which a condition holds, tallies and all."""
        worlds = self.where(condition.cells)
        for number, counts in condition.tallies:
            levels = self._levels(number)
            held = 0
            for count in counts:
                held |= levels[count]
            worlds &= held
        return worlds

    def decided(self, table: Table) -> list[int]:
        """Return for each rule of a table the worlds in which it decides.

        Raises:
            GapError: in some world no rule matches.
        """
        left = self.everything
        decided = []
        for condition in table.conditions:
            here = left & self.satisfying(condition) if left else 0
            decided.append(here)
            left ^= here
        if left:
            raise GapError(table.id, self.answers_in(left, table.axes))
        return decided

    def cell(self, world: int, axis: int) -> int:
        """Return the cell of ``axis`` in the world of a number."""
        stride, cells = self.digits[axis]
        return cells[world // stride % len(cells)]

    def merged(self, worlds: int, axes: Iterable[int]) -> int:
        """Return ``worlds`` with all that differ only in ``axes`` made one."""
        for axis in axes:
            if axis in self.digits:
                stride, cells = self.digits[axis]
                folded = worlds
                for digit in range(1, len(cells)):
                    folded |= worlds >> digit * stride
                worlds = folded & _first_digit(len(cells), stride, self.size)
        return worlds

    def answers_in(self, worlds: int, axes: Iterable[int]) -> dict[str, Answer]:
        """Return answers, for the questions of ``axes``, that lie in the first of ``worlds``.

        Questions that do not apply with these answers are left out.
        """
        first = (worlds & -worlds).bit_length() - 1
        cell = {}
        for axis in sorted(axes):
            stride, cells = self.digits.get(axis, (self.size, cells_in(self._possible[axis])))
            cell[axis] = cells[first // stride % len(cells)]
        shown = {}
        for axis, number in cell.items():
            name = self._atlas.axes[axis].question.id
            needed = self._atlas.applies.get(name, {})
            if all(mask >> cell[other] & 1 for other, mask in needed.items() if other in cell):
                shown[name] = self._atlas.axes[axis].example(number)
        return shown

    def _levels(self, number: int) -> list[int]:
        # levels[k]: the worlds in which exactly k of the tally's conditions hold.
        if number not in self._tallied:
            levels = [self.everything]
            for cells in self._atlas.tallies[number]:
                held = self.where(cells)
                raised = [0, *(level & held for level in levels)]
                levels = [
                    a | b for a, b in zip([*(x & ~held for x in levels), 0], raised, strict=True)
                ]
            self._tallied[number] = levels
        return self._tallied[number]


@lru_cache(maxsize=512)
def _first_digit(base: int, stride: int, size: int) -> int:
    # The worlds, of ``size``, whose digit at ``stride`` is 0.
    return _repeated((1 << stride) - 1, base * stride, size)


def _repeated(pattern: int, period: int, size: int) -> int:
    # ``pattern`` in every ``period`` of ``size`` bits, made by doubling.
    while period < size:
        pattern |= pattern << period
        period *= 2
    return pattern & ((1 << size) - 1)


def linked_groups(atlas: Atlas, possible: Possible) -> list[list[int]]:
    """Return the tables, by number, in groups that share a question left open.

    Tables of different groups can be judged apart: nothing ties them.
    """
    groups: list[list[int]] = []
    placed = set[int]()
    for start in range(len(atlas.tables)):
        if start not in placed:
            members = sorted(_tied_to(start, atlas, possible))
            placed.update(members)
            groups.append(members)
    return sorted(groups, key=itemgetter(-1))


def _tied_to(start: int, atlas: Atlas, possible: Possible) -> set[int]:
    members, axes, fresh = {start}, set[int](), [start]
    while fresh:
        open_ = {a for a in atlas.tables[fresh.pop()].axes if possible[a] & (possible[a] - 1)}
        for axis in open_ - axes:
            more = set(atlas.looking[axis]) - members
            members |= more
            fresh += more
        axes |= open_
    return members


def space_of(atlas: Atlas, group: Iterable[int], possible: Possible) -> Space:
    """Return the space of all worlds that the tables of a group can tell apart."""
    return Space(atlas, sorted(_axes(atlas, group)), possible)


def tied_axes(atlas: Atlas, group: Iterable[int], possible: Possible) -> list[int]:
    """Return the axes left open that two or more tables of a group look at."""
    shared = Counter(axis for number in group for axis in atlas.tables[number].axes)
    return [a for a, n in sorted(shared.items()) if n > 1 and possible[a] & (possible[a] - 1)]


def tied_work(possible: Possible, tied: Iterable[int], group: Sequence[int]) -> int:
    """Return how much work it is to go through the ``tied`` axes of a group."""
    return prod(possible[axis].bit_count() for axis in tied) * len(group) ** 2


def refuse_entangled(atlas: Atlas, most: int = MOST_COMBINATIONS) -> None:
    """Refuse tables so linked that exactness would cost too much.

    Raises:
        EntangledError: with everything open, some tables, or the questions that tie some,
            have too many worlds.
    """
    possible = atlas.possible({})
    groups = linked_groups(atlas, possible)
    tangles = [tangle for group in groups for tangle in _tangles(atlas, group, possible, most)]
    if tangles:
        raise EntangledError(tangles)


def _tangles(atlas: Atlas, group: Sequence[int], possible: Possible, most: int) -> Iterator[Tangle]:
    together = _combinations(atlas, _axes(atlas, group))
    if together <= most:
        return
    for number in group:
        combinations = _combinations(atlas, atlas.tables[number].axes)
        if combinations > most:
            yield _tangle(atlas, [number], atlas.tables[number].axes, combinations)
    tied = tied_axes(atlas, group, possible)
    if tied_work(possible, tied, group) > MOST_TIED:
        yield _tangle(atlas, group, tied, together)


def _axes(atlas: Atlas, group: Iterable[int]) -> set[int]:
    return set().union(*(atlas.tables[number].axes for number in group))


def _combinations(atlas: Atlas, axes: Iterable[int]) -> int:
    return prod(atlas.axes[axis].size for axis in axes)


def _tangle(atlas: Atlas, group: Sequence[int], axes: Iterable[int], combinations: int) -> Tangle:
    tables = [atlas.tables[number] for number in group]
    sharing = Counter(axis for table in tables for axis in table.axes)
    telling = sorted(axes, key=lambda axis: (-sharing[axis], -atlas.axes[axis].size, axis))
    return Tangle(
        "answers",
        combinations,
        tuple(table.id for table in tables),
        tuple(atlas.axes[axis].question.id for axis in telling),
    )
