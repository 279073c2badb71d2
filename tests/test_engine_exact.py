"""The engine against a naive enumeration of every completion, over random rulesets."""

import json
import os
from math import prod

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

import naive
from checklist.engine import groups
from checklist.engine.assess import assess
from checklist.loading.loader import read_ruleset
from random_rulesets import partial_answers, rulesets

EXAMPLES = 2000 if os.environ.get("CI") else 150
COMPLETIONS = 1500


@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(st.data())
def test_an_assessment_says_exactly_what_all_completions_say(data):
    raw = data.draw(rulesets())
    answers = data.draw(partial_answers(raw, data.draw(st.integers(0, 3))))
    values = [
        naive.all_values(question, answers.get(name))
        for name, question in naive.questions_of(raw).items()
    ]
    assume(prod(map(len, values)) <= COMPLETIONS)
    event(f"open questions: {sum(len(v) > 1 for v in values)}")

    content = json.dumps(raw).encode()
    expected = naive.assess(raw, answers)
    assessment = assess(read_ruleset(content, "random.yaml"), answers)
    assert_says(assessment.as_dict(), expected)
    with pytest.MonkeyPatch.context() as patch:
        # So only the questions that tie criteria are gone through, in a ruleset of any size.
        patch.setattr(groups, "JOINT", 1)
        tied = assess(read_ruleset(content, "random.yaml"), answers)
    assert tied == assessment


def assert_says(found, expected):
    assert found["score"] == expected["score"]
    assert found["outcomes"] == expected["outcomes"]
    assert [{k: v for k, v in c.items() if k != "id"} for c in found["criteria"]] == (
        list(expected["criteria"].values())
    )
    assert {entry["question"] for entry in found["find_out"]} == expected["find_out"]
    assert set(found["set_aside"]) == set(expected["set_aside"])
