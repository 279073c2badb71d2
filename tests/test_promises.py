"""A promise is proven or broken over all answers, as a naive enumeration would have it."""

import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import naive
from checklist.checks.promises import breaking_answers
from checklist.checks.verify import check_ruleset
from checklist.engine import groups
from checklist.loading.loader import read_ruleset
from random_rulesets import SINGLE, STATUSES, domain, fact_domains, rulesets, score_range, whens
from test_engine import criterion, made, rule, yes_no


def everything_testable(raw):
    questions = naive.questions_of(raw)
    domains = {
        name: domain(q) for name, q in questions.items() if q["type"] in SINGLE
    } | fact_domains(raw)
    domains |= {c["id"]: list(STATUSES) for c in raw["criteria"]}
    domains["outcome"] = [outcome["id"] for outcome in raw["outcomes"]]
    domains["score"] = score_range(raw["criteria"])
    return domains


def is_broken_by(raw, never, world):
    _, values, outcome = naive.judge(raw, world)
    told = {**values, "outcome": outcome}
    asked = {name: test for name, test in never.items() if name not in told}
    return naive.holds(raw, asked, world, naive.applying(raw, world)) and all(
        naive.passes(test, told[name]) for name, test in never.items() if name in told
    )


def agrees(shown, world):
    return all(
        answer.items() <= world[name].items() if isinstance(answer, dict) else answer == world[name]
        for name, answer in shown.items()
    )


@settings(max_examples=150)
@given(st.data())
def test_a_promise_holds_exactly_if_no_answers_break_it(data):
    assert_held_or_broken(data)


@settings(max_examples=150)
@given(st.data())
def test_so_it_is_where_only_the_questions_that_tie_criteria_are_gone_through(data):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(groups, "JOINT", 0)
        assert_held_or_broken(data)


def assert_held_or_broken(data):
    raw = data.draw(rulesets())
    never = data.draw(whens(everything_testable(raw)))
    worlds = list(naive.completions(raw, {}))
    assume(len(worlds) <= 1500)
    raw["promises"] = [{"text": "Never so", "never": never}]
    ruleset = read_ruleset(json.dumps(raw).encode(), "random.yaml")

    found = breaking_answers(ruleset, ruleset.promises[0])

    broken = [world for world in worlds if is_broken_by(raw, never, world)]
    assert (found is not None) == bool(broken)
    if found is not None:
        shown = json.loads(json.dumps(found))
        fitting = [world for world in worlds if agrees(shown, world)]
        assert fitting
        assert all(world in broken for world in fitting)


@settings(max_examples=100)
@given(st.data())
def test_dead_rules_and_outcomes_are_reported_and_no_others(data):
    raw = data.draw(rulesets())
    worlds = list(naive.completions(raw, {}))
    assume(len(worlds) <= 1500)
    ruleset = read_ruleset(json.dumps(raw).encode(), "random.yaml")

    judged = [naive.judge(raw, world) for world in worlds]
    alive = {(name, number) for decided, _, _ in judged for name, number in decided.items()}
    dead = {
        f"criteria.{c['id']}.rules.{n}"
        for c in raw["criteria"]
        for n in range(1, len(c["rules"]) + 1)
        if (c["id"], n) not in alive
    }
    reached = {outcome for _, _, outcome in judged}
    dead |= {f"outcomes.{o['id']}" for o in raw["outcomes"] if o["id"] not in reached}

    reported = {p.where for p in check_ruleset(ruleset) if "never" in p.message}
    assert {w for w in reported if w.startswith(("criteria", "outcomes"))} == dead


def test_a_promise_over_two_large_criteria_is_proven_and_its_breach_names_few_answers():
    names = [[f"{letter}{n}" for n in range(11)] for letter in "qz"]
    raw = made(
        questions=[yes_no(name) for group in names for name in group],
        facts={"both": {"text": "both", "tally": [{"q0": "yes"}, {"z0": "yes"}]}},
        criteria=[
            criterion(f"c{n}", rule("met", dict.fromkeys(group, "yes"), 1), rule("not_met"))
            for n, group in enumerate(names)
        ],
    )
    raw["promises"] = [
        {"text": "Holds", "never": {"both": 0, "c0": "met"}},
        {"text": "Broken", "never": {"both": 0, "c0": "not_met"}},
    ]
    ruleset = read_ruleset(json.dumps(raw).encode(), "made.yaml")
    assert breaking_answers(ruleset, ruleset.promises[0]) is None
    assert breaking_answers(ruleset, ruleset.promises[1]) == {"q0": "no", "z0": "no"}
