"""A ruleset made ready to judge by: made once, then every person's answers are looked up."""

from collections.abc import Mapping, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from checklist.engine.assessment import Range
from checklist.engine.atlas import make_atlas
from checklist.engine.kept import Kept
from checklist.engine.lookup import Linker, Lookup, Seen
from checklist.engine.outcomes import OutcomeTable, decider, rows_of, up_to_certain
from checklist.engine.placing import Placed, Placer
from checklist.engine.together import Rows, Together
from checklist.ruleset.model import Ruleset

_MOST_KEPT = 4096  # scores
_MANY = 4096  # combinations that are gone through one by one


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
        self._ways = [(look.key, look.kept.get, look.judge) for look in self.lookups]
        self._linker = Linker(self.atlas, outcomes, self.placer)
        self.rows = Rows(outcomes)
        self._outcomes = [outcome.id for outcome in ruleset.outcomes]
        self._alone = {1 << n: (name,) for n, name in enumerate(self._outcomes)}
        self.settled_scores: Kept[int, Range] = Kept(
            lambda points: self.score(points, points), _MOST_KEPT
        )
        self._lowest = sum(min(d.points) for d in deciders)
        self._maximum = sum(max(d.points) for d in deciders)

    def seen(self, placed: Placed) -> list[Seen]:
        """Return what each criterion comes to, in the ruleset's order."""
        return [get(key(placed)) or judge(placed) for key, get, judge in self._ways]

    def seen_again(self, seen: Sequence[Seen], placed: Placed, axis: int) -> list[Seen]:
        """Return what each criterion comes to once one answer is another, on ``axis``."""
        return [
            look.seen(placed) if axis in look.axes else one
            for one, look in zip(seen, self.lookups, strict=True)
        ]

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

    def together(self, settled: tuple[int, int, list[Seen]], placed: Placed) -> Together:
        """Return what settled criteria and the others come to together."""
        left, points, others = settled
        groups = self._linker.linked(others, placed)
        return Together(self.rows, left, points, sum([1 << one.number for one in others]), groups)

    def reached(self, settled: tuple[int, int, list[Seen]], placed: Placed) -> int:
        """Return the outcome rows that some completion reaches.

        The same as ``together`` tells, in less time: what comes to the same is carried once.
        """
        left, points, others = settled
        left = up_to_certain(left, self.rows.certain[sum([1 << one.number for one in others])])
        combined = {(left, points)}
        if left & (left - 1):
            looks = -1 if left & self.rows.testing_score else 0
            for group in self._linker.linked(others, placed):
                kinds = group.among[left, looks].kinds
                if len(combined) * len(kinds) > _MANY:
                    return self.together(settled, placed).reached()
                combined = {(old & new, p + q) for old, p in combined for new, q in kinds}
        at = self.rows.at
        return reduce(or_, {(rows := some & at[sum_]) & -rows for some, sum_ in combined})

    def outcomes(self, rows: int) -> tuple[str, ...]:
        """Return the outcomes of some rows, in the ruleset's order."""
        return self._alone.get(rows) or tuple(
            [name for n, name in enumerate(self._outcomes) if rows >> n & 1]
        )

    def set_aside(self, answers: Mapping[str, Any], placed: Placed) -> tuple[str, ...]:
        """Return the questions whose answer counts in no completion: they do not apply."""
        applies = self.atlas.applies
        return tuple(
            [n for n in applies if answers.get(n) is not None and never(applies[n], placed)]
        )


def never(cells: Mapping[int, int], placed: Placed | Mapping[int, int]) -> bool:
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
