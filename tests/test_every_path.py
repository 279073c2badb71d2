"""Every way through the shipped ruleset that its rules tell apart, and what is said on each."""

import random
from functools import cache

import pytest

import naive
from checklist.engine.assess import assess
from checklist.loading.yaml_text import read_yaml
from checklist.paths import RULES
from checklist.ruleset.model import Choice, YesNo
from checklist.wording.summary import summarise
from checklist.wording.views import CriterionView, Summary
from people import EXPECTED, PEOPLE, result_page_of
from texts import blocks_of, leftovers, said, without_teaching, written
from walks import IN_CI, answer_sets, completed, pages, ruleset, ways_through
from words import units

# All pages are walked once, not once by each worker.
pytestmark = pytest.mark.xdist_group("every page")

DAY = "2026-11-22"
MOST_WAYS = 2_000  # of one criterion that are all walked; of more, a sample
# A summary also works out what each other answer would change, which takes a while.
MOST_TOLD = 2_000 if IN_CI else 100

CRITERIA = {criterion.id: criterion for criterion in ruleset().criteria}
every_criterion = pytest.mark.parametrize("criterion", CRITERIA)


@cache
def raw() -> dict:
    """Return the ruleset's file as it stands, for the naive judge that shares no code."""
    return read_yaml(RULES.read_bytes(), RULES.name).value


@cache
def paths(criterion: str) -> tuple[dict, ...]:
    """Return complete answers for every way through a criterion, the rest by chance."""
    dice = random.Random(criterion)  # noqa: S311 - the same answers in every run
    ways = list(ways_through(CRITERIA[criterion]))
    if len(ways) > MOST_WAYS:
        ways = _one_for_each_rule(criterion, ways) + dice.sample(ways, 500)
    return tuple(completed(way, dice) for way in ways)


def _one_for_each_rule(criterion: str, ways: list[dict]) -> list[dict]:
    return list({result_of(criterion, way).rules: way for way in ways}.values())


@cache
def told(criterion: str) -> tuple[tuple[dict, Summary], ...]:
    """Return some paths with all that is said on them: every rule's, and a sample."""
    dice = random.Random(criterion)  # noqa: S311 - the same answers in every run
    walked = list(paths(criterion))
    chosen = walked
    if len(walked) > MOST_TOLD:
        chosen = _one_for_each_rule(criterion, walked) + dice.sample(walked, MOST_TOLD)
    return tuple((answers, tell(answers)) for answers in chosen)


@cache
def told_with_gaps() -> tuple[tuple[dict, Summary], ...]:
    """Return the summaries of answers of which some are open."""
    open_sets = [answers for answers in answer_sets() if not assess_all(answers).score.settled]
    return tuple((answers, tell(answers)) for answers in open_sets)


def assess_all(answers):
    return assess(ruleset(), answers)


def tell(answers) -> Summary:
    return summarise(ruleset(), answers, assess_all(answers), DAY)


def result_of(criterion: str, answers):
    return next(result for result in assess_all(answers).criteria if result.id == criterion)


def view_of(criterion: str, summary: Summary) -> CriterionView:
    return next(view for view in summary.criteria if view.id == criterion)


def world(answers) -> dict:
    """Return answers as the naive judge takes them."""
    return {name: list(a) if isinstance(a, tuple) else a for name, a in answers.items()}


def everything_told() -> list[tuple[dict, Summary]]:
    found = [entry for criterion in CRITERIA for entry in told(criterion)]
    return [*found, *told_with_gaps()]


@cache
def texts_told() -> frozenset[str]:
    return frozenset(text for _, summary in everything_told() for text in said(summary))


# ---------------------------------------------------------------- what is judged


@every_criterion
def test_every_rule_decides_on_some_path(criterion):
    decided = {result_of(criterion, answers).rules for answers in paths(criterion)}
    assert decided == {(number,) for number in range(1, len(CRITERIA[criterion].rules) + 1)}


@every_criterion
def test_complete_answers_give_one_status_each_and_one_outcome(criterion):
    for answers in paths(criterion):
        found = assess_all(answers)
        assert all(result.settled and len(result.rules) == 1 for result in found.criteria), answers
        assert len(found.outcomes) == 1, answers
        assert found.score.settled, answers
        assert not found.find_out, answers


@every_criterion
def test_the_same_rules_decide_when_read_from_the_file_as_plainly_as_possible(criterion):
    for answers in paths(criterion):
        found = assess_all(answers)
        decided, values, outcome = naive.judge(raw(), world(answers))
        assert {result.id: result.rules[0] for result in found.criteria} == decided, answers
        assert found.outcomes == (outcome,), answers
        assert found.score.low == int(values["score"]), answers


def test_every_outcome_is_reached_on_some_path():
    walked = [*answer_sets(), *(answers for name in CRITERIA for answers in paths(name))]
    reached = {name for answers in walked for name in outcome_alone(answers)}
    assert reached == {outcome.id for outcome in ruleset().outcomes}


def outcome_alone(answers) -> tuple[str, ...]:
    outcomes = assess_all(answers).outcomes
    return outcomes if len(outcomes) == 1 else ()


# ---------------------------------------------------------------- what is said


@every_criterion
def test_no_part_of_a_block_is_blank_on_any_path(criterion):
    for answers, summary in (*told(criterion), *told_with_gaps()):
        blank = [name for name, words in blocks_of(view_of(criterion, summary)) if not words]
        assert not blank, answers


