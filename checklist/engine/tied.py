"""Many linked tables, each judged in its own worlds and tied by the questions that they share.

The cells of the tied questions are gone through; with these fixed, the tables are free of
each other. Whether a question matters is told from pairs: what each table can come to in
two worlds that differ only in that question and in those that it switches on.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from itertools import accumulate, combinations_with_replacement

from checklist.engine.kinds import Judged, OpenQuestion, sum_range
from checklist.engine.one_out import each_left_out
from checklist.engine.outcomes import Kind, OutcomeTable
from checklist.engine.reached import Reached, nothing_judged
from checklist.engine.worlds import Space
from checklist.ruleset.model import Answer

_Pairs = frozenset[tuple[Kind, Kind]]
# Under the effects that each table can have: for each table, what all the rest can come to.
_Beside = Mapping[tuple[frozenset[Kind], ...], Sequence[Reached]]


class TiedGroup:
    """Tables that share open questions, each in a space of its own.

    Args:
        outcomes: the outcome table.
        tied: the space of the questions that two or more of the tables look at.
        tables: each judged in the space of all questions that it looks at.
    """

    def __init__(self, outcomes: OutcomeTable, tied: Space, tables: Sequence[Judged]) -> None:
        self.outcomes = outcomes
        self.tied = tied
        self.tables = tuple(tables)
        self._effects = [table.effects(outcomes) for table in tables]
        self._at = [self._where_tied(table.space) for table in tables]

    def _where_tied(self, space: Space) -> list[int]:
        # For each world of the tied questions: the worlds of a table's own that agree with it.
        own = [axis for axis in self.tied.axes if axis in space.digits]
        return [
            space.where({axis: 1 << self.tied.cell(world, axis) for axis in own})
            for world in range(self.tied.size)
        ]

    def _shadow(self, number: int, worlds: int) -> int:
        return sum(1 << world for world, at in enumerate(self._at[number]) if worlds & at)

    @cached_property
    def _shadows(self) -> list[dict[Kind, int]]:
        return [
            {effect: self._shadow(number, worlds) for effect, worlds in effects.items()}
            for number, effects in enumerate(self._effects)
        ]

    @cached_property
    def _sets(self) -> list[tuple[frozenset[Kind], ...]]:
        # For each tied world: the effects that each table can have in it.
        return [
            tuple(
                frozenset(effect for effect, shadow in shadows.items() if shadow >> world & 1)
                for shadows in self._shadows
            )
            for world in range(self.tied.size)
        ]

    def _add(self, reached: Reached, step: tuple[int, Iterable[Kind]]) -> Reached:
        number, effects = step
        return reached.with_kinds(frozenset({self.tables[number].table.id}), effects)

    @cached_property
    def kinds(self) -> dict[Kind, int]:
        """Return the kinds of worlds, with the tied worlds that can be of them."""
        kinds: dict[Kind, int] = {}
        for effects in dict.fromkeys(self._sets):
            worlds = sum(1 << n for n, others in enumerate(self._sets) if others == effects)
            for kind in self._steps(effects)[-1].kinds():
                kinds[kind] = kinds.get(kind, 0) | worlds
        return kinds

    def _steps(self, effects: Iterable[Iterable[Kind]]) -> list[Reached]:
        return list(
            accumulate(enumerate(effects), self._add, initial=nothing_judged(self.outcomes))
        )

    def points(self) -> tuple[int, int]:
        """Return the lowest and the highest sum of points."""
        by_points = [
            [
                (points, self._shadow(number, worlds))
                for points, worlds in zip(table.table.points, table.worlds, strict=True)
                if worlds
            ]
            for number, table in enumerate(self.tables)
        ]
        return sum_range(self.tied.everything, by_points)

    def answers(self, kind: Kind) -> dict[str, Answer]:
        """Return answers that are of a kind."""
        worlds = self.kinds[kind]
        world = (worlds & -worlds).bit_length() - 1
        steps = self._steps(self._sets[world])
        way, score = steps[-1].place(kind)
        answers: dict[str, Answer] = {}
        for number in reversed(range(len(self.tables))):
            effects = self._sets[world][number]
            effect, way, score = steps[number].step_to(way, score, effects, steps[number + 1])
            own = self._effects[number][effect] & self._at[number][world]
            space = self.tables[number].space
            answers |= space.answers_in(own, space.axes)
        return answers

    def telling(
        self, others: Reached, questions: Sequence[OpenQuestion]
    ) -> Iterator[tuple[int, float]]:
        """Yield the questions that matter to the outcome, and how many outcomes each leaves.

        As a ``JointGroup`` does.
        """
        beside = {
            effects: list(each_left_out(others, list(enumerate(effects)), self._add))
            for effects in dict.fromkeys(self._sets)
        }
        for question in questions:
            if self._matters(others, beside, question):
                left = list(self._outcomes_left(beside, question))
                yield question.axis, sum(left) / len(left)

    def _outcomes_left(self, beside: _Beside, question: OpenQuestion) -> Iterator[int]:
        # Cutting one table that looks at it cuts them all: it is tied, or that table's alone.
        number = self._looking_at(question)[0]
        for case in question.cases(self.tables[number].space):
            rows: set[int] = set()
            tried = set()
            for effects, at in zip(self._sets, self._at[number], strict=True):
                cut = frozenset(e for e, w in self._effects[number].items() if w & case & at)
                if cut and (effects, cut) not in tried:
                    tried.add((effects, cut))
                    rows |= self._add(beside[effects][number], (number, cut)).rows()
            yield len(rows)

    def _looking_at(self, question: OpenQuestion) -> list[int]:
        return [n for n, table in enumerate(self.tables) if question.axis in table.space.axes]

    def _matters(self, others: Reached, beside: _Beside, question: OpenQuestion) -> bool:
        moving = self._looking_at(question)
        still = [n for n in range(len(self.tables)) if n not in moving]
        names = [self.tables[n].table.id for n in moving]
        seen = set()
        for before, after in self._changes(question):
            effects = self._sets[before]
            pairs = tuple(self._pairs(n, before, after, question) for n in moving)
            case = tuple(effects[n] for n in still), pairs
            if case in seen or all(one == other for table in pairs for one, other in table):
                continue
            seen.add(case)
            if len(moving) == 1:
                unmoved = beside[effects][moving[0]]
            else:
                unmoved = reduce(self._add, ((n, effects[n]) for n in still), others)
            if unmoved.differ(list(zip(names, pairs, strict=True))):
                return True
        return False

    def _changes(self, question: OpenQuestion) -> Iterator[tuple[int, int]]:
        # Pairs of tied worlds that differ at most in the tied questions that move.
        rests: dict[int, list[int]] = {}
        for world in range(self.tied.size):
            rest = self.tied.merged(1 << world, question.moved)
            rests.setdefault(rest, []).append(world)
        for worlds in rests.values():
            yield from combinations_with_replacement(worlds, 2)

    def _pairs(self, number: int, before: int, after: int, question: OpenQuestion) -> _Pairs:
        ones = self._folded(number, before, question)
        others = self._folded(number, after, question)
        return frozenset(
            (one, other)
            for one, worlds in ones.items()
            for other, more in others.items()
            if worlds & more
        )

    def _folded(self, number: int, world: int, question: OpenQuestion) -> dict[Kind, int]:
        space, at = self.tables[number].space, self._at[number][world]
        return {
            effect: space.merged(worlds & at, question.moved)
            for effect, worlds in self._effects[number].items()
        }
