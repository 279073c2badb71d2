"""A few linked tables, judged together in every world that they can tell apart."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from checklist.engine.kinds import Judged, OpenQuestion, sum_range
from checklist.engine.outcomes import Kind
from checklist.engine.reached import Reached
from checklist.engine.worlds import Space
from checklist.ruleset.model import Answer


class JointGroup(Struct, frozen=True):
    """Tables that share open questions, in one space."""

    space: Space
    tables: tuple[Judged, ...]
    kinds: Mapping[Kind, int]

    def points(self) -> tuple[int, int]:
        """Return the lowest and the highest sum of points."""
        by_points = [
            [(p, w) for p, w in zip(t.table.points, t.worlds, strict=True) if w]
            for t in self.tables
        ]
        return sum_range(self.space.everything, by_points)

    def answers(self, kind: Kind) -> dict[str, Answer]:
        """Return answers that are of a kind."""
        return self.space.answers_in(self.kinds[kind], self.space.axes)

    def telling(
        self, others: Reached, questions: Sequence[OpenQuestion]
    ) -> Iterator[tuple[int, float]]:
        """Yield the questions that matter to the outcome, and how many outcomes each leaves.

        Args:
            others: what the other groups can come to.
            questions: those to be tried.

        Returns:
            By axis: the outcomes that are left once it is answered, averaged over its
            cells, and over 'does not apply' where that may come out.
        """
        parts = others.parts(self.kinds)
        if len(parts) < 2:
            return
        for question in questions:
            if differ(self.space, question.moved, [worlds for _, worlds in parts]):
                cases = question.cases(self.space)
                left = [
                    len({row for rows, worlds in parts if worlds & case for row in rows})
                    for case in cases
                ]
                yield question.axis, sum(left) / len(left)


def differ(space: Space, moved: Sequence[int], parts: Iterable[int]) -> bool:
    """Return whether two worlds that differ only in the axes ``moved`` lie in different parts."""
    seen = 0
    for worlds in parts:
        shadow = space.merged(worlds, moved)
        if shadow & seen:
            return True
        seen |= shadow
    return False