@every_criterion
def test_the_block_says_what_the_deciding_rule_says(criterion):
    for answers, summary in told(criterion):
        view = view_of(criterion, summary)
        rule = CRITERIA[criterion].rules[view.rules[0].number - 1]
        assert len(view.rules) == 1
        assert (view.state, view.reason) == (rule.status, rule.because), answers
        assert view.points == (
            f"Checklist points for this: {rule.points} of {CRITERIA[criterion].maximum}."
        ), answers
        assert not rule.next or rule.next in view.next, answers


@every_criterion
def test_the_conditions_shown_hold_for_the_answers_given(criterion):
    rules = next(c["rules"] for c in raw()["criteria"] if c["id"] == criterion)
    for answers, summary in told(criterion):
        number = view_of(criterion, summary).rules[0].number
        on = naive.applying(raw(), world(answers))
        held = [naive.holds(raw(), r.get("when") or {}, world(answers), on) for r in rules]
        assert held.index(True) == number - 1, answers


@every_criterion
def test_the_answer_given_stands_among_those_that_the_shown_condition_names(criterion):
    for answers, summary in told(criterion):
        shown = view_of(criterion, summary).rules[0]
        for name, condition in zip(
            CRITERIA[criterion].rules[shown.number - 1].when, shown.conditions, strict=True
        ):
            question = ruleset().questions.get(name)
            if isinstance(question, YesNo | Choice):
                assert question.options[answers[name]] in condition, answers


def test_what_is_open_is_never_said_to_be_settled():
    for answers, summary in told_with_gaps():
        for view, result in zip(summary.criteria, assess_all(answers).criteria, strict=True):
            assert (view.state == "open") == (len(result.statuses) > 1), answers
            assert bool(view.missing) == bool(view.possible) == (view.state == "open"), answers


def test_what_this_is_stands_first_with_guidance_and_sources_on_every_path():
    for answers, summary in everything_told():
        assert summary.purpose == ruleset().purpose, answers
        assert [note.text for note in summary.guidance] == [n.text for n in ruleset().guidance]
        assert all(note.numbers for note in summary.guidance)
        assert len(summary.sources) == len(ruleset().sources)


def test_the_outcome_shown_is_the_one_that_follows():
    titles = {outcome.id: outcome.title for outcome in ruleset().outcomes}
    for answers, summary in everything_told():
        follow = assess_all(answers).outcomes
        assert [view.title for view in summary.outcomes] == [titles[name] for name in follow]
        assert len(follow) > 1 or (summary.outcomes[0].text and summary.outcomes[0].next), answers


def test_no_text_has_leftovers_of_its_making():
    faults = {fault for text in texts_told() for fault in leftovers(text)}
    assert not faults, "\n".join(sorted(faults)[:40])


def test_no_page_has_leftovers_of_its_making():
    texts = {unit.text: page.address for page in pages() for unit in page.units}
    faults = {f"{f}  [{address}]" for text, address in texts.items() for f in leftovers(text)}
    assert not faults, "\n".join(sorted(faults)[:40])


def test_every_text_of_the_ruleset_is_met_on_some_path():
    met = {unit.text for page in pages() for unit in page.units}
    met |= texts_told()
    everything = without_teaching("\n".join(met), ruleset())
    unused = [
        f"{where}: {text}"
        for where, text in written(ruleset())
        if without_teaching(text, ruleset()) not in everything
    ]
    assert not unused, f"{len(unused)} texts are never met:\n" + "\n".join(unused)


# ---------------------------------------------------------------- people at the form


every_person = pytest.mark.parametrize("person", PEOPLE)


@every_person
def test_a_person_is_led_where_the_rules_lead(person):
    assessment = assess_all(PEOPLE[person])
    titles = {outcome.title: outcome.id in assessment.outcomes for outcome in ruleset().outcomes}
    shown = [unit.text for unit in units(result_page_of(person).main)]
    assert {title: title in shown for title in titles} == titles


@every_person
def test_a_person_reads_first_what_this_is_then_the_guidance(person):
    read = [without_teaching(u.text, ruleset()) for u in units(result_page_of(person).main)]
    purpose = [without_teaching(line, ruleset()) for line in ruleset().purpose]
    first = read.index("your result so far") + 1
    assert read[first : first + len(purpose)] == purpose
    for note in ruleset().guidance:
        assert any(without_teaching(note.text, ruleset()) in unit for unit in read)


@every_person
def test_the_sources_of_a_result_are_those_that_it_cites(person):
    main = result_page_of(person).main
    cited = {a.get("href") for a in main.iter("a") if "#source-" in a.get("href", "")}
    listed = {f"#{li.get('id')}" for li in main.iter("li") if li.get("id", "").startswith("source")}
    assert listed == cited
    assert 20 < len(listed) < len(ruleset().sources)
    assert "All sources, also those behind the rules" in result_page_of(person).links()


@pytest.mark.parametrize(("person", "outcome"), EXPECTED.items(), ids=EXPECTED)
def test_the_outcome_is_the_one_that_a_doctor_would_expect(person, outcome):
    assert assess_all(PEOPLE[person]).outcomes == (outcome,)


def test_nothing_is_ruled_out_for_somebody_who_knows_nothing_of_it():
    assert assess_all({}).outcomes == tuple(outcome.id for outcome in ruleset().outcomes)
