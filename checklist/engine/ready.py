"""A ruleset made ready to judge by: made once, then every person's answers are looked up."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from checklist.engine.assessment import Assessment, Range
from checklist.engine.atlas import Atlas, make_atlas
from checklist.engine.combined import Rows
from checklist.engine.kinds import Placed
from checklist.engine.lookup import Linker, Lookup, Seen
from checklist.engine.outcomes import OutcomeTable, decider, rows_of
from checklist.engine.placing import Placer
from checklist.engine.together import Together
from checklist.ruleset.model import Ruleset

_MOST_KEPT = 8192  # settled assessments


class Ready:
    """What can be worked out of a ruleset before anybody has answered anything."""

    def __init__(self, ruleset: Ruleset) -> None:
        tables = {c.id: [rule.when for rule in c.rules] for c in ruleset.criteria}
        deciders = tuple(decider(criterion) for criterion in ruleset.criteria)
        outcomes = OutcomeTable(tuple(rows_of(ruleset.outcomes)), deciders)
        self.atlas = make_atlas(ruleset.questions, ruleset.facts, tables)
        self.placer = Placer(ruleset.questions, self.atlas)
        self.lookups = [
            Lookup(number, self.atlas, outcomes, self.placer) for number in range(len(deciders))
        ]
        self._ways = [(look.mask, look) for look in self.lookups]
        self.rows = Rows(outcomes)
        self._linker = Linker(self.atlas, self.rows, self.placer)
        self._outcomes = [outcome.id for outcome in ruleset.outcomes]
        self._alone = {1 << n: (name,) for n, name in enumerate(self._outcomes)}
        self._lowest = sum(min(d.points) for d in deciders)
        self._maximum = sum(max(d.points) for d in deciders)
        # What was said where all criteria are settled: other people come to the same.
        self.settled_before: dict[tuple[Seen, ...], Assessment] = {}
        self.asked = list(_asked(self.atlas))

    def seen(self, packed: int) -> tuple[Seen, ...]:
        """Return what each criterion comes to, in the ruleset's order."""
        return tuple([look[packed & mask] for mask, look in self._ways])

    def keep(self, seen: tuple[Seen, ...], assessment: Assessment) -> None:
        """Keep what is said of all to whom each criterion is settled in these ways."""
        if len(self.settled_before) >= _MOST_KEPT:
            self.settled_before.clear()
        self.settled_before[seen] = assessment

    def seen_again(self, seen: Sequence[Seen], packed: int, axis: int) -> list[Seen]:
        """Return what each criterion comes to once one answer is another, on ``axis``."""
        again = list(seen)
        for number in self.asked[axis][1]:
            mask, look = self._ways[number]
            again[number] = look[packed & mask]
        return again

    def score(self, low: int, high: int) -> Range:
        """Return the score, by the points above the lowest there can be."""
        return Range(self._lowest + low, self._lowest + high, self._maximum)

    def settled(self, seen: Sequence[Seen]) -> tuple[int, int, list[Seen]]:
        """Return the outcome rows that settled criteria leave, their points, and the others."""
        left, points, unsettled = self.rows.every, 0, []
        for one in seen:
            if one.ties:
                unsettled.append(one)
            else:
                left &= one.left
                points += one.points
        return left, points, unsettled

    def together(self, settled: tuple[int, int, list[Seen]], packed: int) -> Together:
        """Return what settled criteria and the others come to together."""
        left, points, others = settled
        groups = self._linker.linked(others, packed)
        return Together(self.rows, left, points, sum([1 << one.number for one in others]), groups)

    def outcomes(self, rows: int) -> tuple[str, ...]:
        """Return the outcomes of some rows, in the ruleset's order."""
        return self._alone.get(rows) or tuple(
            [name for n, name in enumerate(self._outcomes) if rows >> n & 1]
        )

    def set_aside(self, answers: Mapping[str, Any], packed: int) -> tuple[str, ...]:
        """Return the questions whose answer counts in no completion: they do not apply."""
        given = [
            (n, cells) for n, cells in self.atlas.applies.items() if answers.get(n) is not None
        ]
        return tuple([n for n, cells in given if never(cells, self.placer.spread(packed, cells))])


def _asked(atlas: Atlas) -> Iterator[tuple[str, Sequence[int], Sequence[int]]]:
    # For each axis the question, the tables that look at it, and the axes that switch it on.
    for axis, looking in zip(atlas.axes, atlas.looking, strict=True):
        name = axis.question.id
        yield name, looking, tuple(atlas.applies.get(name, ()))


def never(cells: Mapping[int, int], placed: Placed) -> bool:
    """Return whether a conjunction holds in no completion of what is placed."""
    # Exact, since the conditions are on different questions, each free of the others.
    for axis, mask in cells.items():
        left = placed[axis]
        if not (mask if left is None else mask & left):
            return True
    return False


@lru_cache(maxsize=8)
def ready_for(ruleset: Ruleset) -> Ready:
    """Return a ruleset made ready; made once for each."""
    return Ready(ruleset)
