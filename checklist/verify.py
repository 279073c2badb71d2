"""Checks on a sound ruleset: does it do what its author wants? Proven over all answers.

Nothing here is sampled: reached rules and outcomes come from an assessment with every
question open, and a promise is proven by looking for answers that break it.
"""

from collections.abc import Iterator

from checklist.atlas import make_atlas
from checklist.content import Note
from checklist.engine import assess, atlas_of, outcomes_table
from checklist.errors import EntangledError, Problem, quote, spell_answers
from checklist.model import Count, Ruleset, Tally, Text
from checklist.promises import breaking_answers
from checklist.verdict import Judge
from checklist.worlds import space_of


def check_ruleset(ruleset: Ruleset) -> list[Problem]:
    """Return everything that is wrong with a ruleset that loads, in the file's order.

    Reported are tests that never hold, questions never asked, rules that never decide,
    outcomes never reached, promises that some answers break, cases that come out otherwise,
    criteria without a source, sources never cited, evidence that nothing rests on, questions
    that no rule uses, figures never shown.
    """
    problems = [
        *ruleset.doubts,
        *_never_asked(ruleset),
        *_unreached(ruleset),
        *_broken_promises(ruleset),
        *_wrong_cases(ruleset),
        *_unsourced(ruleset),
        *_unused(ruleset),
        *_unshown(ruleset),
    ]
    return sorted(problems, key=lambda p: (p.place.line, p.place.column) if p.place else (0, 0))


def _unreached(ruleset: Ruleset) -> Iterator[Problem]:
    everything = assess(ruleset, {})
    atlas = make_atlas(
        ruleset.questions,
        ruleset.facts,
        {c.id: [r.when for r in c.rules] for c in ruleset.criteria},
    )
    possible = atlas.possible({})
    for n, (criterion, result) in enumerate(
        zip(ruleset.criteria, everything.criteria, strict=True)
    ):
        space = space_of(atlas, [n], possible)
        for number, rule in enumerate(criterion.rules, start=1):
            if number in result.rules:
                continue
            why = "no answers reach it, the rules above take all"
            if not space.satisfying(atlas.tables[n].conditions[number - 1]):
                why = "its 'when' can never hold, whatever the answers"
            message = f"this rule can never decide: {why}"
            yield Problem(message, f"criteria.{criterion.id}.rules.{number}", rule.place)
    for outcome in ruleset.outcomes:
        if outcome.id not in everything.outcomes:
            message = "this outcome can never be reached, whatever the answers"
            yield Problem(message, f"outcomes.{outcome.id}", outcome.place)


def _never_asked(ruleset: Ruleset) -> Iterator[Problem]:
    # Every question depends on cells of others, each others' conditions worked in.
    atlas = make_atlas(ruleset.questions, ruleset.facts, {})
    possible = atlas.possible({})
    for name, cells in atlas.applies.items():
        if any(not possible[axis] & mask for axis, mask in cells.items()):
            message = "this question can never be asked: its 'enable_when' can never hold"
            question = ruleset.questions[name]
            yield Problem(f"{message}, whatever the answers", f"questions.{name}", question.place)


def _broken_promises(ruleset: Ruleset) -> Iterator[Problem]:
    for number, promise in enumerate(ruleset.promises, start=1):
        where = f"promises.{number}"
        try:
            answers = breaking_answers(ruleset, promise)
        except EntangledError as error:
            tangle = error.tangles[0]
            message = (
                f"this promise cannot be proven: it ties {', '.join(tangle.names)} together, "
                f"{tangle.combinations:,} combinations; write it as two"
            )
            yield Problem(message, where, promise.place)
            continue
        if answers is not None:
            message = f"the promise {quote(promise.text)} is broken by {spell_answers(answers)}"
            yield Problem(message, where, promise.place)


