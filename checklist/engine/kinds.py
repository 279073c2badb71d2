"""Tables judged, and the kinds of worlds that they make together.

Two worlds are of one kind if they leave the same outcome rows and give the same points.
Knows worlds, rows and points; not which questions are worth asking.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from checklist.engine.atlas import Atlas, Cells
from checklist.engine.cells import cells_in
from checklist.engine.outcomes import Decider, Kind, OutcomeTable, up_to_certain
from checklist.engine.worlds import Space
from checklist.errors import EntangledError, Tangle

_KINDS = 8  # a group's kinds may take so many times what scores may: 16 megabytes

# Worlds under what they come to: the points of a table, or a kind.
ByPoints = Sequence[tuple[int, int]]
Effects = Mapping[Kind, int]
# For each axis the cells left of a question that was answered, None where it was not.
Placed = Sequence[int | None] | Mapping[int, int | None]


class Judged(Struct, frozen=True):
    """A table, and in some space the worlds that each of its rules decides."""

    table: Decider
    space: Space
    worlds: Sequence[int]

    def effects(self, outcomes: OutcomeTable) -> dict[Kind, int]:
        """Return the worlds under what their rule does to the outcomes."""
        effects: dict[Kind, int] = {}
        for effect, worlds in zip(outcomes.effects[self.table.id], self.worlds, strict=True):
            if worlds:
                effects[effect] = effects.get(effect, 0) | worlds
        return effects


class OpenQuestion(Struct, frozen=True):
    """A question left open: what moves with it, its cells, and where it applies."""

    axis: int
    moved: tuple[int, ...]
    cells: tuple[int, ...]
    applies: Cells

    def cases(self, space: Space) -> list[int]:
        """Return the worlds of each of its cells, and those in which it does not apply."""
        here = space.where(self.applies)
        cases = [space.where({self.axis: 1 << cell}) & here for cell in self.cells]
        return [worlds for worlds in [*cases, space.everything & ~here] if worlds]


def open_questions(atlas: Atlas, placed: Placed, among: Iterable[int]) -> list[OpenQuestion]:
    """Return the questions left open, that allow more than one answer.

    Args:
        atlas: the questions.
        placed: for each axis the cells that are left, None where nothing was answered.
        among: the axes to be looked at; nothing else moves.
    """
    left = {axis: placed[axis] for axis in sorted(among)}
    is_open = {axis for axis, cells in left.items() if cells is None or cells & (cells - 1)}
    return [
        OpenQuestion(
            axis,
            (axis, *(other for other in atlas.dependents.get(axis, ()) if other in is_open)),
            tuple(range(atlas.axes[axis].size) if cells is None else cells_in(cells)),
            atlas.applies.get(atlas.axes[axis].question.id, {}),
        )
        for axis, cells in left.items()
        if axis in is_open and atlas.axes[axis].varies
    ]


def judged(atlas: Atlas, table: OutcomeTable, number: int, space: Space) -> Judged:
    """Return the table of a number, judged in a space.

    Raises:
        GapError: in some world no rule matches.
    """
    return Judged(table.deciders[number], space, space.decided(atlas.tables[number]))


def kinds_of(
    table: OutcomeTable, everything: int, tables: Iterable[tuple[str, Effects]]
) -> dict[Kind, int]:
    """Return each kind of world that ``tables`` make, with the worlds that can be of it.

    Args:
        table: the outcomes.
        everything: all worlds of a space.
        tables: name and effects, in that space. A world may have several effects: it has
            then several kinds, as what else a table looks at is free of the other tables.

    Raises:
        EntangledError: there are too many kinds.
    """
    kinds: dict[Kind, int] = {((1 << len(table.rows)) - 1, 0): everything}
    names: frozenset[str] = frozenset()
    for name, effects in tables:
        names |= {name}
        kinds = split(kinds, effects, table.settled(names))
        if len(kinds) * everything.bit_length() > _KINDS * table.most:
            raise EntangledError([Tangle("scores", len(kinds), tuple(sorted(names)), ())])
    return kinds


def split(kinds: Effects, effects: Effects, settled: int) -> dict[Kind, int]:
    """Return the kinds of worlds once the effects of one more table are added."""
    found: dict[Kind, int] = {}
    for (rows, points), worlds in kinds.items():
        for (left, added), here in effects.items():
            if both := worlds & here:
                kind = up_to_certain(rows & left, settled), points + added
                found[kind] = found.get(kind, 0) | both
    return found


def lowest_sum(everything: int, tables: Iterable[ByPoints]) -> int:
    """Return the lowest sum of points over some worlds, one number from each table.

    All worlds are added up at once: bit n of every sum stands in one set of worlds.
    """
    tables = [sorted(table) for table in tables]
    offset = sum(table[0][0] for table in tables)
    sums = [0] * sum(table[-1][0] - table[0][0] for table in tables).bit_length()
    for table in tables:
        left = everything
        for points, worlds in table:  # where a table allows several, the lowest counts
            _add(sums, points - table[0][0], worlds & left)
            left &= ~worlds
    lowest, among = offset, everything
    for n in reversed(range(len(sums))):
        if among & ~sums[n]:
            among &= ~sums[n]
        else:
            lowest += 1 << n
    return lowest


def _add(sums: list[int], points: int, worlds: int) -> None:
    for start in range(points.bit_length()):
        carried = worlds if points >> start & 1 else 0
        for n in range(start, len(sums)):
            if not carried:
                break
            sums[n], carried = sums[n] ^ carried, sums[n] & carried


def sum_range(everything: int, tables: Sequence[ByPoints]) -> tuple[int, int]:
    """Return the lowest and the highest sum of points over some worlds."""
    negative = [[(-points, worlds) for points, worlds in table] for table in tables]
    return lowest_sum(everything, tables), -lowest_sum(everything, negative)
