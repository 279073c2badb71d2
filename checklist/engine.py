"""assess(): a ruleset and a person's answers in, what follows out. Pure and exact.

Everything said holds over all completions of the answers: open questions take every
answer that they allow, never a default. How: ``cells`` cuts answers down to what rules
can tell apart, ``worlds`` looks at all combinations at once, ``outcomes`` combines
independent groups of criteria.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

from checklist.answers import check_answers
from checklist.assessment import Assessment, CriterionResult, FindOut, Range
from checklist.atlas import Atlas, make_atlas
from checklist.cells import cells_in
from checklist.groups import all_reached, beside_each, groups_of, questions_of
from checklist.joint import differ
from checklist.kinds import Judged, OpenQuestion
from checklist.model import STATUSES, Answers, Ruleset
from checklist.outcomes import OutcomeTable, decider, rows_of

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
    deciders = tuple(decider(criterion) for criterion in ruleset.criteria)
    return OutcomeTable(tuple(rows_of(ruleset.outcomes)), deciders)


def open_questions(atlas: Atlas, answers: Answers) -> list[OpenQuestion]:
    """Return the questions that ``answers`` leaves open and that allow more than one answer."""
    possible = atlas.possible(answers)
    is_open = [axis.is_open(answers.get(axis.question.id)) for axis in atlas.axes]
    return [
        OpenQuestion(
            number,
            (number, *(other for other in atlas.dependents(number) if is_open[other])),
            tuple(cells_in(possible[number])),
            atlas.applies.get(axis.question.id, {}),
        )
        for number, axis in enumerate(atlas.axes)
        if is_open[number] and axis.varies
    ]


class _Judgement:
    """One person's answers, on the way to an assessment."""

    def __init__(self, ruleset: Ruleset, answers: Answers) -> None:
        self.ruleset = ruleset
        self.answers = answers
        self.atlas = atlas_of(ruleset)
        self.outcome_table = outcomes_table(ruleset)
        self.possible = self.atlas.possible(answers)
        self.groups = groups_of(self.atlas, self.outcome_table, self.possible)

        self.open = open_questions(self.atlas, answers)

    def assessment(self) -> Assessment:
        results = {one.table.id: self._result(one) for group in self.groups for one in group.tables}
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
        points = [group.points() for group in self.groups]
        return Range(
            sum(low for low, _ in points),
            sum(high for _, high in points),
            sum(criterion.maximum for criterion in self.ruleset.criteria),
        )

    def _set_aside(self) -> tuple[str, ...]:
        return tuple(
            name
            for name in self.ruleset.questions
            if name in self.answers
            and _whether(self.atlas.applies.get(name, {}), self.possible) == "no"
        )

    def _result(self, judged: Judged) -> CriterionResult:
        table = judged.table
        by_status: dict[str, int] = {}
        for status, worlds in zip(table.statuses, judged.worlds, strict=True):
            if worlds:
                by_status[status] = by_status.get(status, 0) | worlds
        reached = [n for n, worlds in enumerate(judged.worlds) if worlds]
        points = [table.points[n] for n in reached]
        return CriterionResult(
            table.id,
            tuple(status for status in STATUSES if status in by_status),
            tuple(n + 1 for n in reached),
            Range(min(points), max(points), max(table.points)),
            self._missing(judged, tuple(by_status.values())),
        )

    def _missing(self, judged: Judged, parts: Sequence[int]) -> tuple[str, ...]:
        if len(parts) < 2:
            return ()
        axes = next(t.axes for t in self.atlas.tables if t.id == judged.table.id)
        return tuple(
            self.atlas.axes[question.axis].question.id
            for question in self.open
            if question.axis in axes and differ(judged.space, question.moved, parts)
        )

    def _outcomes(
        self, criteria: Sequence[CriterionResult]
    ) -> tuple[set[int], tuple[FindOut, ...]]:
        reached = all_reached(self.outcome_table, self.groups)[-1].rows()
        found: dict[int, FindOut] = {}
        if len(reached) < 2:
            return reached, ()
        beside = beside_each(self.outcome_table, self.groups)
        for group, others in zip(self.groups, beside, strict=True):
            for axis, left in group.telling(others, questions_of(group, self.open)):
                name = self.atlas.axes[axis].question.id
                waiting = tuple(result.id for result in criteria if name in result.missing)
                found[axis] = FindOut(name, waiting, left)
        return reached, self._most_telling_first(found)

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
