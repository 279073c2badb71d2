"""Criteria looked up by the cells of their inputs, an open answer being one more cell.

What a table comes to depends on nothing but the cells of the questions that it looks at. It
is worked out when it is first asked for, in all worlds at once, and kept while there is room.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from operator import itemgetter

from checklist.engine.assessment import CriterionResult, Range
from checklist.engine.atlas import Atlas
from checklist.engine.groups import Group, group_of
from checklist.engine.joint import JointGroup, differ
from checklist.engine.kept import Kept
from checklist.engine.kinds import Judged, OpenQuestion, judged, kinds_of, open_questions
from checklist.engine.outcomes import Kind, OutcomeTable
from checklist.engine.placing import Placed, Placer
from checklist.engine.worlds import Space, space_of
from checklist.ruleset.model import STATUSES

_MOST_KEPT = 8192  # results, over all tables
_MOST_ROWS = 64  # sets of rows, for each group
_MOST_KINDS = 64  # whose pairs are looked at
_SMALL = 4096  # worlds: what is larger is not kept

# A question by its axis; which kinds, by number, lie a change of its answer apart; and the
# kinds that are left in each of its cases.
Told = tuple[int, Collection[tuple[int, int]], Sequence[Collection[int]]]


class Seen:
    """What one table comes to.

    ``ties`` are the axes, as bits, that its points or its part in the outcome hang on. If
    there are none, ``left`` are the outcome rows that it leaves, and ``points`` what it adds
    to the lowest score.
    """

    __slots__ = ("judged", "left", "number", "points", "result", "ties")

    def __init__(self, number: int, one: Judged, result: CriterionResult, parts: Iterable[Kind]):
        by_part: dict[Kind, int] = {}
        for part, worlds in zip(parts, one.worlds, strict=True):
            if worlds:
                by_part[part] = by_part.get(part, 0) | worlds
        self.number = number
        self.judged = one
        self.result = result
        self.left, self.points = next(iter(by_part))
        self.ties = _ties(one.space, list(by_part.values()))


def _ties(space: Space, parts: Sequence[int]) -> int:
    if len(parts) < 2:
        return 0
    return sum(1 << axis for axis in space.digits if differ(space, (axis,), parts))


class Lookup:
    """One table, looked up by the cells of the questions that it looks at."""

    def __init__(self, number: int, atlas: Atlas, outcomes: OutcomeTable, placer: Placer) -> None:
        self.id = atlas.tables[number].id
        self.axes = atlas.tables[number].axes
        self.key = _key(sorted(self.axes))
        self.kept: dict[Hashable, Seen] = {}
        self._number = number
        self._atlas = atlas
        self._outcomes = outcomes
        self._placer = placer
        self._most = max(_MOST_KEPT // len(atlas.tables), 16)
        table = outcomes.deciders[number]
        lowest = min(table.points)
        self._parts = [
            (left, points - lowest)
            for (left, _), points in zip(outcomes.effects[table.id], table.points, strict=True)
        ]

    def seen(self, placed: Placed) -> Seen:
        """Return what the table comes to."""
        return self.kept.get(self.key(placed)) or self.judge(placed)

    def judge(self, placed: Placed) -> Seen:
        """Return what the table comes to, worked out anew, and keep it if it is small."""
        possible = self._placer.possible(placed)
        space = space_of(self._atlas, [self._number], possible)
        one = judged(self._atlas, self._outcomes, self._number, space)
        seen = Seen(self._number, one, self._result(one, placed), self._parts)
        if space.size <= _SMALL:
            if len(self.kept) >= self._most:
                self.kept.clear()
            self.kept[self.key(placed)] = seen
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
            Range(min(points), max(points), max(one.table.points)),
            tuple(self._missing(one.space, placed, tuple(by_status.values()))),
        )

    def _missing(self, space: Space, placed: Placed, parts: Sequence[int]) -> Iterator[str]:
        if len(parts) > 1:
            for question in open_questions(self._atlas, placed, space.axes):
                if differ(space, question.moved, parts):
                    yield self._atlas.axes[question.axis].question.id


def _key(axes: Sequence[int]) -> Callable[[Placed], Hashable]:
    return itemgetter(*axes) if axes else lambda _: None


class Linked:
    """Tables that hang on the same open questions."""

    def __init__(self, group: Group, questions: Sequence[OpenQuestion]) -> None:
        self.group = group
        self.questions = questions
        self.kinds = tuple(group.kinds)
        low, high = group.points()
        lowest = sum(min(one.table.points) for one in group.tables)
        self.points = low - lowest, high - lowest  # above the lowest there can be
        self.among: Kept[tuple[int, int], Among] = Kept(lambda rows: Among(self, *rows), _MOST_ROWS)

    @cached_property
    def told(self) -> list[Told] | None:
        """Return what there is to know of each question to tell whether it matters.

        None if there are too many kinds to say it for each pair of them.
        """
        group = self.group
        if not isinstance(group, JointGroup) or len(self.kinds) > _MOST_KINDS:
            return None
        return [_told(group, question) for question in self.questions]


def _told(group: JointGroup, question: OpenQuestion) -> Told:
    kinds = group.kinds.values()
    shadows = [group.space.merged(worlds, question.moved) for worlds in kinds]
    cases = question.cases(group.space)
    return (
        question.axis,
        [(a, b) for a, one in enumerate(shadows) for b in range(a) if one & shadows[b]],
        [{n for n, worlds in enumerate(kinds) if worlds & case} for case in cases],
    )


class Among:
    """What a group comes to where only some outcome rows are left.

    Args:
        linked: the group.
        rows: the rows left.
        points: -1 if these rows look at the score, 0 if they do not: a mask.
    """

    def __init__(self, linked: Linked, rows: int, points: int) -> None:
        numbers: dict[Kind, int] = {}
        same = [
            numbers.setdefault((left & rows, added & points), len(numbers))
            for left, added in linked.kinds
        ]
        self.kinds = tuple(numbers)
        self.told: list[Told] | None = []
        if len(numbers) > 1:
            told = linked.told
            self.told = None if told is None else [one for one in _seen_as(same, told) if one[1]]


def _seen_as(same: Sequence[int], told: Iterable[Told]) -> Iterator[Told]:
    # What is told of kinds, said of the fewer that they are ``same`` as.
    for axis, pairs, cases in told:
        apart = {(same[a], same[b]) for a, b in pairs if same[a] != same[b]}
        yield axis, apart, [{same[kind] for kind in case} for case in cases]


class Linker:
    """Puts tables that are not settled into groups that can be judged apart."""

    def __init__(self, atlas: Atlas, outcomes: OutcomeTable, placer: Placer) -> None:
        self._atlas = atlas
        self._outcomes = outcomes
        self._placer = placer
        self._kept: dict[tuple[Seen, ...], Linked] = {}

    def linked(self, unsettled: Iterable[Seen], placed: Placed) -> list[Linked]:
        """Return the groups; no open question ties two of them."""
        return [self._judged(tuple(members), placed) for members in _apart(unsettled)]

    def _judged(self, members: tuple[Seen, ...], placed: Placed) -> Linked:
        found = self._kept.get(members)
        return found or self._judge(members, placed)

    def _judge(self, members: tuple[Seen, ...], placed: Placed) -> Linked:
        group = self._group(members, placed)
        axes = {axis for one in group.tables for axis in one.space.axes}
        linked = Linked(group, open_questions(self._atlas, placed, axes))
        if isinstance(group, JointGroup) and group.space.size <= _SMALL:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[members] = linked
        return linked

    def _group(self, members: tuple[Seen, ...], placed: Placed) -> Group:
        if len(members) == 1:
            one = members[0].judged
            effects = [(one.table.id, one.effects(self._outcomes))]
            kinds = kinds_of(self._outcomes, one.space.everything, effects)
            return JointGroup(one.space, (one,), kinds)
        numbers = sorted(seen.number for seen in members)
        return group_of(self._atlas, self._outcomes, numbers, self._placer.possible(placed))


def _apart(unsettled: Iterable[Seen]) -> Iterator[list[Seen]]:
    groups: list[tuple[int, list[Seen]]] = []
    for seen in unsettled:
        ties, members = seen.ties, [seen]
        apart = []
        for group in groups:
            if group[0] & ties:
                ties |= group[0]
                members = group[1] + members
            else:
                apart.append(group)
        groups = [*apart, (ties, members)]
    return (members for _, members in groups)
