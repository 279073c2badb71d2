"""What an assessment says, on small rulesets that can be worked out by hand."""

import json
from pathlib import Path

import pytest

import checklist
from checklist.engine.assess import applies, assess
from checklist.errors import RulesetError
from checklist.loading.loader import load_ruleset, read_ruleset

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


def donor_and_ten_questions():
    parts = {"a": "A", "b": "B", "c": "C"}
    asked = [
        {"id": f"q{n}", "text": "?", "type": "choice", "options": parts}
        | {"enable_when": {"donor": "yes"}}
        for n in range(10)
    ]
    judged = [
        criterion(
            f"c{n}",
            rule("met", {f"q{n}": "a"}, 1),
            rule("not_met", {f"q{n}": "b"}),
            rule("not_yet"),
        )
        for n in range(10)
    ]
    outcomes = [
        {"id": "all", "title": "A", "text": "So.", "when": {"score": 10}},
        {"id": "other", "title": "O", "text": "So."},
    ]
    return loaded(questions=[yes_no("donor"), *asked], criteria=judged, outcomes=outcomes)


def test_many_criteria_tied_by_one_question_are_judged_exactly():
    found = assess(donor_and_ten_questions(), {})
    assert found.outcomes == ("all", "other")
    assert (found.score.low, found.score.high) == (0, 10)
    assert [entry.question for entry in found.find_out] == ["donor", *(f"q{n}" for n in range(10))]


def test_with_the_tie_answered_the_rest_falls_apart():
    ruleset = donor_and_ten_questions()
    assert assess(ruleset, {"donor": "no"}).outcomes == ("other",)
    settled = {f"q{n}": "a" for n in range(9)}
    last = assess(ruleset, {"donor": "yes", **settled})
    assert [entry.question for entry in last.find_out] == ["q9"]
    assert assess(ruleset, {**settled, "q9": "b"}).outcomes == ("other",)


def test_a_question_shared_by_large_criteria_is_gone_through_alone():
    age = {"id": "age", "text": "Age?", "type": "integer", "minimum": 0, "maximum": 99}
    own = [[f"q{n}_{m}" for m in range(4)] for n in range(5)]
    judged = [
        criterion(
            f"c{n}",
            rule("not_met", {"age": "< 18"}),
            rule("met", dict.fromkeys(names, "yes"), 1),
            rule("partly"),
        )
        for n, names in enumerate(own)
    ]
    outcomes = [
        {"id": "young", "title": "Y", "text": "So.", "when": {"c0": "not_met", "c4": "partly"}},
        {"id": "best", "title": "B", "text": "So.", "when": {"score": 5}},
        {"id": "other", "title": "O", "text": "So."},
    ]
    asked = [age, *(yes_no(name) for names in own for name in names)]
    found = assess(loaded(questions=asked, criteria=judged, outcomes=outcomes), {})
    assert found.outcomes == ("best", "other")
    assert len(found.find_out) == 21


def test_points_may_be_huge_where_they_are_few():
    ruleset = loaded(
        questions=[yes_no("a"), yes_no("b")],
        criteria=[
            criterion("one", rule("met", {"a": "yes"}, 1_000_000_000), rule("not_met", points=-3)),
            criterion("two", rule("met", {"b": "yes"}, 4), rule("not_met")),
        ],
        outcomes=[
            {"id": "exactly", "title": "E", "text": "So.", "when": {"score": [1, 1_000_000_000]}},
            {"id": "other", "title": "O", "text": "So."},
        ],
    )
    found = assess(ruleset, {})
    assert (found.score.low, found.score.high) == (-3, 1_000_000_004)
    assert assess(ruleset, {"a": "no"}).outcomes == ("exactly", "other")
    assert assess(ruleset, {"a": "no", "b": "yes"}).outcomes == ("exactly",)


def doubling(*, tied):
    names = [f"q{n}" for n in range(16)]
    judged = [
        criterion(f"c{n}", rule("met", {name: "yes"}, 1 << n), rule("not_met"))
        for n, name in enumerate(names)
    ]
    if tied:
        judged.append(criterion("every", rule("met", dict.fromkeys(names, "yes")), rule("not_met")))
    outcomes = [
        {"id": "high", "title": "H", "text": "So.", "when": {"score": "> 40000"}},
        {"id": "low", "title": "L", "text": "So."},
    ]
    return loaded(questions=[yes_no(name) for name in names], criteria=judged, outcomes=outcomes)


def test_scores_that_can_come_out_in_too_many_ways_are_refused():
    assert assess(doubling(tied=False), {}).outcomes == ("high", "low")
    with pytest.raises(RulesetError, match="can come out in too many ways"):
        doubling(tied=True)


def test_every_group_that_is_too_entangled_is_named_and_what_it_shares_comes_first():
    names = [[f"{letter}{n}" for n in range(18)] for letter in "ab"]
    judged = [
        criterion(
            f"c_{group[0]}_{part}", rule("met", dict.fromkeys(group[part:], "yes")), rule("partly")
        )
        for group in names
        for part in (0, 1)
    ]
    with pytest.raises(RulesetError) as caught:
        loaded(questions=[yes_no(name) for group in names for name in group], criteria=judged)
    messages = [problem.message for problem in caught.value.problems]
    assert any(message.startswith("c_a0_0, c_a0_1: ") for message in messages)
    assert any(message.startswith("c_b0_0, c_b0_1: ") for message in messages)
    assert any("most telling first: a1, a2" in message for message in messages)


def test_counts_that_come_out_in_too_many_ways_are_named_as_facts():
    options = {f"o{n}": "O" for n in range(5)}
    items = {f"i{n}": "I" for n in range(30)}
    grid = {"id": "g", "text": "?", "type": "grid", "items": items, "options": options}
    counts = {f"f{n}": {"text": "f", "count": "g", "where": [f"o{n}"]} for n in range(4)}
    rules = [rule("met", {name: number}) for name in counts for number in range(31)]
    with pytest.raises(RulesetError, match="facts: f0, f1, f2, f3: these counts of one question"):
        loaded(questions=[grid], facts=counts, criteria=[criterion("c", *rules, rule("partly"))])
