"""assess(): a ruleset and a person's answers in, what follows out. Pure and exact.

Everything said holds over all completions of the answers: open questions take every
answer that they allow, never a default. How: ``cells`` cuts answers down to what rules
can tell apart, ``worlds`` looks at all combinations at once, ``outcomes`` combines
independent groups of criteria.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

from checklist.answers import check_answers
from checklist.assessment import Assessment, CriterionResult, FindOut, Range
from checklist.atlas import Atlas, make_atlas
from checklist.cells import cells_in
from checklist.model import STATUSES, Answers, Criterion, Ruleset
from checklist.outcomes import (
    Group,
    OutcomeTable,
    groups_of,
    others,
    outcome_table,
    outcomes_of,
)
from checklist.worlds import Space

Applies = Literal["yes", "no", "maybe"]


def assess(ruleset: Ruleset, answers: Mapping[str, Any]) -> Assessment:
    """Return what follows from ``answers``, exactly, whatever is still open.

    Args:
        ruleset: from ``load_ruleset``.
        answers: question id to answer, as an answers file has them; missing or None is open.

    Raises:
        AnswersError: names every answer that the ruleset does not allow.
    """
    return _Judgement(ruleset, check_answers(ruleset.questions, answers)).assessment()


def applies(ruleset: Ruleset, answers: Answers) -> dict[str, Applies]:
    """Return for every question whether it applies: surely, in no completion, or in some."""
    atlas = atlas_of(ruleset)
    possible = atlas.possible(answers)
    return {name: _whether(atlas.applies.get(name, {}), possible) for name in ruleset.questions}


def _whether(cells: Mapping[int, int], possible: Sequence[int]) -> Applies:
    # Exact, since the conditions are on different questions, each free of the others.
    if any(not possible[axis] & mask for axis, mask in cells.items()):
        return "no"
    return "maybe" if any(possible[axis] & ~mask for axis, mask in cells.items()) else "yes"


@lru_cache(maxsize=8)
def atlas_of(ruleset: Ruleset) -> Atlas:
    """Return the ruleset's criteria in terms of cells; made once for each ruleset."""
    tables = {c.id: [rule.when for rule in c.rules] for c in ruleset.criteria}
    return make_atlas(ruleset.questions, ruleset.facts, tables)


@lru_cache(maxsize=8)
def outcomes_table(ruleset: Ruleset) -> OutcomeTable:
    """Return the table of the ruleset's outcomes; made once for each ruleset."""
    return outcome_table(ruleset.outcomes)


