"""Find answers that come out in a wanted way, or prove that none do."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from checklist.engine.atlas import Atlas, AxisMaker, Version, make_atlases
from checklist.engine.cells import MOST_COMBINATIONS, make_axis
from checklist.engine.fewest import fewest
from checklist.engine.groups import Group, all_reached, groups_of
from checklist.engine.outcomes import Kind, OutcomeTable
from checklist.engine.reached import Reached
from checklist.engine.worlds import refuse_entangled
from checklist.ruleset.model import Answer, Answers, Fact, Question

_FINER = 10  # the tests of a promise may cut questions into more cells than criteria do


class Search(Struct, frozen=True):
    """What is looked for: answers with which one of the rows ``wanted`` decides."""

    questions: Mapping[str, Question]
    facts: Mapping[str, Fact]
    table: OutcomeTable
    wanted: frozenset[int]
    axis_maker: AxisMaker = make_axis

    def find(self) -> dict[str, Answer] | None:
        """Return answers that come out as wanted, or None: a proof that there are none.

        Every completion of the answers comes out so, and none of them could be left open.

        Raises:
            EntangledError: the tables are too entangled to be looked through.
        """
        atlas, groups, steps = self._looked_through()
        chosen = self._chosen(groups, steps)
        if chosen is None:
            return None
        answers: dict[str, Answer] = {}
        for group, kind in zip(groups, chosen, strict=True):
            answers |= group.answers(kind)
        return fewest(answers, self.questions, lambda fewer: self._always(atlas, fewer))

    def succeeds(self) -> bool:
        """Return whether there are answers that come out as wanted.

        Raises:
            EntangledError: the tables are too entangled to be looked through.
        """
        *_, steps = self._looked_through()
        return not self.wanted.isdisjoint(steps[-1].rows())

    def _looked_through(self) -> tuple[Atlas, list[Group], list[Reached]]:
        tables = {decider.id: decider.whens for decider in self.table.deciders}
        [atlas] = make_atlases([Version(self.questions, self.facts, tables)], self.axis_maker)
        refuse_entangled(atlas, _FINER * MOST_COMBINATIONS)
        groups = groups_of(atlas, self.table, atlas.possible({}))
        return atlas, groups, all_reached(self.table, groups)

    def _chosen(self, groups: Sequence[Group], steps: Sequence[Reached]) -> list[Kind] | None:
        # From the end back to the start: the kind of each group on the way to a wanted row.
        found = self._end(steps[-1])
        if found is None:
            return None
        chosen = []
        way, score = found
        for group, before, after in reversed(list(zip(groups, steps[:-1], steps[1:], strict=True))):
            kind, way, score = before.step_to(way, score, group.kinds, after)
            chosen.append(kind)
        return chosen[::-1]

    def _end(self, reached: Reached) -> tuple[Kind, int] | None:
        for way in reached.ways:
            points, scores = reached.scores(way)
            for row, here in self.table.deciding(way[0], points, scores).items():
                if row in self.wanted:
                    return way, (here & -here).bit_length() - 1
        return None

    def _always(self, atlas: Atlas, answers: Answers) -> bool:
        groups = groups_of(atlas, self.table, atlas.possible(answers))
        return all_reached(self.table, groups)[-1].rows() <= self.wanted
