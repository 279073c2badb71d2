"""A table with a gap is refused when it is loaded, and only then; naming answers in the gap."""

import json

import pytest
from hypothesis import HealthCheck, assume, given, settings

import naive
from checklist.errors import RulesetError
from checklist.loading.loader import read_ruleset
from random_rulesets import with_gaps


def gaps(raw):
    """Return where naive judging of every completion finds no rule."""
    found = set()
    for world in naive.completions(raw, {}):
        on = naive.applying(raw, world)
        for criterion in raw["criteria"]:
            if not any(
                naive.holds(raw, r.get("when") or {}, world, on) for r in criterion["rules"]
            ):
                found.add(f"criteria.{criterion['id']}.rules")
    if not found:
        for world in naive.completions(raw, {}):
            try:
                naive.judge(raw, world)
            except StopIteration:
                return {"outcomes"}
    return found


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(with_gaps())
def test_a_gap_is_refused_exactly_where_there_is_one(raw):
    assume(sum(1 for _ in naive.completions(raw, {})) <= 1500)
    expected = gaps(raw)
    if not expected:
        read_ruleset(json.dumps(raw).encode(), "random.yaml")
        return
    with pytest.raises(RulesetError) as caught:
        read_ruleset(json.dumps(raw).encode(), "random.yaml")
    assert {problem.where for problem in caught.value.problems} == expected
