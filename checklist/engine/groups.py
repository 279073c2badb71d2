"""Tables in groups that share no open question with each other, so that each is judged apart."""

from collections.abc import Iterable, Iterator, Sequence
from math import prod

from checklist.engine.atlas import Atlas
from checklist.engine.joint import JointGroup
from checklist.engine.kinds import OpenQuestion, judged, kinds_of
from checklist.engine.one_out import each_left_out
from checklist.engine.outcomes import OutcomeTable
from checklist.engine.reached import Reached, nothing_judged
from checklist.engine.tied import TiedGroup
from checklist.engine.worlds import (
    JOINT,
    MOST_TIED,
    Possible,
    Space,
    linked_groups,
    space_of,
    tied_axes,
    tied_work,
)
from checklist.errors import EntangledError, Tangle

_BESIDE = 64  # to compare a group's kinds beside the others may take so many times as long

Group = JointGroup | TiedGroup


def groups_of(atlas: Atlas, table: OutcomeTable, possible: Possible) -> list[Group]:
    """Return the tables in groups that can be judged apart, each judged in all its worlds.

    Args:
        atlas: the tables, in the order of ``table.deciders``.
        table: the outcomes.
        possible: for each axis the cells that are left.

    Raises:
        GapError: no rule of some table matches in some world.
        EntangledError: the worlds of a group are of too many kinds.
    """
    groups = linked_groups(atlas, possible)
    return [group_of(atlas, table, numbers, possible) for numbers in groups]


def group_of(
    atlas: Atlas, table: OutcomeTable, numbers: Sequence[int], possible: Possible
) -> Group:
    """Return tables that share open questions as one group, judged in all its worlds.

    Raises:
        GapError: no rule of some table matches in some world.
        EntangledError: the worlds are of too many kinds.
    """
    axes = set().union(*(atlas.tables[number].axes for number in numbers))
    ties = tied_axes(atlas, numbers, possible)
    together = prod(possible[axis].bit_count() for axis in axes)
    if together <= JOINT or tied_work(possible, ties, numbers) > MOST_TIED or not ties:
        space = space_of(atlas, numbers, possible)
        tables = tuple(judged(atlas, table, number, space) for number in numbers)
        effects = [(one.table.id, one.effects(table)) for one in tables]
        return JointGroup(space, tables, kinds_of(table, space.everything, effects))
    tied = Space(atlas, ties, possible)
    own = [judged(atlas, table, n, space_of(atlas, [n], possible)) for n in numbers]
    return TiedGroup(table, tied, own)


def all_reached(table: OutcomeTable, groups: Iterable[Group]) -> list[Reached]:
    """Return what is reached before the first group, after it, and so on to the last."""
    steps = [nothing_judged(table)]
    for group in groups:
        steps.append(with_group(steps[-1], group))
    return steps


def beside_each(start: Reached, groups: Sequence[Group]) -> Iterator[Reached]:
    """Yield for each group what all the others together can come to."""
    return each_left_out(start, groups, with_group)


def with_group(reached: Reached, group: Group) -> Reached:
    """Return what is reached if a group is added."""
    return reached.with_kinds(frozenset(one.table.id for one in group.tables), group.kinds)


def refuse_many_scores(
    table: OutcomeTable, groups: Sequence[Group], questions: Sequence[OpenQuestion]
) -> None:
    """Refuse groups whose kinds would take too long to be told apart.

    Raises:
        EntangledError: names the tables whose score can come out in too many ways.
    """
    for group, others in zip(groups, beside_each(nothing_judged(table), groups), strict=True):
        if len(group.kinds) * others.cost > _BESIDE * table.most:
            names = tuple(decider.id for decider in table.deciders)
            raise EntangledError([Tangle("scores", len(group.kinds) * others.cost, names, ())])
        if isinstance(group, TiedGroup):
            list(group.telling(others, questions_of(group, questions)))


def questions_of(group: Group, questions: Iterable[OpenQuestion]) -> list[OpenQuestion]:
    """Return those of some open questions that a group looks at."""
    axes = {axis for one in group.tables for axis in one.space.axes}
    return [question for question in questions if question.axis in axes]
