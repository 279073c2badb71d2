"""Do a ruleset's cases and promises notice when one thing in it is changed?

Every change is tried on all answers at once. Set aside are those that no answers can tell
from the ruleset as it is (by a status, the score or the outcome), and those that the
checks of any ruleset would report. Of the rest, a case or a promise should notice each.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal

from msgspec import Struct

from checklist.checks.mutation.changes import Change, changes_of
from checklist.checks.mutation.outcome_pair import telling_answers
from checklist.checks.mutation.pair import Pair
from checklist.checks.promises import is_broken
from checklist.checks.verdict import Judge, judge_of
from checklist.checks.verify import Progress, idle_questions, no_progress
from checklist.engine.cells import Axis, make_axis
from checklist.engine.counted import NamedTest
from checklist.engine.outcomes import MOST_SCORES
from checklist.errors import EntangledError, GapError, Problem, spell_answers
from checklist.ruleset.model import Answer, Case, Count, Promise, Question, Ruleset
from checklist.ruleset.reliance import all_beneath

Fate = Literal["refused", "alike", "by_case", "by_promise", "unnoticed", "not_compared"]
OUTCOME, SCORE = "outcome", "score"


class Unnoticed(Struct, frozen=True):
    """A change that no case and no promise notices, with answers that it matters to.

    ``differs`` tells what comes out with these, and what would.
    """

    change: Change
    answers: dict[str, Answer]
    differs: str

    @property
    def problem(self) -> Problem:
        """Return this as something that is wrong with the ruleset."""
        message = (
            f"no case and no promise notices if {self.change.what}; "
            f"with {spell_answers(self.answers)}, {self.differs}"
        )
        return Problem(
            message, self.change.where, self.change.place, "change_unnoticed", self.answers
        )


class Guarded(Struct, frozen=True):
    """How many changes came to what, and those that nothing notices."""

    counts: dict[Fate, int]
    unnoticed: tuple[Unnoticed, ...]

    @property
    def made(self) -> int:
        """Return how many changes were tried."""
        return sum(self.counts.values())


def try_changes(ruleset: Ruleset, progress: Progress = no_progress) -> Guarded:
    """Return what becomes of each change of one thing in a ruleset.

    Args:
        ruleset: one that the checks find nothing wrong with.
        progress: told after each change how many of how many are done.
    """
    trial = Trial(ruleset)
    counts: dict[Fate, int] = dict.fromkeys(
        ("refused", "alike", "by_case", "by_promise", "unnoticed", "not_compared"), 0
    )
    unnoticed = []
    changes = list(changes_of(ruleset))
    for done, change in enumerate(changes, start=1):
        fate = trial.fate(change)
        if isinstance(fate, Unnoticed):
            unnoticed.append(fate)
            fate = "unnoticed"
        counts[fate] += 1
        progress(done, len(changes))
    return Guarded(counts, tuple(unnoticed))


class _Axes:
    """Remembers the cells of questions: most changes leave the tests of most questions alone."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], Axis] = {}

    def __call__(
        self, question: Question, counts: Sequence[Count], tests: Sequence[NamedTest]
    ) -> Axis:
        key = question.id, frozenset(counts), frozenset(tests)
        if key not in self._made:
            self._made[key] = make_axis(question, counts, tests)
        return self._made[key]


class Trial:
    """One ruleset, whose changes are tried."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self._axes = _Axes()
        self._judge = judge_of(ruleset)
        self._beneath = {
            criterion.id: all_beneath(ruleset, [criterion.id]) for criterion in ruleset.criteria
        }
        # Those with the most answers first: they are judged the soonest.
        self._cases = sorted(ruleset.cases, key=lambda case: -len(case.answers))
        self._promises = [
            (promise, all_beneath(ruleset, promise.never)) for promise in ruleset.promises
        ]

    @cached_property
    def _idle(self) -> set[tuple[str, str]]:
        return {(p.where, p.message) for p in idle_questions(self.ruleset)}

    def fate(self, change: Change) -> Fate | Unnoticed:
        """Return what becomes of a change."""
        try:
            if change.touched == OUTCOME:
                return self._of_outcomes(change)
            return self._of_criteria(change)
        except GapError:
            return "refused"
        except EntangledError:
            return "not_compared"

    def pair(self, change: Change) -> Pair:
        """Return the ruleset and a changed one, side by side."""
        touched = {name for name, below in self._beneath.items() if change.touched in below}
        return Pair(self.ruleset, change.ruleset, touched, self._axes)

    def _of_criteria(self, change: Change) -> Fate | Unnoticed:
        pair = self.pair(change)
        judge = judge_of(change.ruleset, pair.after, MOST_SCORES)
        if pair.has_dead_rule or _is_refused(judge):
            return "refused"
        if not pair.told_apart:
            return "alike"
        touched = {difference.criterion for difference in pair.differences}
        cases = (case for case in self._cases if pair.may_notice(case.answers))
        return self._noticed(change, cases, judge, touched) or Unnoticed(change, *pair.example())

    def _of_outcomes(self, change: Change) -> Fate | Unnoticed:
        judge = judge_of(change.ruleset, self._judge.atlas, MOST_SCORES)
        if _is_refused(judge):
            return "refused"
        search = telling_answers(self.ruleset, change.ruleset)
        if not search.succeeds():
            return "alike"
        noticed = self._noticed(change, iter(self._cases), judge, set())
        return noticed or self._unnoticed_outcome(change, search.find() or {}, judge)

    def _unnoticed_outcome(
        self, change: Change, answers: dict[str, Answer], judge: Judge
    ) -> Unnoticed:
        before = self._judge.verdict(answers).outcomes
        after = judge.verdict(answers).outcomes
        says = f"the outcome is {' or '.join(before)}, and would be {' or '.join(after)}"
        return Unnoticed(change, answers, says)

    def _noticed(
        self, change: Change, cases: Iterator[Case], judge: Judge, touched: set[str]
    ) -> Fate | None:
        if any(_is_noticed(case, judge, touched) for case in cases):
            return "by_case"
        if any(
            is_broken(change.ruleset, promise, self._axes)
            for promise, beneath in self._promises
            if _speaks_of(promise, beneath, change.touched)
        ):
            return "by_promise"
        idle = {(p.where, p.message) for p in idle_questions(change.ruleset)}
        return "refused" if idle - self._idle else None


def _is_refused(judge: Judge) -> bool:
    # Is there an outcome that is never reached, or a gap?
    return judge.rows({}) != set(range(len(judge.outcomes)))


def _is_noticed(case: Case, judge: Judge, touched: set[str]) -> bool:
    expect = case.expect
    spoken_of = expect.outcomes is not None or bool(touched & expect.criteria.keys())
    if not spoken_of and (expect.score is None or not touched):
        return False
    return any(judge.verdict(case.answers).differences(expect, judge.outcomes))


def _speaks_of(promise: Promise, beneath: set[str], touched: str) -> bool:
    if OUTCOME in promise.never or touched in beneath:
        return True
    return SCORE in promise.never and touched != OUTCOME
