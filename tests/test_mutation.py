"""A change of one thing is told apart, refused or noticed exactly as enumeration has it."""

import json

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import naive
from checklist.checks.mutation import try_changes
from checklist.checks.mutation.changes import changes_of
from checklist.checks.mutation.guards import Trial, Unnoticed
from checklist.checks.mutation.outcome_pair import telling_answers
from checklist.checks.verify import idle_questions
from checklist.loading.loader import read_ruleset
from random_rulesets import partial_answers, rulesets
from raw import raw_of
from test_engine import criterion, made, rule, yes_no

slowly = settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@st.composite
def guarded(draw):
    """Return a random ruleset with one case that comes out as expected, and its worlds."""
    raw = draw(rulesets())
    worlds = list(naive.completions(raw, {}))
    assume(len(worlds) <= 300)
    answers = draw(partial_answers(raw))
    expect = expectation(naive.assess(raw, answers))
    raw["cases"] = [{"name": "One", "answers": answers, "expect": expect}]
    return read_ruleset(json.dumps(raw).encode(), "random.yaml"), raw["cases"][0], worlds


def some_changes(data, ruleset):
    changes = list(changes_of(ruleset))
    return changes[data.draw(st.integers(0, 6)) :: 7]


def expectation(found):
    return {
        "outcome": found["outcomes"],
        "score": [found["score"]["low"], found["score"]["high"]],
        "criteria": {name: result["statuses"] for name, result in found["criteria"].items()},
    }


def judged(raw, worlds):
    """Return for every world what a case could expect of it; None where there is a gap."""
    try:
        return [naive.judge(raw, world)[1:] for world in worlds]
    except StopIteration:
        return None


def is_reported(raw, worlds):
    """Return whether there is a gap, or a rule or outcome that never decides."""
    try:
        found = [naive.judge(raw, world) for world in worlds]
    except StopIteration:
        return True
    deciding = {(name, number) for decided, _, _ in found for name, number in decided.items()}
    rules = {(c["id"], n) for c in raw["criteria"] for n in range(1, len(c["rules"]) + 1)}
    return deciding != rules or {o for _, _, o in found} != {o["id"] for o in raw["outcomes"]}


def told_apart(ruleset, change):
    if change.touched == "outcome":
        return telling_answers(ruleset, change.ruleset).succeeds()
    return Trial(ruleset).pair(change).told_apart


@slowly
@given(st.data())
def test_a_change_is_told_apart_exactly_if_some_answers_come_out_otherwise(data):
    ruleset, _, worlds = data.draw(guarded())
    before = judged(raw_of(ruleset), worlds)
    for change in some_changes(data, ruleset):
        after = judged(raw_of(change.ruleset), worlds)
        if after is not None:
            assert told_apart(ruleset, change) == (before != after), (change.where, change.what)


@slowly
@given(st.data())
def test_answers_shown_for_a_change_come_out_otherwise_whatever_they_leave_open(data):
    ruleset, _, _ = data.draw(guarded())
    for change in some_changes(data, ruleset):
        fate = Trial(ruleset).fate(change)
        if isinstance(fate, Unnoticed):
            raw, other = raw_of(ruleset), raw_of(change.ruleset)
            fitting = list(naive.completions(raw, json.loads(json.dumps(fate.answers))))
            pairs = zip(judged(raw, fitting), judged(other, fitting), strict=True)
            assert all(before != after for before, after in pairs), (change.what, fate.answers)


@slowly
@given(st.data())
def test_a_change_is_set_aside_if_check_would_report_it_and_else_is_not(data):
    ruleset, _, worlds = data.draw(guarded())
    assume(not is_reported(raw_of(ruleset), worlds))
    for change in some_changes(data, ruleset):
        refused = Trial(ruleset).fate(change) == "refused"
        if is_reported(raw_of(change.ruleset), worlds):
            assert refused, (change.where, change.what)
        else:
            assert not refused or idle_questions(change.ruleset), (change.where, change.what)


