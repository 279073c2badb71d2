"""A promise is proven or broken over all answers, as a naive enumeration would have it."""

import json

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import naive
from checklist.loader import read_ruleset
from checklist.verify import breaking_answers, check_ruleset
from random_rulesets import STATUSES, domain, rulesets, whens


def everything_testable(raw):
    questions = naive.questions_of(raw)
    domains = {
        name: domain(q)
        for name, q in questions.items()
        if q["type"] not in ("grid", "multi_choice")
    }
    domains |= {c["id"]: list(STATUSES) for c in raw["criteria"]}
    domains["outcome"] = [outcome["id"] for outcome in raw["outcomes"]]
    domains["score"] = (0, sum(max(r["points"] for r in c["rules"]) for c in raw["criteria"]))
    return domains


def is_broken_by(raw, never, world):
    _, values, outcome = naive.judge(raw, world)
    told = {**values, "outcome": outcome}
    asked = {name: test for name, test in never.items() if name not in told}
    return naive.holds(raw, asked, world, naive.applying(raw, world)) and all(
        naive.passes(test, told[name]) for name, test in never.items() if name in told
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_promise_holds_exactly_if_no_answers_break_it(data):
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
        assert any(shown.items() <= world.items() for world in map(dict, broken))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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
