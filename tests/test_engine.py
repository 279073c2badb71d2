"""What an assessment says, on small rulesets that can be worked out by hand."""

import json
from pathlib import Path

import pytest

import checklist
from checklist.engine import applies, assess
from checklist.loader import load_ruleset, read_ruleset

GOOD = Path(__file__).parent / "rulesets" / "good"


@pytest.fixture(scope="module")
def planting():
    return load_ruleset(GOOD / "planting_out.yaml")


def made(*, questions, criteria, outcomes=None, facts=None):
    return {
        "format": 1,
        "id": "made",
        "title": "Made",
        "version": "1",
        "language": "en",
        "sources": {"book": {"title": "Book", "kind": "book", "year": 2000}},
        "sections": [{"id": "all", "title": "All", "questions": questions}],
        "facts": facts or {},
        "criteria": criteria,
        "outcomes": outcomes or [{"id": "end", "title": "End", "text": "So."}],
    }


def loaded(**parts):
    return read_ruleset(json.dumps(made(**parts)).encode(), "made.yaml")


def yes_no(name, **more):
    return {"id": name, "text": "Is it so?", "type": "yes_no", **more}


def rule(status, when=None, points=0):
    return {
        "status": status,
        "points": points,
        "because": "So.",
        **({"when": when} if when else {}),
    }


def criterion(name, *rules):
    return {"id": name, "title": name, "sources": ["book"], "rules": list(rules)}


def test_the_documented_example_comes_out_as_documented(planting):
    found = checklist.assess(planting, {"night_low": 9, "hardened": None}).as_dict()
    assert found["ruleset"] == {"id": "planting-out", "version": "2026.1"}
    assert found["score"] == {"low": 0, "high": 4, "maximum": 4}
    assert found["outcomes"] == ["wait", "plant", "harden"]
    assert found["criteria"][0] == {
        "id": "warmth",
        "statuses": ["met", "partly", "not_met"],
        "rules": [2, 4, 5],
        "points": {"low": 0, "high": 2, "maximum": 2},
        "missing": ["frost_forecast", "fleece"],
    }
    assert found["find_out"][0]["question"] == "hardened"
    assert found["set_aside"] == []


def test_an_open_answer_that_cannot_matter_leaves_the_result_settled():
    ruleset = loaded(
        questions=[{"id": "age", "text": "Age?", "type": "integer", "minimum": 0, "maximum": 120}],
        criteria=[criterion("c", rule("not_yet", {"age": "< 18"}), rule("not_yet"))],
    )
    result = assess(ruleset, {}).criteria[0]
    assert result.statuses == ("not_yet",)
    assert result.rules == (1, 2)
    assert result.missing == ()


def test_two_questions_that_make_up_for_each_other_are_seen_together():
    # Rule by rule, each open answer looks as if it could change the status; together they cannot.
    ruleset = loaded(
        questions=[yes_no("a"), yes_no("b", enable_when={"a": "yes"})],
        criteria=[
            criterion(
                "c",
                rule("met", {"a": "no"}),
                rule("met", {"b": "yes"}),
                rule("met", {"b": "no"}),
                rule("partly"),
            )
        ],
    )
    assert assess(ruleset, {}).criteria[0].statuses == ("met",)


def test_criteria_that_share_an_open_question_are_added_up_together():
    # Apart each is worth 0 to 2 points; with one answer for both the sum is always 2.
    ruleset = loaded(
        questions=[yes_no("a")],
        criteria=[
            criterion("one", rule("met", {"a": "yes"}, points=2), rule("not_met")),
            criterion("two", rule("met", {"a": "no"}, points=2), rule("not_met")),
        ],
        outcomes=[
            {"id": "both", "title": "B", "text": "So.", "when": {"one": "met", "two": "met"}},
            {"id": "either", "title": "E", "text": "So."},
        ],
    )
    found = assess(ruleset, {})
    assert (found.score.low, found.score.high) == (2, 2)
    assert found.outcomes == ("either",)
    assert found.find_out == ()


def test_an_answer_on_a_closed_branch_is_set_aside_and_counts_again_when_it_opens():
    ruleset = loaded(
        questions=[yes_no("a"), yes_no("b", enable_when={"a": "yes"})],
        criteria=[criterion("c", rule("met", {"b": "yes"}), rule("not_met"))],
    )
    closed = assess(ruleset, {"a": "no", "b": "yes"})
    assert closed.set_aside == ("b",)
    assert closed.criteria[0].statuses == ("not_met",)
    assert assess(ruleset, {"a": "yes", "b": "yes"}).criteria[0].statuses == ("met",)
    assert assess(ruleset, {"b": "yes"}).set_aside == ()


def test_every_test_on_a_question_that_does_not_apply_fails_even_its_opposite():
    ruleset = loaded(
        questions=[yes_no("a"), yes_no("b", enable_when={"a": "yes"})],
        criteria=[
            criterion("c", rule("met", {"b": ["yes", "no"]}), rule("not_yet")),
        ],
    )
    assert assess(ruleset, {"a": "no"}).criteria[0].statuses == ("not_yet",)


def test_a_grid_is_open_item_by_item():
    grid = {
        "id": "g",
        "text": "Which?",
        "type": "grid",
        "items": {"x": "X", "y": "Y", "z": "Z"},
        "options": {"good": "Good", "bad": "Bad"},
    }
    ruleset = loaded(
        questions=[grid],
        facts={"bad": {"text": "bad ones", "count": "g", "where": ["bad"]}},
        criteria=[criterion("c", rule("not_met", {"bad": ">= 2"}), rule("met"))],
    )
    assert assess(ruleset, {"g": {"x": "bad", "y": "bad"}}).criteria[0].statuses == ("not_met",)
    assert assess(ruleset, {"g": {"x": "good", "y": "good"}}).criteria[0].missing == ()
    assert assess(ruleset, {"g": {"x": "bad"}}).criteria[0].missing == ("g",)


def test_what_is_only_asked_later_never_comes_first_among_what_to_find_out(planting):
    order = [entry.question for entry in assess(planting, {}).find_out]
    assert order.index("frost_forecast") < order.index("fleece")


def test_whether_a_question_applies_may_itself_be_open(planting):
    assert applies(planting, {})["fleece"] == "maybe"
    assert applies(planting, {"frost_forecast": "yes"})["fleece"] == "yes"
    assert applies(planting, {"frost_forecast": "no"})["fleece"] == "no"


def test_forty_open_questions_are_judged_exactly():
    names = [f"q{number}" for number in range(40)]
    ruleset = loaded(
        questions=[
            {"id": name, "text": "How many?", "type": "integer", "minimum": 0, "maximum": 99}
            for name in names
        ],
        criteria=[
            criterion(
                f"c{start}",
                rule("met", {names[start]: "< 10", names[start + 1]: "20..30"}, 1),
                rule("partly", {names[start + 2]: "> 50", names[start + 3]: "<= 7"}),
                rule("not_met"),
            )
            for start in range(0, 40, 4)
        ],
        outcomes=[
            {"id": "all", "title": "All", "text": "So.", "when": {"score": 10}},
            {"id": "some", "title": "Some", "text": "So."},
        ],
    )
    found = assess(ruleset, {})
    assert (found.score.low, found.score.high) == (0, 10)
    assert found.outcomes == ("all", "some")
    assert len(found.find_out) == 20
    assert all(len(result.missing) == 4 for result in found.criteria)
