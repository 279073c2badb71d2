"""Checks on a sound ruleset: does it do what its author wants? Proven over all answers.

Nothing here is sampled: reached rules and outcomes come from an assessment with every
question open, and a promise is proven by looking for answers that break it.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from checklist.checks.promises import breaking_answers
from checklist.checks.verdict import Judge, judge_of
from checklist.engine.assess import assess, atlas_of
from checklist.engine.atlas import make_atlas
from checklist.engine.worlds import space_of
from checklist.errors import EntangledError, Problem, quote, spell_answers
from checklist.ruleset.content import Note
from checklist.ruleset.model import Case, Promise, Ruleset, Text
from checklist.ruleset.reliance import all_beneath

Progress = Callable[[int, int], None]


def no_progress(done: int, total: int) -> None:
    """Tell nobody how many of how many steps are done."""


def check_ruleset(ruleset: Ruleset, progress: Progress = no_progress) -> list[Problem]:
    """Return everything that is wrong with a ruleset that loads, in the file's order.

    Reported are tests that never hold, questions never asked, rules that never decide,
    outcomes never reached, promises that some answers break, cases that come out otherwise,
    criteria without a source, sources never cited, evidence that nothing rests on, questions
    that no rule uses, figures never shown.

    Args:
        ruleset: one that loads.
        progress: told after each step how many of how many are done.
    """
    problems = list(ruleset.doubts)
    steps = list(_steps(ruleset))
    for done, step in enumerate(steps, start=1):
        problems += step()
        progress(done, len(steps))
    return sorted(problems, key=lambda p: (p.place.line, p.place.column) if p.place else (0, 0))


def _steps(ruleset: Ruleset) -> Iterator[Callable[[], Iterable[Problem]]]:
    for check in (idle_questions, _unreached, _unsourced, _unshown):
        yield partial(check, ruleset)
    for number, promise in enumerate(ruleset.promises, start=1):
        yield partial(_broken_promise, ruleset, promise, f"promises.{number}")
    judge = judge_of(ruleset, atlas_of(ruleset))
    for number, case in enumerate(ruleset.cases, start=1):
        yield partial(_wrong_case, judge, case, f"cases.{number}")


def _unreached(ruleset: Ruleset) -> Iterator[Problem]:
    everything = assess(ruleset, {})
    atlas = atlas_of(ruleset)
    possible = atlas.possible({})
    for n, (criterion, result) in enumerate(
        zip(ruleset.criteria, everything.criteria, strict=True)
    ):
        space = space_of(atlas, [n], possible)
        for number, rule in enumerate(criterion.rules, start=1):
            if number in result.rules:
                continue
            why = "the rules above take all answers; move it up, or take it out"
            if not space.satisfying(atlas.tables[n].conditions[number - 1]):
                why = "its 'when' can never hold; change it, or take the rule out"
            message = f"this rule can never decide: {why}"
            where = f"criteria.{criterion.id}.rules.{number}"
            yield Problem(message, where, rule.place, "rule_never_decides")
    for outcome in ruleset.outcomes:
        if outcome.id not in everything.outcomes:
            message = (
                "this outcome can never be reached; change its 'when' or its place, or take it out"
            )
            where = f"outcomes.{outcome.id}"
            yield Problem(message, where, outcome.place, "outcome_never_reached")


def idle_questions(ruleset: Ruleset) -> list[Problem]:
    """Return the questions that are never asked, or of which rules make no use."""
    return [*_never_asked(ruleset), *_unused(ruleset)]


def _never_asked(ruleset: Ruleset) -> Iterator[Problem]:
    # Every question depends on cells of others, each others' conditions worked in.
    atlas = make_atlas(ruleset.questions, ruleset.facts, {})
    possible = atlas.possible({})
    for name, cells in atlas.applies.items():
        if any(not possible[axis] & mask for axis, mask in cells.items()):
            message = (
                "this question can never be asked: its 'enable_when' can never hold; change it, "
                "or take the question out"
            )
            place = ruleset.questions[name].place
            yield Problem(message, f"questions.{name}", place, "question_never_asked")


def _broken_promise(ruleset: Ruleset, promise: Promise, where: str) -> Iterator[Problem]:
    try:
        answers = breaking_answers(ruleset, promise)
    except EntangledError as error:
        tangle = error.tangles[0]
        message = (
            f"this promise cannot be proven: {', '.join(tangle.names)} can come out in "
            f"{tangle.combinations:,} ways, too many to go through; test less in it"
        )
        yield Problem(message, where, promise.place, "promise_not_proven")
        return
    if answers is not None:
        message = f"the promise {quote(promise.text)} is broken by {spell_answers(answers)}"
        yield Problem(message, where, promise.place, "promise_broken", answers)


def _wrong_case(judge: Judge, case: Case, where: str) -> Iterator[Problem]:
    differences = list(judge.verdict(case.answers).differences(case.expect, judge.outcomes))
    if differences:
        message = f"the case {quote(case.name)} comes out otherwise: {'; '.join(differences)}"
        yield Problem(message, where, case.place, "case_otherwise", case.answers)


def _unsourced(ruleset: Ruleset) -> Iterator[Problem]:
    for criterion in ruleset.criteria:
        if not criterion.sources:
            message = "this criterion has no source; name one under 'sources'"
            where = f"criteria.{criterion.id}"
            yield Problem(message, where, criterion.place, "criterion_without_source")
    notes = list(_notes(ruleset))
    cited = {source for criterion in ruleset.criteria for source in criterion.sources}
    cited |= {source for evidence in ruleset.evidence.values() for source in evidence.sources}
    cited |= {source for note in notes for source in note.sources}
    for source in ruleset.sources.values():
        if source.id not in cited:
            message, where = (
                "this source is never cited; cite it, or take it out",
                f"sources.{source.id}",
            )
            yield Problem(message, where, source.place, "source_never_cited")
    used = {name for place in _resting(ruleset) for name in place}
    for evidence in ruleset.evidence.values():
        if evidence.id not in used:
            message = "nothing rests on this evidence; name it where it is used, or take it out"
            where = f"evidence.{evidence.id}"
            yield Problem(message, where, evidence.place, "evidence_never_used")


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
            yield Problem(message, f"figures.{figure.id}", figure.place, "figure_never_shown")


def review_due(ruleset: Ruleset, today: str) -> list[Problem]:
    """Return a warning if the day of the next review is past (``today`` in ISO 8601)."""
    due = ruleset.about.next_review
    if not due or due >= today:
        return []
    message = f"the next review was due on {due}: look through the evidence, then set a new date"
    return [Problem(message, "about.next_review", ruleset.about.place, "review_due")]


def _unused(ruleset: Ruleset) -> Iterator[Problem]:
    tested = all_beneath(ruleset, [criterion.id for criterion in ruleset.criteria])
    for question in ruleset.questions.values():
        if isinstance(question, Text):
            continue
        if question.scored and question.id not in tested:
            message = "no rule uses this question; if it is for the talk only, add 'scored: no'"
            where = f"questions.{question.id}"
            yield Problem(message, where, question.place, "question_never_used")
        elif not question.scored and question.id in tested:
            message = "rules use this question, so it cannot be 'scored: no'"
            where = f"questions.{question.id}"
            yield Problem(message, where, question.place, "question_used_after_all")
