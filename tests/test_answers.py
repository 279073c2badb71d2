"""Answers from a file or from Python: taken exactly, or refused with every fault named."""

import json

import pytest

from checklist.errors import AnswersError
from checklist.loading.loader import load_ruleset
from checklist.ruleset.answers import check_answers, read_answers, write_answers

GIVEN = {
    "plain": "no",
    "size": "small",
    "weight": 5,
    "colour": "yes",
    "smells": ["tar", "smoke"],
    "parts": {"lid": "worn"},
    "notes": "Grüße",
    "mood": None,
}


@pytest.fixture(scope="module")
def ruleset(every_kind_path):
    return load_ruleset(every_kind_path)


@pytest.fixture(scope="module")
def every_kind_path(request):
    return request.config.rootpath / "tests" / "rulesets" / "every_kind.yaml"


def file_of(answers, **changed):
    outer = {"format": 1, "ruleset": "every-kind", "version": "1", "answers": answers, **changed}
    return json.dumps(outer).encode()


def faults(ruleset, content):
    with pytest.raises(AnswersError) as caught:
        read_answers(ruleset, content)
    return str(caught.value)


def test_what_is_written_is_read_again_whole(ruleset):
    answers = check_answers(ruleset.questions, GIVEN)
    assert read_answers(ruleset, write_answers(ruleset, answers).encode()) == answers


def test_open_answers_are_absent_and_ticked_options_stand_in_the_forms_order(ruleset):
    answers = check_answers(ruleset.questions, GIVEN)
    assert "mood" not in answers
    assert answers["smells"] == ("smoke", "tar")


def test_none_of_these_is_an_answer_and_not_open(ruleset):
    assert check_answers(ruleset.questions, {"smells": []}) == {"smells": ()}


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("plain", "maybe", "not an option; it can be yes, no"),
        ("plain", True, "must be a word in quotes"),
        ("size", "smal", "did you mean 'small'?"),
        ("weight", "5", "whole number from 0 to 120, without quotes"),
        ("weight", 5.0, "whole number from 0 to 120"),
        ("weight", True, "whole number from 0 to 120"),
        ("weight", 121, "121 is outside the range"),
        ("smells", "tar", "must be a list"),
        ("smells", ["tar", "tar"], "twice"),
        ("parts", ["lid"], "must map each item"),
        ("parts", {"lit": "worn"}, "did you mean 'lid'?"),
        ("parts", {"lid": "lost"}, "lid: 'lost' is not an option"),
        ("notes", 5, "must be text"),
        ("notes", "x" * 601, "longer than 600"),
        ("notes", "a\u202eb", "U+202E"),
        ("wieght", 5, "did you mean 'weight'?"),
    ],
)
def test_a_bad_answer_is_named_with_what_is_allowed(ruleset, name, value, says):
    assert says in faults(ruleset, file_of({name: value}))


def test_all_bad_answers_are_named_at_once(ruleset):
    message = faults(ruleset, file_of({"plain": "x", "weight": -1, "nose": 1}, ruleset="other"))
    assert len(message.splitlines()) == 4


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b"{", "line 1, column 2"),
        (b"[]", "an answers file is an object"),
        (b"{}", "the key answers is missing"),
        (b'{"format": 1, "format": 1}', "stands twice"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": -Infinity}', "Infinity"),
        (b'{"a": 1e999}', "too large"),
        (b'{"a": ' + b"9" * 5000 + b"}", "more than 15 digits"),
        (b"[" * 100_000, "nested more than 10 deep"),
        (b'{"a": "' + b"x" * 300_000 + b'"}', "larger than 256 KiB"),
        (file_of({}, format=2), "must be 1"),
        (file_of({}, format=True), "must be 1"),
        (file_of({}, version=1), "must be text"),
        (file_of({}, extra=1), "unknown key 'extra'"),
        (file_of([]), "must map question ids"),
        (file_of({"notes": "\ud800"}), "U+D800"),
    ],
    ids=range(19),
)
def test_a_bad_file_is_refused_in_one_clear_line(ruleset, content, says):
    assert says in faults(ruleset, content)


def test_every_bad_entry_of_a_list_or_grid_is_named(ruleset):
    message = faults(
        ruleset, file_of({"smells": ["tarr", 5, "tar", "tar"], "parts": {"lit": "x", "lid": "y"}})
    )
    assert [line.split(": ")[0] for line in message.splitlines()] == ["answers.smells"] * 3 + [
        "answers.parts"
    ] * 2


def test_an_unknown_question_is_named_in_its_place(ruleset):
    assert faults(ruleset, file_of({"wieght": 5})).startswith(
        "answers.wieght: there is no question"
    )


def test_many_unknown_keys_are_told_at_once(ruleset):
    assert len(faults(ruleset, file_of({f"k{n}": 1 for n in range(18_000)})).splitlines()) == 18_000
