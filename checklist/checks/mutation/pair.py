"""A ruleset and the same with one thing changed, side by side in the same worlds.

Both are put in terms of the same cells, so that a world of the one is a world of the
other: where they come out differently is told exactly, for all answers at once.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from math import prod
from operator import or_

from msgspec import Struct
from msgspec.structs import replace

from checklist.engine.atlas import AxisMaker, Version, make_atlases
from checklist.engine.cells import Axis
from checklist.engine.fewest import fewest
from checklist.engine.worlds import Space
from checklist.errors import EntangledError, Tangle
from checklist.ruleset.model import Answer, Answers, Count, Fact, Ruleset, Status, When

MOST_WORLDS = 4_000_000  # that are gone through together: half a megabyte
_AGAIN = "*"  # after the name of a fact that is changed; no name in a file ends so

Effect = tuple[Status, int]


class Sight(Struct, frozen=True):
    """The same worlds, as a ruleset and as the changed one see them."""

    axes: Sequence[Axis]
    before: Space
    after: Space

    def left_by(self, answers: Answers) -> int:
        """Return the worlds that completions of ``answers`` reach."""
        axes = {number: self.axes[number] for number in self.after.axes}
        return self.after.where(
            {number: axis.possible(answers.get(axis.question.id)) for number, axis in axes.items()}
        )

    def answers_in(self, worlds: int) -> dict[str, Answer]:
        """Return answers that lie in the first of ``worlds``, to all that either asks."""
        spaces = self.before, self.after
        before, after = (space.answers_in(worlds, space.axes) for space in spaces)
        return before | after


class Difference(Struct, frozen=True):
    """Where one criterion comes out otherwise: under what it is and would be, the worlds."""

    criterion: str
    sight: Sight
    parts: Mapping[tuple[Effect, Effect], int]

    @property
    def worlds(self) -> int:
        """Return all worlds in which it comes out otherwise."""
        return reduce(or_, self.parts.values())

    @property
    def in_status(self) -> bool:
        """Return whether the status differs in some of them."""
        return any(before[0] != after[0] for before, after in self.parts)


class Pair:
    """A ruleset and a changed one, in which only the criteria ``touched`` can differ.

    Raises:
        GapError: the changed one leaves a gap in a criterion.
        EntangledError: the two together cannot be looked through.
    """

    def __init__(
        self, ruleset: Ruleset, changed: Ruleset, touched: Collection[str], axis_maker: AxisMaker
    ) -> None:
        self._questions = tuple(ruleset.questions)
        self._rules = {c.id: c.rules for c in ruleset.criteria if c.id in touched}
        self._rules_after = {c.id: c.rules for c in changed.criteria if c.id in touched}
        self.before, self.after = make_atlases(_versions(ruleset, changed, touched), axis_maker)
        self._everything = self.after.possible({})
        self.has_dead_rule = False
        self.differences = tuple(self._differences())

    def _differences(self) -> Iterator[Difference]:
        for table in self.before.tables:
            sight = self._sight([table.id])
            effects = self._effects(sight.before, table.id)
            effects_after = self._effects_after(sight.after, table.id)
            parts = {
                (effect, other): both
                for effect, worlds in effects.items()
                for other, more in effects_after.items()
                if effect != other and (both := worlds & more)
            }
            if parts:
                yield Difference(table.id, sight, parts)

    def _sight(self, criteria: Collection[str]) -> Sight:
        axes: set[int] = set()
        for table in (*self.before.tables, *self.after.tables):
            if table.id in criteria:
                axes |= table.axes
        worlds = prod(self._everything[axis].bit_count() for axis in axes)
        if worlds > MOST_WORLDS:
            raise EntangledError([Tangle("answers", worlds, tuple(criteria), ())])
        before, after = (
            Space(atlas, sorted(axes), self._everything) for atlas in (self.before, self.after)
        )
        return Sight(self.after.axes, before, after)

    def _effects(self, space: Space, name: str) -> dict[Effect, int]:
        table = next(table for table in self.before.tables if table.id == name)
        effects = [(rule.status, rule.points) for rule in self._rules[name]]
        return _together(effects, space.decided(table))

    def _effects_after(self, space: Space, name: str) -> dict[Effect, int]:
        table = next(table for table in self.after.tables if table.id == name)
        effects = [(rule.status, rule.points) for rule in self._rules_after[name]]
        decided = space.decided(table)
        self.has_dead_rule |= not all(decided)
        return _together(effects, decided)

    @cached_property
    def told_apart(self) -> bool:
        """Return whether some answers give another status of a criterion, or another score.

        Raises:
            EntangledError: the criteria that differ cannot be looked through together.
        """
        if len(self.differences) < 2 or any(d.in_status for d in self.differences):
            return bool(self.differences)
        return any(self._scores[1].keys() - {0})

    @cached_property
    def _scores(self) -> tuple[Sight, dict[int, int]]:
        # The worlds of all criteria that differ, under how much higher the score would be.
        criteria = [d.criterion for d in self.differences]
        sight = self._sight(criteria)
        scores = {0: sight.before.everything}
        for name in criteria:
            scores = _raised(scores, self._effects(sight.before, name), -1)
            scores = _raised(scores, self._effects_after(sight.after, name), 1)
        return sight, scores

    def may_notice(self, answers: Answers) -> bool:
        """Return whether some completion of ``answers`` has a criterion come out otherwise."""
        return any(d.sight.left_by(answers) & d.worlds for d in self.differences)

    def example(self) -> tuple[dict[str, Answer], str]:
        """Return answers that tell the two apart, as few as will do, and what differs."""
        in_status = [d for d in self.differences if d.in_status]
        if in_status or len(self.differences) == 1:
            found = (in_status or self.differences)[0]
            (before, after), worlds = next(
                (effects, worlds)
                for effects, worlds in found.parts.items()
                if effects[0][0] != effects[1][0] or not in_status
            )
            said = f"{found.criterion} is {_spelled(before)}, and would be {_spelled(after)}"
            return self._fewest(found.sight, worlds), said
        sight, scores = self._scores
        more, worlds = next((more, worlds) for more, worlds in scores.items() if more)
        said = f"the score would be {abs(more)} {'higher' if more > 0 else 'lower'}"
        return self._fewest(sight, worlds), said

    def _fewest(self, sight: Sight, worlds: int) -> dict[str, Answer]:
        return fewest(
            sight.answers_in(worlds),
            self._questions,
            lambda answers: not sight.left_by(answers) & ~worlds,
        )


def _versions(
    ruleset: Ruleset, changed: Ruleset, touched: Collection[str]
) -> tuple[Version, Version]:
    # Both stand in one atlas, so what is changed of the facts goes by another name there.
    again = {name: name + _AGAIN for name in _changed_facts(ruleset, changed)}
    before = {c.id: [rule.when for rule in c.rules] for c in ruleset.criteria if c.id in touched}
    after = {c.id: [_again(rule.when, again) for rule in c.rules] for c in changed.criteria}
    facts = {again.get(n, n): _fact_again(fact, again) for n, fact in changed.facts.items()}
    return (
        Version(ruleset.questions, ruleset.facts, before),
        Version(changed.questions, facts, after),
    )


def _changed_facts(ruleset: Ruleset, changed: Ruleset) -> set[str]:
    names = {name for name, fact in changed.facts.items() if fact != ruleset.facts[name]}
    resting = {
        fact.id
        for fact in changed.facts.values()
        if not isinstance(fact, Count) and any(names & c.keys() for c in fact.conditions)
    }
    return names | resting


def _again(when: When, names: Mapping[str, str]) -> When:
    return {names.get(name, name): test for name, test in when.items()} if names else when


def _fact_again(fact: Fact, names: Mapping[str, str]) -> Fact:
    if fact.id not in names:
        return fact
    if isinstance(fact, Count):
        return replace(fact, id=names[fact.id])
    conditions = tuple(_again(condition, names) for condition in fact.conditions)
    return replace(fact, id=names[fact.id], conditions=conditions)


def _together(effects: Sequence[Effect], decided: Sequence[int]) -> dict[Effect, int]:
    found: dict[Effect, int] = {}
    for effect, worlds in zip(effects, decided, strict=True):
        if worlds:
            found[effect] = found.get(effect, 0) | worlds
    return found


def _raised(scores: Mapping[int, int], effects: Mapping[Effect, int], sign: int) -> dict[int, int]:
    found: dict[int, int] = {}
    for score, worlds in scores.items():
        for (_, points), here in effects.items():
            if both := worlds & here:
                raised = score + sign * points
                found[raised] = found.get(raised, 0) | both
    return found


def _spelled(effect: Effect) -> str:
    status, points = effect
    return f"{status} ({points} point{'' if points == 1 else 's'})"