def _wrong_cases(ruleset: Ruleset) -> Iterator[Problem]:
    order = tuple(outcome.id for outcome in ruleset.outcomes)
    judge = Judge(atlas_of(ruleset), outcomes_table(ruleset), order)
    for number, case in enumerate(ruleset.cases, start=1):
        differences = list(judge.verdict(case.answers).differences(case.expect, order))
        if differences:
            message = f"the case {quote(case.name)} comes out otherwise: {'; '.join(differences)}"
            yield Problem(message, f"cases.{number}", case.place)


def _unsourced(ruleset: Ruleset) -> Iterator[Problem]:
    for criterion in ruleset.criteria:
        if not criterion.sources:
            message = "this criterion has no source"
            yield Problem(message, f"criteria.{criterion.id}", criterion.place)
    notes = list(_notes(ruleset))
    cited = {source for criterion in ruleset.criteria for source in criterion.sources}
    cited |= {source for evidence in ruleset.evidence.values() for source in evidence.sources}
    cited |= {source for note in notes for source in note.sources}
    for source in ruleset.sources.values():
        if source.id not in cited:
            yield Problem("this source is never cited", f"sources.{source.id}", source.place)
    used = {name for place in _resting(ruleset) for name in place}
    for evidence in ruleset.evidence.values():
        if evidence.id not in used:
            message = "nothing rests on this evidence"
            yield Problem(message, f"evidence.{evidence.id}", evidence.place)


def _notes(ruleset: Ruleset) -> Iterator[Note]:
    yield from ruleset.guidance
    for topic in ruleset.background:
        yield from topic.notes
    for choice in ruleset.choices:
        yield from (*choice.good, *choice.bad)


def _resting(ruleset: Ruleset) -> Iterator[tuple[str, ...]]:
    # Everything that rests on evidence.
    yield from (note.evidence for note in _notes(ruleset))
    yield from (figure.evidence for figure in ruleset.figures.values())
    yield from (rule.evidence for criterion in ruleset.criteria for rule in criterion.rules)
    yield from (outcome.evidence for outcome in ruleset.outcomes)
    if ruleset.timeline:
        yield from (event.evidence for event in ruleset.timeline.events)


def _unshown(ruleset: Ruleset) -> Iterator[Problem]:
    shown = {note.figure for note in _notes(ruleset)}
    for figure in ruleset.figures.values():
        if figure.id not in shown:
            message = "no note shows this figure; name it in one, or take it out"
            yield Problem(message, f"figures.{figure.id}", figure.place)


def review_due(ruleset: Ruleset, today: str) -> list[Problem]:
    """Return a warning if the day of the next review is past (``today`` in ISO 8601)."""
    due = ruleset.about.next_review
    if not due or due >= today:
        return []
    message = f"the next review was due on {due}: look through the evidence, then set a new date"
    return [Problem(message, "about.next_review", ruleset.about.place)]


def _unused(ruleset: Ruleset) -> Iterator[Problem]:
    tested = _tested_names(ruleset)
    for question in ruleset.questions.values():
        if isinstance(question, Text):
            continue
        if question.scored and question.id not in tested:
            message = "no rule uses this question; if it is for the talk only, add 'scored: no'"
            yield Problem(message, f"questions.{question.id}", question.place)
        elif not question.scored and question.id in tested:
            message = "rules use this question, so it cannot be 'scored: no'"
            yield Problem(message, f"questions.{question.id}", question.place)


def _tested_names(ruleset: Ruleset) -> set[str]:
    # What criteria test, and what those facts and questions rest on in turn.
    waiting = [name for c in ruleset.criteria for rule in c.rules for name in rule.when]
    tested: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in tested:
            continue
        tested.add(name)
        waiting += _rests_on(ruleset, name)
    return tested


def _rests_on(ruleset: Ruleset, name: str) -> Iterator[str]:
    fact = ruleset.facts.get(name)
    if isinstance(fact, Count):
        yield fact.question
    elif isinstance(fact, Tally):
        for condition in fact.conditions:
            yield from condition
    elif name in ruleset.questions:
        yield from ruleset.questions[name].enable_when
