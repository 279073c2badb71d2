"""The outcome table over all worlds: which outcomes are reached, and what tells them apart.

Groups of criteria that share no open question are independent, so no world of the whole
ruleset is ever built. A group is cut into *kinds* of worlds: those that leave the same
outcome rows possible and give the same points. Kinds of different groups then combine.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from checklist.atlas import Atlas
from checklist.conditions import holds
from checklist.model import Criterion, Outcome, Status, Test
from checklist.worlds import Space, linked_groups, space_of

SCORE = "score"

# The outcome rows (as bits) that a world leaves possible, and the points it gives.
Kind = tuple[int, int]


@dataclass(slots=True)
class OutcomeTable:
    """Outcome rows as bits: row n, counted from 0, is ``1 << n``."""

    rows: tuple[Mapping[str, Test], ...]
    _by_score: dict[int, int] = field(default_factory=dict)

    @property
    def tests_score(self) -> bool:
        """Return whether any row looks at the score."""
        return any(SCORE in row for row in self.rows)

    def rows_left(self, criterion: str, status: Status) -> int:
        """Return the rows that a criterion's status leaves possible."""
        return sum(
            1 << number
            for number, row in enumerate(self.rows)
            if criterion not in row or holds(row[criterion], status)
        )

    def first(self, kind: Kind) -> int:
        """Return the number of the row that decides, or -1 if none matches."""
        rows, score = kind
        if score not in self._by_score:
            self._by_score[score] = sum(
                1 << number
                for number, row in enumerate(self.rows)
                if SCORE not in row or holds(row[SCORE], score)
            )
        left = rows & self._by_score[score]
        return (left & -left).bit_length() - 1


def outcome_table(outcomes: Iterable[Outcome]) -> OutcomeTable:
    """Return the table of a ruleset's outcomes."""
    return OutcomeTable(tuple(outcome.when for outcome in outcomes))


@dataclass(frozen=True, slots=True)
class Group:
    """Criteria that share open questions: the worlds that each rule decides, and their kinds."""

    space: Space
    decided: tuple[tuple[Criterion, Sequence[int]], ...]
    kinds: Mapping[Kind, int]


def groups_of(
    atlas: Atlas, criteria: Sequence[Criterion], table: OutcomeTable, possible: Sequence[int]
) -> list[Group]:
    """Return the criteria in groups that can be judged apart, each judged in all its worlds.

    Args:
        atlas: the criteria's tables, in the order of ``criteria``.
        criteria: the decision tables.
        table: the outcomes.
        possible: for each axis the cells that are left.

    Raises:
        GapError: no rule of some criterion matches in some world.
    """
    groups = []
    for numbers in linked_groups(atlas, possible):
        space = space_of(atlas, numbers, possible)
        decided = tuple((criteria[n], space.decided(atlas.tables[n])) for n in numbers)
        groups.append(Group(space, decided, kinds_of(table, space.everything, decided)))
    return groups


def kinds_of(
    table: OutcomeTable, everything: int, decided: Iterable[tuple[Criterion, Sequence[int]]]
) -> dict[Kind, int]:
    """Return each kind of world in a group, with its worlds.

    Args:
        table: the outcomes.
        everything: all worlds of the group.
        decided: each criterion of the group with, rule by rule, the worlds it decides.
    """
    kinds: dict[Kind, int] = {((1 << len(table.rows)) - 1, 0): everything}
    for criterion, worlds_by_rule in decided:
        effects: dict[Kind, int] = {}
        for rule, worlds in zip(criterion.rules, worlds_by_rule, strict=True):
            if worlds:
                effect = table.rows_left(criterion.id, rule.status), rule.points
                effects[effect] = effects.get(effect, 0) | worlds
        kinds = _split(kinds, effects)
    return kinds


def _split(kinds: Mapping[Kind, int], effects: Mapping[Kind, int]) -> dict[Kind, int]:
    split: dict[Kind, int] = {}
    for (rows, points), worlds in kinds.items():
        for (left, added), here in effects.items():
            if both := worlds & here:
                kind = rows & left, points + added
                split[kind] = split.get(kind, 0) | both
    return split


def others(table: OutcomeTable, groups: Sequence[Iterable[Kind]]) -> list[list[Kind]]:
    """Return for each group the kinds that all the other groups together can come to.

    Points are left at 0 where no outcome looks at the score.
    """
    plain = [list(dict.fromkeys(_tested(table, kind) for kind in kinds)) for kinds in groups]
    before: list[list[Kind]] = [[((1 << len(table.rows)) - 1, 0)]]
    for kinds in plain[:-1]:
        before.append(_combined(before[-1], kinds))
    after: list[Kind] = before[0]
    context: list[list[Kind]] = []
    for earlier, kinds in zip(reversed(before), reversed(plain), strict=True):
        context.append(_combined(earlier, after))
        after = _combined(kinds, after)
    return context[::-1]


def outcomes_of(table: OutcomeTable, kind: Kind, context: Iterable[Kind]) -> tuple[int, ...]:
    """Return the outcome row for a kind beside each kind of the other groups, in their order.

    Two kinds of a group differ in outcome exactly if these differ somewhere.
    """
    rows, points = _tested(table, kind)
    return tuple(table.first((rows & left, points + more)) for left, more in context)


def _tested(table: OutcomeTable, kind: Kind) -> Kind:
    return kind if table.tests_score else (kind[0], 0)


def _combined(left: Iterable[Kind], right: Sequence[Kind]) -> list[Kind]:
    return list(dict.fromkeys((a & b, p + q) for a, p in left for b, q in right))
