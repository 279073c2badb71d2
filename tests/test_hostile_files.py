"""Files from strangers, spoilt in many ways: each is taken or refused in words, never a trace."""

import json
import random
from pathlib import Path

import pytest

from checklist.answers import read_answers
from checklist.errors import AnswersError, RulesetError
from checklist.loader import load_ruleset, read_ruleset
from checklist.text_rules import first_refused
from checklist.verify import check_ruleset
from checklist.yaml_text import read_yaml

ROOT = Path(__file__).parents[1]
EVERY_KIND = ROOT / "tests" / "rulesets" / "every_kind.yaml"
SOUND = [EVERY_KIND, ROOT / "tests" / "rulesets" / "good" / "planting_out.yaml"]
STRANGE = [
    *("", "~", "null", "true", "no", "0", "-1", "1.5", ".inf", ".nan", "0x1F", "0o17", "1e999"),
    *(
        "9" * 15,
        "9" * 16,
        "9" * 5000,
        "[]",
        "{}",
        "[[[[]]]]",
        "{a: {b: {c: d}}}",
        "- a",
        "? x",
        "!!int a",
    ),
    *(
        "*a",
        "&a b",
        "'",
        '"',
        '"\\e]0;x\\a"',
        '"\\0"',
        '"\\u202e"',
        '"\\ud800"',
        "\u202e",
        "e\u0301",
    ),
    *(
        "> 5",
        '"> 5"',
        '"< -99999"',
        "3..1",
        "3..6",
        "[1, [2, [3]]]",
        "score",
        "outcome",
    ),
    *(
        "count: x",
        "tally: []",
        "when: ~",
        "type: grid",
        "type: x",
        "id: a",
        "...",
        "---",
        "|",
        ">",
        "%",
    ),
    *(
        "\x00",
        "\x85",
        "\ufeff",
        "\r",
        "\t",
        "a: b: c",
        "<<: {}",
        "=",
        "[key]",
        "{1: 2}",
        "{[a]: b}",
    ),
]


def spoilt(text, chance):
    for _ in range(chance.choice([1, 1, 2, 3, 6])):
        text = chance.choice([cut, doubled, swapped, replaced, inserted, renamed])(text, chance)
    return text


def cut(text, chance):
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines) or 1)
    del lines[at : at + chance.choice([1, 1, 1, 5])]
    return "".join(lines)


def doubled(text, chance):
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines) or 1)
    lines[at:at] = lines[at : at + chance.choice([1, 3])]
    return "".join(lines)


def swapped(text, chance):
    words = text.split(" ")
    a, b = chance.randrange(len(words)), chance.randrange(len(words))
    words[a], words[b] = words[b], words[a]
    return " ".join(words)


def replaced(text, chance):
    words = text.split(" ")
    words[chance.randrange(len(words))] = chance.choice(STRANGE)
    return " ".join(words)


def inserted(text, chance):
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(STRANGE) + text[at:]


def renamed(text, chance):
    words = sorted({word.strip("{}[]:,\"'") for word in text.split()} - {""}) or ["x"]
    return text.replace(chance.choice(words), chance.choice(words), chance.choice([1, 2, -1]))


def encoded(text):
    return text.encode("utf-8", "surrogatepass")


def grown_wrong(value, chance, rate=0.01):
    """Return a tree of values, some of them of another kind, gone, doubled or renamed."""
    if chance.random() < rate:
        return chance.choice(
            [None, True, "x", "", "Bad Name", "> 5", 7, -1, 2.5, [], {}, ["x"], {"x": 1}]
        )
    if isinstance(value, list):
        grown = [grown_wrong(part, chance, rate) for part in value]
        if grown and chance.random() < rate:
            chance.choice([grown.append, grown.remove])(chance.choice(grown))
        return grown
    if isinstance(value, dict):
        grown = {key: grown_wrong(part, chance, rate) for key, part in value.items()}
        if grown and chance.random() < rate:
            kept = grown.pop(chance.choice(list(grown)))
            grown[chance.choice(["", "x", "Bad Name", "[key]", "choice", "count", "id"])] = kept
        return grown
    return value


def ruleset_faults(content):
    try:
        check_ruleset(read_ruleset(content, "spoilt.yaml"))
    except RulesetError as error:
        return error.problems
    return None


def answers_faults(ruleset, content):
    try:
        read_answers(ruleset, content)
    except AnswersError as error:
        return error.problems
    return None


def assert_all_are_told_with_a_place(problems):
    assert problems
    for problem in problems:
        assert problem.where
        assert problem.place.file == "spoilt.yaml"
        assert first_refused(str(problem)) is None
        assert "stand-in" not in str(problem)


@pytest.mark.parametrize("seed", range(10))
def test_a_ruleset_spoilt_in_its_text_is_taken_or_refused_with_places(seed):
    chance = random.Random(seed)  # noqa: S311 - a seed that fails must fail again
    for _ in range(15):
        content = encoded(spoilt(chance.choice(SOUND).read_text("utf-8"), chance))
        if (problems := ruleset_faults(content)) is not None:
            assert_all_are_told_with_a_place(problems)


@pytest.mark.parametrize("seed", range(10))
def test_a_ruleset_spoilt_in_its_values_is_taken_or_refused_with_places(seed):
    chance = random.Random(seed)  # noqa: S311
    for _ in range(15):
        sound = read_yaml(chance.choice(SOUND).read_bytes(), "sound.yaml").value
        rate = chance.choice([0.003, 0.01, 0.05])
        content = json.dumps(grown_wrong(sound, chance, rate)).encode()  # which is YAML too
        if (problems := ruleset_faults(content)) is not None:
            assert_all_are_told_with_a_place(problems)


@pytest.mark.parametrize("seed", range(10))
def test_a_spoilt_answers_file_is_taken_or_refused_in_words(seed):
    chance = random.Random(seed)  # noqa: S311
    ruleset = load_ruleset(EVERY_KIND)
    answers = {
        "plain": "no",
        "size": "small",
        "weight": 5,
        "smells": ["tar", "smoke"],
        "parts": {"lid": "worn"},
        "notes": "Gr\u00fc\u00dfe",
    }
    outer = {"format": 1, "ruleset": "every-kind", "version": "1", "answers": answers}
    for number in range(25):
        text = json.dumps(grown_wrong(outer, chance, 0.05) if number % 2 else outer, indent=1)
        problems = answers_faults(ruleset, encoded(spoilt(text, chance)))
        if problems is not None:
            assert problems
            assert all(first_refused(str(problem)) is None for problem in problems)
