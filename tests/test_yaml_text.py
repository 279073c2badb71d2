"""A ruleset file from a stranger is read safely, by the words of YAML 1.2."""

import pytest

from checklist.errors import RulesetError
from checklist.loading.yaml_text import read_yaml
from checklist.text_rules import first_refused, without_refused


def value_of(text):
    document = read_yaml(text.encode(), "f.yaml")
    assert not document.problems
    return document.value


def refusal(content):
    with pytest.raises(RulesetError) as caught:
        read_yaml(content, "f.yaml")
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no", "no"),
        ("a: yes", "yes"),
        ("a: on", "on"),
        ("a: true", True),
        ("a: 010", 10),
        ("a: 1:30", "1:30"),
        ("a: 2001-12-14", "2001-12-14"),
        ("a: 1_000", "1_000"),
        ("a: 0x1F", 31),
        ("a: 0o17", 15),
        ("a: -0x1F", "-0x1F"),
        ("a: 0x", "0x"),
        ("a: 000000000000000000007", 7),
        ("a: '5'", "5"),
        ("a: 3..6", "3..6"),
        ("a: -5", -5),
        ("a: 5.0", 5.0),
        ("a:", None),
        ("a: ~", None),
        ('a: ""', ""),
        ("a: =", "="),
        ("a: <<", "<<"),
    ],
)
def test_words_mean_what_yaml_1_2_says(text, value):
    assert value_of(text) == {"a": value}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b"# only this\n", "the file is empty"),
        (b"a: \xff", "f.yaml:1:4: ruleset: this is not UTF-8"),
        (b"a: b\n\x00", "f.yaml:2:1: ruleset: the character U+0000"),
        (b"[" * 100_000, "f.yaml:1:11: ruleset: more than 10 lists or groups"),
        (b"a: &x [b]\nc: *x", "'&x' marks a value for repeating"),
        (b"a: *x", "'*x' repeats another value"),
        (b"a: !!python/object:os.system x", "YAML calls a tag"),
        (b"a: !x y", "YAML calls a tag"),
        (b"a: 1\n---\nb: 2", "f.yaml:2:1: ruleset: '---' begins a second document"),
        (b"a: 'b", "a quote is opened and not closed"),
        (b"a: b: c", "must stand in quotes"),
        (b"\xef\xbb\xbfa: [", "this cannot be read: "),
        (b"x" * 300_000, "larger than 256 KiB"),
    ],
    ids=range(14),
)
def test_a_hostile_file_is_refused_at_its_line(content, says):
    assert says in refusal(content)


def test_a_billion_laughs_is_not_even_begun():
    bomb = b"a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\n"
    assert "f.yaml:1:4" in refusal(bomb)


def test_a_key_that_stands_twice_is_reported_with_both_lines():
    document = read_yaml(b"a: 1\nb: 2\na: 3\n", "f.yaml")
    [problem] = document.problems
    assert (
        str(problem)
        == "f.yaml:3:1: ruleset: the key 'a' stands here again, after line 1; keep one of them"
    )


def test_what_may_not_stand_in_a_text_is_found_among_all_characters():
    every = [chr(number) for number in range(0x110000)]
    refused = [character for character in every if not without_refused(character)]
    assert [character for character in every if first_refused(character) == 0] == refused
    assert first_refused("plain" + "".join(refused)) == len("plain")
