"""What ``checklist check`` tells people and programs."""

import io
import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from checklist.checking import Bar, check_file
from checklist.errors import Problem
from wire import WAIT

ROOT = Path(__file__).parents[1]
BAD = ROOT / "tests" / "rulesets" / "bad"
RIDE = ROOT / "examples" / "long_ride.yaml"

NUMBER = {"type": "integer", "minimum": 0}
FINDING = {
    "type": "object",
    "properties": {
        "kind": {"type": "string"},
        "where": {"type": "string"},
        "line": {"type": ["integer", "null"], "minimum": 1},
        "column": {"type": ["integer", "null"], "minimum": 1},
        "message": {"type": "string", "minLength": 1},
        "answers": {"type": ["object", "null"]},
    },
}
COUNTS = ("criteria", "outcomes", "promises", "cases")
CHANGES = (
    "made",
    "reported_by_check",
    "alike",
    "noticed_by_a_case",
    "noticed_by_a_promise",
    "unnoticed",
    "not_compared",
)

SHAPE = {
    "type": "object",
    "properties": {
        "format": {"const": 1},
        "file": {"type": "string"},
        "sound": {"type": "boolean"},
        "ruleset": {
            "type": ["object", "null"],
            "properties": {"id": {"type": "string"}, "version": {"type": "string"}},
        },
        "counts": {"type": ["object", "null"], "properties": dict.fromkeys(COUNTS, NUMBER)},
        "problems": {"type": "array", "items": FINDING},
        "warnings": {"type": "array", "items": FINDING},
        "changes": {
            "type": ["object", "null"],
            "properties": dict.fromkeys(CHANGES, NUMBER) | {"seconds": {"type": "number"}},
        },
    },
}


def closed(shape):
    """Return a JSON Schema in which every object has all of its keys and no others."""
    if isinstance(shape, dict):
        made = {key: closed(value) for key, value in shape.items()}
        if "properties" in shape:
            made |= {"required": list(shape["properties"]), "additionalProperties": False}
        return made
    return shape


def check(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "checklist", "check", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        timeout=WAIT,
    )


@pytest.mark.parametrize(
    ("path", "sound", "arguments"),
    [
        (RIDE, True, ["--mutants"]),
        (ROOT / "rules.yaml", True, []),
        (BAD / "promise_broken.yaml", False, ["--mutants"]),
        (BAD / "not_yaml.yaml", False, []),
        (ROOT / "nowhere.yaml", False, []),
    ],
    ids=["guarded", "sound", "broken", "unread", "missing"],
)
def test_a_program_is_told_all_in_one_shape(path, sound, arguments):
    done = check(path, "--json", *arguments)
    told = json.loads(done.stdout)
    jsonschema.Draft202012Validator(closed(SHAPE)).validate(told)
    assert told["sound"] == (done.returncode == 0) == sound
    assert told["sound"] == (told["problems"] == [])
    assert (done.stderr == "") == sound  # the reason stands on standard error, whoever asks


def test_a_program_gets_the_answers_that_break_a_promise():
    [problem] = json.loads(check(BAD / "promise_broken.yaml", "--json").stdout)["problems"]
    assert problem["kind"] == "promise_broken"
    assert problem["answers"] == {"minutes": 3}
    assert (problem["line"], problem["where"]) == (42, "promises.1")


def test_a_fault_is_told_once_whichever_answers_show_it():
    twice = [Problem("The same", answers={"size": size}) for size in ("small", "large")]
    assert len(set(twice)) == 1


def test_every_kind_that_is_told_to_programs_is_explained():
    explained = (ROOT / "docs" / "ruleset.md").read_text("utf-8")
    kinds = {
        problem.kind
        for path in BAD.glob("*.yaml")
        for problem in check_file(str(path), "2026-01-31").problems
    }
    assert len(kinds) > 8
    assert [kind for kind in sorted(kinds) if f"`{kind}`" not in explained] == []


def test_the_example_far_from_medicine_is_guarded_in_full():
    done = check("--mutants", RIDE)
    assert done.returncode == 0, done.stderr
    assert "none unnoticed" in done.stdout


def test_a_change_that_nothing_notices_fails_the_check_with_its_line(tmp_path):
    unguarded = tmp_path / "ride.yaml"
    text = RIDE.read_text("utf-8")
    unguarded.write_text(text[: text.index("  - name: It grinds")], "utf-8")
    done = check("--mutants", unguarded)
    assert done.returncode == 1
    assert f"{unguarded}:69:3: facts.bad_noises: no case and no promise notices if grind" in (
        done.stderr
    )
    assert "none unnoticed" not in done.stdout


def test_no_change_is_tried_while_something_else_is_wrong():
    done = check("--mutants", BAD / "promise_broken.yaml")
    assert done.returncode == 1
    assert "first mend what stands above" in done.stderr
    assert "changes of one thing" not in done.stdout


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("stream", "patience", "drawn"),
    [(Terminal(), 0, True), (Terminal(), 1000, False), (io.StringIO(), 0, False)],
    ids=["slow work at a terminal", "quick work", "no terminal"],
)
def test_progress_is_drawn_only_for_slow_work_at_a_terminal(stream, patience, drawn):
    with Bar("Checking", stream, patience) as bar:
        for done in (1, 2, 3):
            bar(done, 3)
    assert ("100%" in stream.getvalue()) == drawn
