"""Try the tables of a ruleset on every possible answer: is there a gap, is it too much?

A ruleset with faults is tried as far as it is sound: a table all of whose inputs could be
read is looked at, whatever is wrong elsewhere.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from math import prod

from checklist.atlas import Atlas, make_atlas
from checklist.cells import MOST_COMBINATIONS
from checklist.errors import EntangledError, GapError, Problem, quote, spell_answers
from checklist.model import Count, Ruleset, Tally
from checklist.outcomes import outcome_table
from checklist.search import find_answers
from checklist.worlds import refuse_entangled, space_of

_MOST_NAMED = 12


def unfit_tables(ruleset: Ruleset, unsound: Collection[str]) -> list[Problem]:
    """Return the gaps in a ruleset's tables, and the tables too entangled to be exact about.

    Args:
        ruleset: as far as it could be built.
        unsound: the questions, facts and criteria of which some condition is not known,
            and ``outcome`` where one of the outcomes' is not.
    """
    trial = _Trial(ruleset, unsound)
    problems = [*trial.entangled(), *trial.criterion_gaps()]
    return problems or list(trial.outcome_gap()) if trial.whole else problems


class _Trial:
    def __init__(self, ruleset: Ruleset, unsound: Collection[str]) -> None:
        self.ruleset = ruleset
        self.unsound = set(unsound)
        self.knots: list[EntangledError] = []
        while True:
            self.sound = _sound_names(ruleset, self.unsound)
            self.criteria = [c for c in ruleset.criteria if c.id in self.sound]
            try:
                self.atlas = self._atlas()
            except EntangledError as error:  # the counts over one question are too many
                self.knots.append(error)
                self.unsound.update(error.questions)
            else:
                break
        self.possible = self.atlas.possible({})

    @property
    def whole(self) -> bool:
        """Return whether the outcomes can be tried: all that they rest on is sound."""
        return "outcome" not in self.unsound and len(self.criteria) == len(self.ruleset.criteria)

    def entangled(self) -> Iterator[Problem]:
        """Yield each group of criteria, or question, that comes to too many combinations."""
        left = self.atlas
        while left.tables:
            try:
                refuse_entangled(left)
            except EntangledError as error:
                self.knots.append(error)
                kept = tuple(table for table in left.tables if table.id not in error.criteria)
                left = replace(left, tables=kept)
            else:
                break
        for knot in self.knots:
            yield _entangled(knot, self.ruleset)

    def criterion_gaps(self) -> Iterator[Problem]:
        """Yield a problem for each criterion with answers that none of its rules matches."""
        for number, criterion in enumerate(self.criteria):
            table = self.atlas.tables[number]
            combinations = prod(self.atlas.axes[axis].size for axis in table.axes)
            if not criterion.rules[-1].when or combinations > MOST_COMBINATIONS:
                continue
            try:
                space_of(self.atlas, [number], self.possible).decided(table)
            except GapError as gap:
                yield Problem(
                    f"the rules leave a gap: none matches {_spelled(gap.answers)}; add a rule for "
                    "it, or a last one without 'when'",
                    f"criteria.{criterion.id}.rules",
                    criterion.place,
                )

    def outcome_gap(self) -> Iterator[Problem]:
        """Yield a problem if there are answers that no outcome matches."""
        ruleset = self.ruleset
        if not ruleset.outcomes[-1].when:
            return
        table = outcome_table(ruleset.outcomes)
        answers = find_answers(
            ruleset.questions,
            ruleset.facts,
            ruleset.criteria,
            table,
            lambda kind: table.first(kind) < 0,
        )
        if answers is not None:
            yield Problem(
                f"the outcomes leave a gap: none matches {_spelled(answers)}; add an outcome for "
                "it, or a last one without 'when'",
                "outcomes",
                ruleset.outcomes[0].place,
            )

    def _atlas(self) -> Atlas:
        ruleset, sound = self.ruleset, self.sound
        return make_atlas(
            {name: asked for name, asked in ruleset.questions.items() if name in sound},
            {name: fact for name, fact in ruleset.facts.items() if name in sound},
            {c.id: [rule.when for rule in c.rules] for c in self.criteria},
        )


def _sound_names(ruleset: Ruleset, unsound: Collection[str]) -> set[str]:
    # Questions rest on earlier ones, counts on questions, tallies on both, criteria on all.
    sound: set[str] = set()
    for name, rests_on in _in_order(ruleset):
        if name not in unsound and rests_on <= sound:
            sound.add(name)
    return sound


def _in_order(ruleset: Ruleset) -> Iterator[tuple[str, set[str]]]:
    for question in ruleset.questions.values():
        yield question.id, set(question.enable_when)
    for fact in ruleset.facts.values():
        if isinstance(fact, Count):
            yield fact.id, {fact.question}
    for fact in ruleset.facts.values():
        if isinstance(fact, Tally):
            yield fact.id, {name for condition in fact.conditions for name in condition}
    for criterion in ruleset.criteria:
        yield criterion.id, {name for rule in criterion.rules for name in rule.when}


def _entangled(error: EntangledError, ruleset: Ruleset) -> Problem:
    places = [c.place for c in ruleset.criteria if c.id in error.criteria]
    places += [ruleset.questions[name].place for name in error.questions]
    message = (
        f"{_listed(error.criteria)}: linked by the questions they share, these come to "
        f"{_count(error.combinations)} combinations of answers; at most {MOST_COMBINATIONS:,} can "
        f"be looked through. What entangles them, the most telling first: "
        f"{_listed(error.questions)}. Test fewer of these together, or in fewer steps"
    )
    return Problem(message, "criteria", places[0])


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more


def _count(combinations: int) -> str:
    # Python refuses to write out numbers of thousands of digits.
    return f"{combinations:,}" if combinations < 10**15 else "more than 10^15"


def _spelled(answers: Mapping[str, object]) -> str:
    return spell_answers(answers) if answers else quote("any answers")
