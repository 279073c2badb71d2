"""Every change of one thing in a ruleset that its cases and promises should notice.

A threshold by one, a status, the points by one, an option in a test or a count, a rule's
place, a condition or a rule dropped. Knows how to make the changes, not what they do.
"""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from checklist.checks.mutation.tests import changed_tests, spell
from checklist.errors import Place
from checklist.ruleset.conditions import Domain, NumberDomain, WordDomain
from checklist.ruleset.model import (
    STATUSES,
    Count,
    Criterion,
    Fact,
    Grid,
    Integer,
    MultiChoice,
    Outcome,
    Question,
    Rule,
    Ruleset,
    Tally,
    Text,
    When,
)

Line = TypeVar("Line", bound=Rule | Outcome)
# One change of something, and in words what is changed.
Changed = tuple[str, When]


class Change(Struct, frozen=True):
    """A ruleset with one thing changed.

    ``what`` tells the change in words that go on after 'if'; ``touched`` is the id of the
    criterion, fact or question that is changed, or ``outcome``.
    """

    ruleset: Ruleset
    what: str
    where: str
    place: Place | None
    touched: str


def changes_of(ruleset: Ruleset) -> Iterator[Change]:
    """Yield each change of one thing, in the file's order of parts."""
    changer = _Changer(ruleset)
    for question in ruleset.questions.values():
        yield from changer.of_question(question)
    for fact in ruleset.facts.values():
        yield from changer.of_fact(fact)
    for criterion in ruleset.criteria:
        yield from changer.of_criterion(criterion)
    yield from changer.of_outcomes()


class _Changer:
    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.domains = dict(_domains(ruleset))

    def of_question(self, question: Question) -> Iterator[Change]:
        where = f"questions.{question.id}.enable_when"
        for what, when in self._whens(question.enable_when):
            changed = replace(question, enable_when=when)
            yield Change(
                _with_question(self.ruleset, changed), what, where, question.place, question.id
            )

    def of_fact(self, fact: Fact) -> Iterator[Change]:
        changed = self._counts(fact) if isinstance(fact, Count) else self._tallies(fact)
        for what, other in changed:
            facts = {**self.ruleset.facts, fact.id: other}
            ruleset = replace(self.ruleset, facts=facts)
            yield Change(ruleset, what, f"facts.{fact.id}", fact.place, fact.id)

    def _counts(self, fact: Count) -> Iterator[tuple[str, Fact]]:
        question = self.ruleset.questions[fact.question]
        if isinstance(question, Grid):
            for what, where in _toggled(fact.where, tuple(question.options), "where"):
                yield what, replace(fact, where=frozenset(where))
        if isinstance(question, Grid | MultiChoice):
            slots = question.items if isinstance(question, Grid) else question.options
            for what, items in _toggled(fact.items, tuple(slots), "items"):
                yield what, replace(fact, items=items)

    def _tallies(self, fact: Tally) -> Iterator[tuple[str, Fact]]:
        for number, condition in enumerate(fact.conditions):
            before, after = fact.conditions[:number], fact.conditions[number + 1 :]
            if before or after:
                what = f"the condition {number + 1} of the tally is taken out"
                yield what, replace(fact, conditions=before + after)
            for what, when in self._whens(condition):
                if when:
                    yield what, replace(fact, conditions=(*before, when, *after))

    def of_criterion(self, criterion: Criterion) -> Iterator[Change]:
        for what, rules, number in self._lines(criterion.rules):
            yield self._of_rules(criterion, rules, what, number)
        for number, rule in enumerate(criterion.rules):
            for what, changed in _decided(rule):
                rules = _put(criterion.rules, number, changed)
                yield self._of_rules(criterion, rules, what, number)

    def _of_rules(
        self, criterion: Criterion, rules: tuple[Rule, ...], what: str, number: int
    ) -> Change:
        criteria = tuple(
            replace(criterion, rules=rules) if other is criterion else other
            for other in self.ruleset.criteria
        )
        ruleset = replace(self.ruleset, criteria=criteria)
        where = f"criteria.{criterion.id}.rules.{number + 1}"
        return Change(ruleset, what, where, criterion.rules[number].place, criterion.id)

    def of_outcomes(self) -> Iterator[Change]:
        outcomes = self.ruleset.outcomes
        for what, lines, number in self._lines(outcomes):
            outcome = outcomes[number]
            ruleset = replace(self.ruleset, outcomes=lines)
            yield Change(ruleset, what, f"outcomes.{outcome.id}", outcome.place, "outcome")

    def _lines(self, lines: tuple[Line, ...]) -> Iterator[tuple[str, tuple[Line, ...], int]]:
        # What any decision table can be changed in, with the number of the line changed.
        for number, line in enumerate(lines):
            for what, when in self._whens(line.when):
                yield what, _put(lines, number, replace(line, when=when)), number
            if len(lines) > 1:
                yield "it is taken out", (*lines[:number], *lines[number + 1 :]), number
            if number + 1 < len(lines):
                swapped = (*lines[:number], lines[number + 1], line, *lines[number + 2 :])
                yield "it changes places with the one below it", swapped, number

    def _whens(self, when: When) -> Iterator[Changed]:
        for name, test in when.items():
            domain = self.domains[name]
            shown = spell(test, domain)
            for other in changed_tests(test, domain):
                yield f"{name} {shown} becomes {spell(other, domain)}", {**when, name: other}
            rest = {kept: test for kept, test in when.items() if kept != name}
            yield f"{name} {shown} is taken out of its conditions", rest


def _domains(ruleset: Ruleset) -> Iterator[tuple[str, Domain]]:
    for question in ruleset.questions.values():
        if isinstance(question, Integer):
            yield question.id, NumberDomain(question.minimum, question.maximum)
        elif not isinstance(question, Text):
            yield question.id, WordDomain(question.options)
    for fact in ruleset.facts.values():
        parts = fact.items if isinstance(fact, Count) else fact.conditions
        yield fact.id, NumberDomain(0, len(parts))
    for criterion in ruleset.criteria:
        yield criterion.id, WordDomain(STATUSES)
    points = [[rule.points for rule in criterion.rules] for criterion in ruleset.criteria]
    yield "score", NumberDomain(sum(map(min, points)), sum(map(max, points)))


def _decided(rule: Rule) -> Iterator[tuple[str, Rule]]:
    for status in STATUSES:
        if status != rule.status:
            what = f"its status {rule.status} becomes {status}"
            yield what, replace(rule, status=status)
    for points in (rule.points - 1, rule.points + 1):
        yield f"its points {rule.points} become {points}", replace(rule, points=points)


def _toggled(
    given: Sequence[str] | frozenset[str], known: Sequence[str], key: str
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in known:
        if name not in given:
            kept = tuple(other for other in known if other in given or other == name)
            yield f"{name} is added to its {key}", kept
        elif len(given) > 1:
            kept = tuple(other for other in known if other in given and other != name)
            yield f"{name} is taken out of its {key}", kept


def _put(lines: tuple[Line, ...], number: int, line: Line) -> tuple[Line, ...]:
    return (*lines[:number], line, *lines[number + 1 :])


def _with_question(ruleset: Ruleset, changed: Question) -> Ruleset:
    sections = tuple(
        replace(
            section,
            questions=tuple(changed if q.id == changed.id else q for q in section.questions),
        )
        for section in ruleset.sections
    )
    return replace(ruleset, sections=sections)
