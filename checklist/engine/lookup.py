"""Criteria looked up by the cells of their inputs, an open answer being one more cell.

What a table comes to depends on nothing but the cells of the questions that it looks at. It
is worked out when it is first asked for, in all worlds at once, and kept while there is room.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cached_property, reduce
from operator import and_, or_

from checklist.engine.assessment import CriterionResult, Range
from checklist.engine.atlas import Atlas
from checklist.engine.combined import MOST_ROWS, Beside, Rows, Way
from checklist.engine.groups import Group, group_of
from checklist.engine.joint import JointGroup, differ
from checklist.engine.kept import Kept
from checklist.engine.kinds import Judged, OpenQuestion, Placed, judged, kinds_of, open_questions
from checklist.engine.outcomes import Kind, OutcomeTable
from checklist.engine.placing import Placer
from checklist.engine.worlds import Possible, Space
from checklist.ruleset.model import STATUSES

_MOST_KEPT = 8192  # results, over all tables
_MOST_ROWS = 64  # sets of rows, for each group
_MOST_KINDS = 64  # whose pairs are looked at
_SMALL = 4096  # worlds: what is larger is not kept

# A question by its axis; which kinds, by number, lie a change of its answer apart; and the
# kinds that are left in each of its cases.
Told = tuple[int, Sequence[tuple[int, int]], "Cases"]
Cases = Sequence[Sequence[int]]


class Seen:
    """What one table comes to.

    ``ties`` are the axes, as bits, that its points or its part in the outcome hang on, and
    ``shared`` those of them that other tables look at. If there are none, ``left`` are the
    outcome rows that it leaves, and ``points`` what it adds to the lowest score.
    """

    __slots__ = ("judged", "left", "number", "points", "result", "shared", "ties")

    def __init__(
        self,
        number: int,
        one: Judged,
        result: CriterionResult,
        parts: Iterable[Kind],
        shared: int,
    ) -> None:
        by_part: dict[Kind, int] = {}
        for part, worlds in zip(parts, one.worlds, strict=True):
            if worlds:
                by_part[part] = by_part.get(part, 0) | worlds
        self.number = number
        self.judged = one
        self.result = result
        self.left, self.points = next(iter(by_part))
        self.ties = _ties(one.space, list(by_part.values()))
        self.shared = self.ties & shared


def _ties(space: Space, parts: Sequence[int]) -> int:
    if len(parts) < 2:
        return 0
    return sum(1 << axis for axis in space.digits if differ(space, (axis,), parts))


class Lookup(dict[int, Seen]):
    """What one table comes to, by where the answers that it looks at lie.

    Two people whose answers leave the same open, and the same rules to decide in the same
    worlds, see the very same; so what is made of it is looked up as well.
    """

    def __init__(self, number: int, atlas: Atlas, outcomes: OutcomeTable, placer: Placer) -> None:
        super().__init__()
        self.id = atlas.tables[number].id
        self.axes = sorted(atlas.tables[number].axes)
        self.mask = sum([placer.field(axis) for axis in self.axes])
        self.number = number
        self._atlas = atlas
        self._outcomes = outcomes
        self._placer = placer
        self._alike: dict[Hashable, Seen] = {}
        self._shared = sum([1 << axis for axis in self.axes if len(atlas.looking[axis]) > 1])
        self._most = max(_MOST_KEPT // len(atlas.tables), 16)
        table = outcomes.deciders[number]
        self._maximum = max(table.points)
        lowest = min(table.points)
        self._parts = [
            (left, points - lowest)
            for (left, _), points in zip(outcomes.effects[table.id], table.points, strict=True)
        ]

    def __missing__(self, packed: int) -> Seen:
        possible = self._placer.possible(packed, self.axes)
        space = Space(self._atlas, self.axes, possible)
        one = judged(self._atlas, self._outcomes, self.number, space)
        placed = self._placer.spread(packed, self.axes)
        left_open = [(a, c) for a, c in placed.items() if c is None or c & (c - 1)]
        alike = *left_open, *one.worlds
        seen = self._alike.get(alike)
        if seen is None:
            seen = Seen(self.number, one, self._result(one, placed), self._parts, self._shared)
        if space.size <= _SMALL:
            if len(self) >= self._most:
                self.clear()
                self._alike.clear()
            self[packed] = self._alike[alike] = seen
        return seen

    def _result(self, one: Judged, placed: Placed) -> CriterionResult:
        by_status: dict[str, int] = {}
        for status, worlds in zip(one.table.statuses, one.worlds, strict=True):
            if worlds:
                by_status[status] = by_status.get(status, 0) | worlds
        reached = [n for n, worlds in enumerate(one.worlds) if worlds]
        points = [one.table.points[n] for n in reached]
        return CriterionResult(
            one.table.id,
            tuple(status for status in STATUSES if status in by_status),
            tuple(n + 1 for n in reached),
            Range(min(points), max(points), self._maximum),
            tuple(self._missing(one.space, placed, tuple(by_status.values()))),
        )

    def _missing(self, space: Space, placed: Placed, parts: Sequence[int]) -> Iterator[str]:
        if len(parts) > 1:
            for question in open_questions(self._atlas, placed, space.axes):
                if differ(space, question.moved, parts):
                    yield self._atlas.axes[question.axis].question.id


class Linked:
    """Tables that hang on the same open questions."""

    def __init__(self, group: Group, questions: Sequence[OpenQuestion], rows: Rows) -> None:
        self.group = group
        self.rows = rows
        self.questions = questions
        self.kinds = tuple(group.kinds)
        low, high = group.points()
        lowest = sum(min(one.table.points) for one in group.tables)
        self.points = low - lowest, high - lowest  # above the lowest there can be
        self.some = reduce(or_, [rows for rows, _ in self.kinds])  # rows that some worlds leave
        self.every = reduce(and_, [rows for rows, _ in self.kinds])  # rows that all leave
        self.varying = self.some & ~self.every
        self.among: Kept[tuple[int, int], Among] = Kept(lambda rows: Among(self, *rows), _MOST_ROWS)

    @cached_property
    def told(self) -> list[Told] | None:
        """Return what there is to know of each question to tell whether it matters.

        None if there are too many kinds to say it for each pair of them, or too many rows.
        """
        group = self.group
        many = len(self.kinds) > _MOST_KINDS or self.rows.width > MOST_ROWS
        if many or not isinstance(group, JointGroup):
            return None
        return [_told(group, question) for question in self.questions]


def _told(group: JointGroup, question: OpenQuestion) -> Told:
    kinds = group.kinds.values()
    shadows = [group.space.merged(worlds, question.moved) for worlds in kinds]
    cases = question.cases(group.space)
    return (
        question.axis,
        [(a, b) for a, one in enumerate(shadows) for b in range(a) if one & shadows[b]],
        [[n for n, worlds in enumerate(kinds) if worlds & case] for case in cases],
    )


class Among:
    """What a group comes to where only some outcome rows may decide.

    ``ways`` are the kinds of worlds that are told apart then.

    Args:
        linked: the group.
        rows: the rows that may decide, of those that not all of its worlds leave.
        points: -1 if rows look at the score, 0 if they do not: a mask.
    """

    def __init__(self, linked: Linked, rows: int, points: int) -> None:
        numbers: dict[Way, int] = {}
        self._way_of = [
            numbers.setdefault((left | ~rows, (added & points) << linked.rows.width), len(numbers))
            for left, added in linked.kinds
        ]
        self._linked = linked
        self.ways = linked.rows.ways[tuple(numbers)]
        self._mattering = Kept(self._that_matter, _MOST_ROWS)

    def telling(self, beside: Beside) -> list[tuple[int, float]]:
        """Return the questions that matter to the outcome, and how many outcomes each leaves."""
        same, rows = beside
        found = []
        for axis, cases in self._mattering[same]:
            left = 0
            for case in cases:
                reached = 0
                for way in case:
                    reached |= rows[way]
                left += reached.bit_count()
            found.append((axis, left / len(cases)))
        return found

    def _that_matter(self, same: Sequence[int]) -> tuple[tuple[int, Cases], ...]:
        # The questions a change of whose answer leads to ways that are not the same.
        to = [same[way] for way in self._way_of]
        found = []
        for axis, pairs, cases in self._linked.told or ():
            for one, other in pairs:
                if to[one] != to[other]:
                    ways = [tuple({self._way_of[kind] for kind in case}) for case in cases]
                    found.append((axis, tuple(ways)))
                    break
        return tuple(found)


class Linker:
    """Puts tables that are not settled into groups that can be judged apart."""

    def __init__(self, atlas: Atlas, rows: Rows, placer: Placer) -> None:
        self._atlas = atlas
        self._rows = rows
        self._outcomes = rows.table
        self._placer = placer
        self._kept: dict[tuple[Seen, ...], Linked] = {}
        self._apart = Kept(_apart, _MOST_KEPT)

    def linked(self, unsettled: Sequence[Seen], packed: int) -> list[Linked]:
        """Return the groups; no open question ties two of them."""
        groups = self._apart[tuple([one.shared for one in unsettled])]
        found = []
        for group in groups:
            members = tuple([unsettled[n] for n in group])
            found.append(self._kept.get(members) or self._judge(members, packed))
        return found

    def _judge(self, members: tuple[Seen, ...], packed: int) -> Linked:
        axes = {axis for one in members for axis in one.judged.space.axes}
        group = self._group(members, self._placer.possible(packed, axes))
        questions = open_questions(self._atlas, self._placer.spread(packed, axes), axes)
        linked = Linked(group, questions, self._rows)
        if isinstance(group, JointGroup) and group.space.size <= _SMALL:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[members] = linked
        return linked

    def _group(self, members: tuple[Seen, ...], possible: Possible) -> Group:
        if len(members) == 1:
            one = members[0].judged
            effects = [(one.table.id, one.effects(self._outcomes))]
            kinds = kinds_of(self._outcomes, one.space.everything, effects)
            return JointGroup(one.space, (one,), kinds)
        numbers = sorted(seen.number for seen in members)
        return group_of(self._atlas, self._outcomes, numbers, possible)


def _apart(ties: Sequence[int]) -> list[list[int]]:
    # Which of some tables, by place, hang on the same axes.
    groups: list[tuple[int, list[int]]] = []
    for place, axes in enumerate(ties):
        if axes:
            tied, members, apart = axes, [place], []
            for group in groups:
                if group[0] & tied:
                    tied |= group[0]
                    members = group[1] + members
                else:
                    apart.append(group)
            groups = [*apart, (tied, members)]
    return [[place] for place, axes in enumerate(ties) if not axes] + [m for _, m in groups]
