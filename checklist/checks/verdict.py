"""What a case can expect of answers: statuses, score and outcomes, and nothing more.

As exact as an assessment, and quicker: nobody asks here which answers are missing.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import inf

from msgspec import Struct

from checklist.engine.atlas import Atlas, make_atlas
from checklist.engine.groups import Group, all_reached, groups_of
from checklist.engine.outcomes import OutcomeTable, decider, rows_of
from checklist.ruleset.model import STATUSES, Answers, Expectation, Ruleset, Status


class Judge(Struct, frozen=True):
    """A ruleset's tables, ready to judge answers: criteria, outcomes, and the outcomes' ids."""

    atlas: Atlas
    table: OutcomeTable
    outcomes: tuple[str, ...]

    def verdict(self, answers: Answers) -> "Verdict":
        """Return what follows from checked answers, over all their completions."""
        groups = groups_of(self.atlas, self.table, self.atlas.possible(answers))
        rows = self._rows(groups)
        points = [group.points() for group in groups]
        return Verdict(
            tuple(name for number, name in enumerate(self.outcomes) if number in rows),
            (sum(low for low, _ in points), sum(high for _, high in points)),
            {
                one.table.id: _in_order(
                    status
                    for status, worlds in zip(one.table.statuses, one.worlds, strict=True)
                    if worlds
                )
                for group in groups
                for one in group.tables
            },
        )

    def rows(self, answers: Answers) -> set[int]:
        """Return the outcomes that decide, by number from 0; -1 where none does."""
        return self._rows(groups_of(self.atlas, self.table, self.atlas.possible(answers)))

    def _rows(self, groups: Sequence[Group]) -> set[int]:
        return all_reached(self.table, groups)[-1].rows()


def judge_of(ruleset: Ruleset, atlas: Atlas | None = None, most: float = inf) -> Judge:
    """Return a ruleset ready to judge answers.

    Args:
        ruleset: whose outcomes and criteria judge.
        atlas: of its criteria in this order, if there is one already.
        most: bits for all sets of scores; judging refuses what takes more.
    """
    if atlas is None:
        tables = {c.id: [rule.when for rule in c.rules] for c in ruleset.criteria}
        atlas = make_atlas(ruleset.questions, ruleset.facts, tables)
    rows = tuple(rows_of(ruleset.outcomes))
    table = OutcomeTable(rows, tuple(map(decider, ruleset.criteria)), most)
    return Judge(atlas, table, tuple(outcome.id for outcome in ruleset.outcomes))


def _in_order(statuses: Iterator[Status]) -> tuple[Status, ...]:
    found = set(statuses)
    return tuple(status for status in STATUSES if status in found)


class Verdict(Struct, frozen=True):
    """The outcomes, the lowest and highest score, and each criterion's statuses."""

    outcomes: tuple[str, ...]
    score: tuple[int, int]
    statuses: Mapping[str, tuple[Status, ...]]

    def differences(self, expect: Expectation, order: tuple[str, ...]) -> Iterator[str]:
        """Yield, expected and found side by side, what comes out otherwise than expected.

        Args:
            expect: what a case says.
            order: the ids of the outcomes, in the ruleset's order.
        """
        if expect.outcomes is not None and expect.outcomes != set(self.outcomes):
            expected = [name for name in order if name in expect.outcomes]
            yield f"outcome expected {_listed(expected)}, found {_listed(self.outcomes)}"
        if expect.score is not None and expect.score != self.score:
            yield f"score expected {_span(*expect.score)}, found {_span(*self.score)}"
        for name, statuses in expect.criteria.items():
            if statuses != set(self.statuses[name]):
                expected = [status for status in STATUSES if status in statuses]
                yield f"{name} expected {_listed(expected)}, found {_listed(self.statuses[name])}"


def _listed(names: list[str] | tuple[str, ...]) -> str:
    return " or ".join(names)


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"
