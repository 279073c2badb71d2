"""An editor that knows the JSON Schema completes the format, explains it and marks faults."""

import re
from pathlib import Path

import jsonschema
import pytest

from checklist.errors import RulesetError
from checklist.loading.editor_schema import json_schema, schema_text
from checklist.loading.loader import read_ruleset
from checklist.loading.yaml_text import read_yaml

ROOT = Path(__file__).parents[1]
RULESETS = ROOT / "tests" / "rulesets"
GOOD = [ROOT / "rules.yaml", ROOT / "examples" / "long_ride.yaml", RULESETS / "every_kind.yaml"]
SHAPES = {"Ruleset": json_schema(), **json_schema()["$defs"]}

# What a schema cannot see: what names mean, and what is no value at all.
BAD = {
    path.stem: path.read_text("utf-8", errors="replace")
    for path in sorted((RULESETS / "bad").glob("[!c]*.yaml"))  # no answers of cases
    if re.search(
        r"unknown key|is missing|this must be (a|text)|cannot stand here; it can be (1|met)"
        r"|did you mean 'partly'|there is no type|may hold only",
        path.read_text("utf-8", errors="replace").split("format: ")[0],
    )
}
SEEN_BY_NAME_ONLY = {
    "case_expects_a_strange_score",
    "count_without_where",
    "unknown_status_in_an_outcome",
}


def is_accepted(text):
    validator = jsonschema.Draft202012Validator(json_schema())
    return validator.is_valid(read_yaml(text.encode(), "f").value)


@pytest.mark.parametrize("name", SHAPES)
def test_every_key_is_explained(name):
    keys = SHAPES[name].get("properties", {})
    assert [key for key, value in keys.items() if not value.get("description")] == []


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_sound_ruleset_has_no_mark_in_an_editor(path):
    assert is_accepted(path.read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(BAD.keys() - SEEN_BY_NAME_ONLY))
def test_a_fault_of_shape_is_marked_in_an_editor(name):
    assert not is_accepted(BAD[name])


def test_the_schema_beside_the_rules_is_the_one_that_the_program_prints():
    assert (ROOT / "schema.json").read_text("utf-8") == schema_text()


@pytest.mark.parametrize("path", GOOD[:2], ids=lambda path: path.stem)
def test_a_ruleset_names_the_schema_in_its_first_line(path):
    first = path.read_text("utf-8").splitlines()[0]
    named = first.removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / named).resolve() == ROOT / "schema.json"


def test_the_first_line_counts_as_a_line():
    text = (ROOT / "rules.yaml").read_text("utf-8").replace("format: 1", "format: 2")
    with pytest.raises(RulesetError, match=r"rules\.yaml:2:9: format: "):
        read_ruleset(text.encode(), "rules.yaml")
