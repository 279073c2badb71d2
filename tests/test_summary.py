"""What the result says, in words."""

from pathlib import Path

import pytest

import walks
from checklist.engine.assess import assess
from checklist.loading.loader import load_ruleset
from checklist.papers import persons_copy
from checklist.papers.text import as_text
from checklist.wording.asking import raised
from checklist.wording.rule_book import rule_book
from checklist.wording.summary import answer_sections, summarise

RULESETS = Path(__file__).parent / "rulesets"
DAY = "2026-11-22"
WHOLE = {
    "plain": "no",
    "size": "small",
    "weight": 5,
    "colour": "no",
    "smells": (),
    "parts": {"lid": "whole", "base": "whole"},
}


@pytest.fixture(scope="module")
def ruleset():
    return load_ruleset(RULESETS / "every_kind.yaml")


@pytest.fixture
def told(ruleset):
    def tell(answers, not_known=()):
        return summarise(ruleset, answers, assess(ruleset, answers), DAY, not_known)

    return tell


def rules_of(ruleset, name):
    return next(one.rules for one in ruleset.criteria if one.id == name)


def criterion(summary, name):
    return next(view for view in summary.criteria if view.id == name)


def test_it_begins_with_what_it_is_and_what_to_do_next(told):
    assert told({}).purpose == (
        "This page cannot tell you what is right for you.",
        "Take it to somebody who knows.",
    )


def test_open_and_no_never_read_alike(told):
    open_light = criterion(told({}), "light")
    heavy = criterion(told({"weight": 100}), "light")
    assert (open_light.state, open_light.status_words) == ("open", "Not known yet")
    assert (heavy.state, heavy.status_words) == ("not_met", "Does not fit")
    assert open_light.reason != heavy.reason
    assert "Weight" not in heavy.reason


def test_an_open_criterion_names_what_it_waits_for_and_what_stays_possible(told):
    light = criterion(told({"size": "small"}), "light")
    assert light.reason == "What is still open decides this: How heavy is it?"
    assert light.possible == ("Fits", "Fits in part", "Does not fit")
    assert [view.id for view in light.missing] == ["weight"]


def test_a_settled_criterion_gives_the_reason_and_the_rule_in_words(told):
    light = criterion(told({"weight": 40, "size": "medium"}), "light")
    assert light.reason == "It is middling."
    [rule] = light.rules
    assert rule.conditions == ("How heavy is it?: 20 to 60 kilograms", "Size: 'Small' or 'Medium'")
    assert rule.rests_on == ("This rests on a choice of the makers of this checklist.",)
    assert light.next == ("Try to make it lighter.", "Weigh it again.")


def test_a_threshold_names_the_finding_that_it_rests_on(told):
    [rule] = criterion(told({"weight": 5}), "light").rules
    assert rule.rests_on == (
        "This rests on published papers or guidance.",
        "Finding K1: There are six kinds of question.",
    )


def test_a_point_that_the_makers_added_says_so(told):
    assert criterion(told({}), "sound").added
    assert not criterion(told({}), "light").added


def test_the_score_is_a_range_while_answers_are_open_and_one_number_when_settled(told):
    assert told({}).score.words.startswith("0 to 4 of 4 checklist points")
    settled = told(WHOLE).score
    assert settled.words == "4 of 4 checklist points."
    assert (settled.bar_start, settled.bar_width) == (1000, 0)


def test_one_outcome_is_told_in_full_and_several_by_name_alone(told):
    # The text of an outcome speaks as if it were so; while it is only possible it would be untrue.
    [good] = told(WHOLE).outcomes
    assert good.text == "It is worth a look."
    several = told({}).outcomes
    assert [view.title for view in several] == ["Talk first", "Worth a look", "Talk it over"]
    assert {(view.text, view.next) for view in several} == {("", ())}


def test_skipped_and_not_known_are_told_apart_but_count_the_same(told, ruleset):
    said = {"weight", "parts.lid"}
    sections = answer_sections(ruleset, {"parts": {"base": "worn"}}, said)
    views = {view.id: view for section in sections for view in section.answers}
    assert (views["weight"].answer, views["size"].answer) == (
        "You said: I do not know",
        "Not answered",
    )
    assert views["parts"].items == (("The lid", "I do not know"), ("The base", "Worn"))
    assert views["parts"].state == "partly"
    assert told({}, said).outcomes == told({}).outcomes


def test_of_a_half_answered_grid_only_what_is_open_is_asked_for(told):
    sound = criterion(told({**WHOLE, "weight": 110, "parts": {"lid": "whole"}}), "sound")
    assert sound.reason == "What is still open decides this: How is each part? (The base)."
    assert [view.items for view in sound.told if view.id == "parts"] == [(("The lid", "Whole"),)]


