"""Try the tables of a ruleset on every possible answer: is there a gap, is it too much?

A ruleset with faults is tried as far as it is sound: a table all of whose inputs could be
read is looked at, whatever is wrong elsewhere.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from math import prod

from checklist.engine.atlas import Atlas, make_atlas
from checklist.engine.cells import MOST_COMBINATIONS
from checklist.engine.groups import groups_of, refuse_many_scores
from checklist.engine.kinds import open_questions
from checklist.engine.outcomes import MOST_SCORES, OutcomeTable, decider, rows_of
from checklist.engine.search import Search
from checklist.engine.worlds import refuse_entangled, space_of
from checklist.errors import EntangledError, GapError, Problem, Tangle, quote, spell_answers
from checklist.ruleset.model import Count, Ruleset, Tally

_MOST_NAMED = 12
_TOO_MANY = {
    "answers": "the questions tested here come to {} combinations of answers, and "
    f"at most {MOST_COMBINATIONS:,} can be looked through",
    "counts": "these counts of one question can come out together in too many ways, over {}",
    "scores": "the score, and what outcomes test, can come out in too many ways to go through",
}
_INSTEAD = {
    "answers": "Test fewer of these together, or in fewer steps",
    "counts": "Count fewer things of it, or test for smaller numbers",
    "scores": "Give fewer or smaller points, or test the score and statuses in fewer outcomes",
}


def unfit_tables(ruleset: Ruleset, unsound: Collection[str]) -> list[Problem]:
    """Return the gaps in a ruleset's tables, and the tables too entangled to be exact about.

    Args:
        ruleset: as far as it could be built.
        unsound: the questions, facts and criteria of which some condition is not known,
            and ``outcome`` where one of the outcomes' is not.
    """
    trial = _Trial(ruleset, unsound)
    problems = [*trial.entangled(), *trial.criterion_gaps()]
    return problems or list(trial.unfit_outcomes()) if trial.whole else problems


class _Trial:
    def __init__(self, ruleset: Ruleset, unsound: Collection[str]) -> None:
        self.ruleset = ruleset
        self.unsound = set(unsound)
        self.knots: list[Tangle] = []
        while True:
            self.sound = _sound_names(ruleset, self.unsound)
            self.criteria = [c for c in ruleset.criteria if c.id in self.sound]
            try:
                self.atlas = self._atlas()
            except EntangledError as error:  # the counts over one question are too many
                self.knots += error.tangles
                self.unsound.update(name for t in error.tangles for name in t.questions)
            else:
                break
        self.possible = self.atlas.possible({})

    @property
    def whole(self) -> bool:
        """Return whether the outcomes can be tried: all that they rest on is sound."""
        return "outcome" not in self.unsound and len(self.criteria) == len(self.ruleset.criteria)

    def entangled(self) -> Iterator[Problem]:
        """Yield each group of criteria, or question, that comes to too many combinations."""
        try:
            refuse_entangled(self.atlas)
        except EntangledError as error:
            self.knots += error.tangles
        yield from (_entangled(knot, self.ruleset) for knot in self.knots)

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

    def unfit_outcomes(self) -> Iterator[Problem]:
        """Yield a problem if there are answers that no outcome matches, or too many scores."""
        # One row more, for what the outcomes leave: if it can decide, they leave a gap.
        ruleset = self.ruleset
        rows = [*rows_of(ruleset.outcomes), ()]
        table = OutcomeTable(tuple(rows), tuple(map(decider, ruleset.criteria)), MOST_SCORES)
        gap = frozenset({len(ruleset.outcomes)})
        try:
            groups = groups_of(self.atlas, table, self.possible)
            axes = range(len(self.atlas.axes))
            everything = open_questions(self.atlas, [None] * len(axes), axes)
            refuse_many_scores(table, groups, everything)
            answers = Search(ruleset.questions, ruleset.facts, table, gap).find()
        except EntangledError as error:
            yield from (_entangled(tangle, ruleset) for tangle in error.tangles)
            return
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


def _entangled(tangle: Tangle, ruleset: Ruleset) -> Problem:
    defined = [*ruleset.criteria, *ruleset.facts.values(), *ruleset.questions.values()]
    places = {thing.id: thing.place for thing in defined}
    named = [*tangle.names, *tangle.questions]
    message = f"{_listed(tangle.names)}: " + _TOO_MANY[tangle.kind].format(
        _count(tangle.combinations)
    )
    if tangle.questions:
        message += f". What entangles them, the most telling first: {_listed(tangle.questions)}"
    return Problem(
        f"{message}. {_INSTEAD[tangle.kind]}",
        "facts" if tangle.kind == "counts" else "criteria",
        next((places[name] for name in named if places.get(name)), None),
    )


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more


def _count(combinations: int) -> str:
    # Python refuses to write out numbers of thousands of digits.
    return f"{combinations:,}" if combinations < 10**15 else "more than 10^15"


def _spelled(answers: Mapping[str, object]) -> str:
    return spell_answers(answers) if answers else quote("any answers")