@slowly
@given(st.data())
def test_a_case_notices_a_change_exactly_if_it_then_comes_out_otherwise(data):
    ruleset, case, worlds = data.draw(guarded())
    for change in some_changes(data, ruleset):
        raw = raw_of(change.ruleset)
        if not is_reported(raw, worlds):
            found = expectation(naive.assess(raw, case["answers"]))
            noticed = Trial(ruleset).fate(change) == "by_case"
            assert noticed == (found != case["expect"]), (change.where, change.what)


def two_questions(**more):
    return (
        made(
            questions=[yes_no("a"), yes_no("b")],
            criteria=[
                criterion("c", rule("met", {"a": "yes"}, 1), rule("not_met")),
                criterion("d", rule("met", {"b": "yes"}, 1), rule("not_met")),
            ],
        )
        | more
    )


def tried(raw):
    return try_changes(read_ruleset(json.dumps(raw).encode(), "made.yaml"))


def test_without_cases_and_promises_nothing_is_noticed():
    found = tried(two_questions())
    assert found.counts["by_case"] == found.counts["by_promise"] == 0
    assert len(found.unnoticed) == found.counts["unnoticed"] > 0
    assert sum(found.counts.values()) == found.made


def test_an_unnoticed_change_is_told_with_its_line_and_answers_that_it_matters_to():
    [problem] = [
        change.problem
        for change in tried(two_questions()).unnoticed
        if change.change.what == "its status met becomes partly" and change.change.touched == "c"
    ]
    assert problem.message == (
        "no case and no promise notices if its status met becomes partly; "
        "with {a: yes}, c is met (1 point), and would be partly (1 point)"
    )
    assert problem.where == "criteria.c.rules.1"
    assert problem.place.line == 1
    assert problem.answers == {"a": "yes"}


def test_cases_for_every_rule_notice_every_change():
    cases = [
        {
            "name": f"{a} and {b}",
            "answers": {"a": a, "b": b},
            "expect": {
                "score": (a == "yes") + (b == "yes"),
                "criteria": {
                    "c": "met" if a == "yes" else "not_met",
                    "d": "met" if b == "yes" else "not_met",
                },
            },
        }
        for a, b in [("yes", "no"), ("no", "yes")]
    ]
    assert tried(two_questions(cases=cases)).unnoticed == ()


def test_a_promise_notices_what_would_break_it():
    promises = [{"text": "Never so", "never": {"a": "yes", "c": ["partly", "not_met", "not_yet"]}}]
    counts = tried(two_questions(promises=promises)).counts
    assert counts["by_promise"] >= 3


def test_points_that_make_up_for_each_other_in_every_case_are_not_told_apart():
    raw = made(
        questions=[{"id": "g", "text": "So?", "type": "multi_choice", "options": {"x": "X"}}],
        facts={"n": {"text": "so many", "count": "g", "items": ["x"]}},
        criteria=[
            criterion("c", rule("met", {"n": 1}, 1), rule("met", {}, 0)),
            criterion("d", rule("met", {"n": 1}, 0), rule("met", {}, 1)),
        ],
    )
    raw["facts"]["m"] = {"text": "so many", "tally": [{"n": 1}]}
    for entry in raw["criteria"]:
        entry["rules"][0]["when"] = {"m": 1}
    changes = tried(raw)
    # With the tally's test turned round, c gives a point where d did, and d where c did.
    turned = [u for u in changes.unnoticed if u.change.touched == "m"]
    assert turned == []


def test_what_is_too_entangled_to_be_compared_is_counted_and_not_guessed_at():
    names = [[f"{letter}{n}" for n in range(12)] for letter in "qz"]
    raw = made(
        questions=[yes_no("g"), *(yes_no(name) for group in names for name in group)],
        facts={"m": {"text": "so many", "tally": [{"g": "yes"}]}},
        criteria=[
            criterion(
                f"c{number}",
                rule("met", {"m": 1} | dict.fromkeys(group, "yes"), 1),
                rule("met"),
            )
            for number, group in enumerate(names)
        ],
    )
    trial = Trial(read_ruleset(json.dumps(raw).encode(), "made.yaml"))
    of_the_tally = [change for change in changes_of(trial.ruleset) if change.touched == "m"]
    assert {trial.fate(change) for change in of_the_tally} == {"not_compared"}