@pytest.mark.parametrize(("weight", "said"), [(0, "0 kilograms"), (1, "1 kilogram")])
def test_one_of_a_unit_is_told_in_the_singular(told, weight, said):
    [heavy] = [v for s in told({"weight": weight}).sections for v in s.answers if v.id == "weight"]
    assert heavy.answer == said


def test_what_would_change_a_point_is_told_answer_by_answer(told):
    light = criterion(told({"weight": 40, "size": "medium"}), "light")
    assert [(view.question, view.answer, view.then) for view in light.changes] == [
        ("Size", "'Large'", "Does not fit"),
        ("How heavy is it?", "19 kilograms or less", "Fits"),
        ("How heavy is it?", "61 kilograms or more", "Does not fit"),
    ]


def test_a_figure_is_told_both_ways_round(ruleset):
    from checklist.ruleset.content import Figure
    from checklist.wording.teaching import figure_view

    figure = Figure("f", "were well", "were not", 70, 100, "after a year", "in all", 128, ())
    assert figure_view(figure).words == "70 of 100 were well after a year. 30 of 100 were not."


def test_an_answer_that_does_not_count_now_is_shown_as_set_aside(ruleset):
    sections = answer_sections(ruleset, {"plain": "yes", "colour": "yes"})
    views = {view.id: view for section in sections for view in section.answers}
    assert views["colour"].state == "set_aside"
    assert views["colour"].answer == "Yes"


def test_what_to_find_out_says_what_it_could_change_and_who_may_know(told):
    entry = next(entry for entry in told({}).find_out if entry.id == "plain")
    assert entry.changes == "It matters for: Sound enough."
    assert (entry.who, entry.where) == ("The maker.", "On the label.")


def test_questions_for_the_visit_follow_from_the_answers(told):
    assert "Could it be lighter?" in told({"weight": 40, "size": "small"}).questions
    assert "Could it be lighter?" not in told({"weight": 5}).questions
    assert told({}).questions[0] == "Is it plain?"
    assert told({}).questions[-1] == "What have I not asked?"


def test_no_question_for_the_visit_presumes_what_nobody_said():
    rules = walks.ruleset()
    grid = rules.questions["medicines"]
    medicines = dict.fromkeys(grid.items, "not_tried") | {"satralizumab": "too_early"}
    [working, early] = [rule.ask for rule in rules_of(rules, "treatments_exhausted")[:2]]
    sure = raised(rules, {"medicines": medicines}, assess(rules, {"medicines": medicines}))
    assert early in sure
    assert working not in sure
    del medicines["azathioprine"]  # nothing was said of it: it may be the one that works
    unsure = raised(rules, {"medicines": medicines}, assess(rules, {"medicines": medicines}))
    assert not {working, early} & set(unsure)
    assert grid.ask in unsure


def test_a_review_that_is_due_is_said(ruleset):
    late = summarise(ruleset, {}, assess(ruleset, {}), "2100-01-01")
    assert any("has passed" in line for line in late.about)


def test_sources_are_numbered_alike_everywhere(told):
    summary = told({})
    assert [source.number for source in summary.sources] == [1]
    assert summary.guidance[0].numbers == (1,)
    assert summary.background[0].notes[1].numbers == (1,)


def test_the_rule_book_holds_every_rule_and_says_how_things_are_counted(ruleset):
    book = rule_book(ruleset)
    assert [len(table.rules) for table in book.tables] == [3, 4]
    assert book.tables[0].rules[2].conditions == ()
    assert book.facts[0] == (
        "Parts that are worn or gone. Under 'How is each part?', it counts those with the answer "
        "'Worn' or 'Gone': The lid; The base."
    )
    assert book.facts[1].endswith("it counts those that are ticked: Smoke; Tar.")
    assert "how many of these hold" in book.facts[2]
    assert book.outcomes[1].conditions == (
        "Light enough: Fits or Fits in part",
        "Checklist points: 3 or more",
    )
    assert book.promises == ("Nothing in trouble is worth a look",)


def test_the_text_says_all_of_it_in_lines_that_fit_a_screen(ruleset, told):
    summary = told({"weight": 40, "notes": "Mine"})
    text = as_text(persons_copy(ruleset, summary))
    assert max(map(len, text.splitlines())) <= 78
    flat = " ".join(text.split())
    for words in (summary.title, *summary.purpose, *summary.questions, "Mine"):
        assert words in flat
    for view in summary.criteria:
        assert f"{view.title}: {view.status_words}" in flat