class _Judgement:
    """One person's answers, on the way to an assessment."""

    def __init__(self, ruleset: Ruleset, answers: Answers) -> None:
        self.ruleset = ruleset
        self.answers = answers
        self.atlas = atlas_of(ruleset)
        self.outcome_table = outcomes_table(ruleset)
        self.possible = self.atlas.possible(answers)
        self.groups = groups_of(self.atlas, ruleset.criteria, self.outcome_table, self.possible)

    def assessment(self) -> Assessment:
        results = {r.id: r for group in self.groups for r in self._results(group)}
        criteria = tuple(results[criterion.id] for criterion in self.ruleset.criteria)
        reached, find_out = self._outcomes(criteria)
        return Assessment(
            self.ruleset.id,
            self.ruleset.version,
            self._score(),
            tuple(o.id for number, o in enumerate(self.ruleset.outcomes) if number in reached),
            criteria,
            find_out,
            self._set_aside(),
        )

    def _score(self) -> Range:
        points = [[points for _, points in group.kinds] for group in self.groups]
        return Range(
            sum(map(min, points)),
            sum(map(max, points)),
            sum(criterion.maximum for criterion in self.ruleset.criteria),
        )

    def _set_aside(self) -> tuple[str, ...]:
        return tuple(
            name
            for name in self.ruleset.questions
            if name in self.answers
            and _whether(self.atlas.applies.get(name, {}), self.possible) == "no"
        )

    def _results(self, group: Group) -> Iterator[CriterionResult]:
        for criterion, worlds_by_rule in group.decided:
            by_status: dict[str, int] = {}
            for rule, worlds in zip(criterion.rules, worlds_by_rule, strict=True):
                if worlds:
                    by_status[rule.status] = by_status.get(rule.status, 0) | worlds
            reached = [n for n, worlds in enumerate(worlds_by_rule) if worlds]
            points = [criterion.rules[n].points for n in reached]
            yield CriterionResult(
                criterion.id,
                tuple(status for status in STATUSES if status in by_status),
                tuple(n + 1 for n in reached),
                Range(min(points), max(points), criterion.maximum),
                self._missing(group, criterion, by_status.values()),
            )

    def _missing(self, group: Group, criterion: Criterion, parts: Iterable[int]) -> tuple[str, ...]:
        worlds = tuple(parts)
        if len(worlds) < 2:
            return ()
        table = next(table for table in self.atlas.tables if table.id == criterion.id)
        return tuple(
            self.atlas.axes[axis].question.id
            for axis in sorted(table.axes)
            if self._is_open(axis) and self._matters(group.space, axis, worlds)
        )

    def _is_open(self, axis: int) -> bool:
        question = self.atlas.axes[axis].question
        return self.atlas.axes[axis].is_open(self.answers.get(question.id))

    def _matters(self, space: Space, axis: int, parts: Iterable[int]) -> bool:
        # Do two worlds that differ only in this question, and in those that it switches
        # on, lie in different parts?
        if not self.atlas.axes[axis].varies:
            return False
        moved = [axis, *(d for d in self.atlas.dependents(axis) if self._is_open(d))]
        seen = 0
        for worlds in parts:
            shadow = space.merged(worlds, moved)
            if shadow & seen:
                return True
            seen |= shadow
        return False

    def _outcomes(
        self, criteria: Sequence[CriterionResult]
    ) -> tuple[set[int], tuple[FindOut, ...]]:
        contexts = others(self.outcome_table, [group.kinds for group in self.groups])
        reached: set[int] = set()
        found: dict[int, FindOut] = {}
        for group, context in zip(self.groups, contexts, strict=True):
            parts: dict[tuple[int, ...], int] = {}
            for kind, worlds in group.kinds.items():
                outcomes = outcomes_of(self.outcome_table, kind, context)
                parts[outcomes] = parts.get(outcomes, 0) | worlds
                reached.update(outcomes)
            if len(parts) > 1:
                found.update(self._find_out(group.space, parts, criteria))
        return reached, self._most_telling_first(found)

    def _find_out(
        self,
        space: Space,
        parts: Mapping[tuple[int, ...], int],
        criteria: Sequence[CriterionResult],
    ) -> Iterator[tuple[int, FindOut]]:
        for axis in space.axes:
            if self._is_open(axis) and self._matters(space, axis, parts.values()):
                name = self.atlas.axes[axis].question.id
                waiting = tuple(result.id for result in criteria if name in result.missing)
                yield axis, FindOut(name, waiting, self._outcomes_left(space, axis, parts))

    def _outcomes_left(
        self, space: Space, axis: int, parts: Mapping[tuple[int, ...], int]
    ) -> float:
        # How many outcomes are left, averaged over the cells of the answer, and over
        # 'does not apply' where that may come out.
        question = self.atlas.axes[axis].question.id
        here = space.where(self.atlas.applies.get(question, {}))
        cells = cells_in(self.possible[axis])
        answers = [space.where({axis: 1 << cell}) & here for cell in cells]
        left = [
            len({o for outcomes, worlds in parts.items() if worlds & part for o in outcomes})
            for part in [*answers, space.everything & ~here]
            if part
        ]
        return sum(left) / len(left)

    def _most_telling_first(self, found: Mapping[int, FindOut]) -> tuple[FindOut, ...]:
        # Fewest outcomes left; then most criteria waiting; then the form's order. What is
        # only asked after another open question never comes before that question.
        def rank(axis: int) -> tuple[float, int]:
            return found[axis].left, -len(found[axis].criteria)

        ranks: dict[int, tuple[float, int]] = {}
        for axis in sorted(found):
            name = self.atlas.axes[axis].question.id
            parents = [p for p in self.atlas.applies.get(name, {}) if p in ranks]
            ranks[axis] = max([rank(axis), *(ranks[parent] for parent in parents)])
        return tuple(found[axis] for axis in sorted(found, key=lambda a: (ranks[a], a)))
