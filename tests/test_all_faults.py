"""A ruleset with several faults is told all of them in one go, and of none that is not there."""

import re
from pathlib import Path

import pytest

from checklist.checks.verify import check_ruleset
from checklist.errors import RulesetError
from checklist.loading.loader import read_ruleset

SOUND = (Path(__file__).parent / "rulesets" / "good" / "planting_out.yaml").read_text("utf-8")
LAST_RULE = "- {status: met, points: 2, because: The nights are warm enough.}"
LAST_OUTCOME = (
    "  - {id: harden, title: Harden them first, text: Put them out by day for a while yet.}"
)
COUNT = "{text: pests seen in numbers, count: pests, where: [many]}"


def changed(*changes):
    text = SOUND
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


def faults(*changes):
    with pytest.raises(RulesetError) as caught:
        read_ruleset(changed(*changes), "f.yaml")
    return [re.sub(r"^f\.yaml:\d+:\d+: ", "", str(p)) for p in caught.value.problems]


def findings(*changes):
    found = check_ruleset(read_ruleset(changed(*changes), "f.yaml"))
    return [f"{problem.where}: {problem.message}" for problem in found]


def test_two_faults_of_one_rule_are_both_told():
    found = faults(
        ("{night_low: 1..4}, status: partly, points: 1", "{nite: 1..4}, status: x, points: one")
    )
    assert [line.split(": ")[0] for line in found] == [
        "criteria.warmth.rules.3.when.nite",
        "criteria.warmth.rules.3.status",
        "criteria.warmth.rules.3.points",
    ]


def test_a_gap_is_told_beside_faults_that_it_does_not_rest_on():
    wrong = [("title: The weather", "titel: The weather"), ("count: pests", "count: pest")]
    found = faults((LAST_RULE, ""), *wrong)
    assert any(line.startswith("criteria.warmth.rules: the rules leave a gap") for line in found)
    assert len(found) == 4


def test_nothing_is_said_of_a_gap_where_an_input_is_not_known():
    found = faults((LAST_RULE, ""), ("minimum: -30", "minimum: cold"))
    assert [line.split(": ")[0] for line in found] == [
        "sections.weather.questions.night_low.minimum"
    ]


def test_a_gap_in_the_outcomes_is_told_beside_faults_of_what_is_only_shown():
    found = faults((LAST_OUTCOME, ""), ("language: en", "language: english!"))
    assert len(found) == 2
    assert found[1].startswith("outcomes: the outcomes leave a gap")


def test_entangled_criteria_do_not_hide_a_gap_elsewhere():
    numbers = "".join(
        f"      - {{id: n{n}, text: How many?, type: integer, minimum: 0, maximum: 100}}\n"
        for n in range(4)
    )
    rules = "".join(
        f"      - {{when: {{n{n}: {2 * i}}}, status: met, points: 0, because: So.}}\n"
        for n in range(4)
        for i in range(20)
    )
    knot = "  - id: knot\n    title: Knot\n    sources: [almanac]\n    rules:\n" + rules
    found = faults(
        (LAST_RULE, ""),
        ("  - id: plants", f"{numbers}  - id: plants"),
        (
            "  - id: readiness",
            f"{knot}      - {{status: met, points: 0, because: So.}}\n  - id: readiness",
        ),
    )
    assert "combinations of answers" in " ".join(found)
    assert "criteria.warmth.rules: the rules leave a gap" in " ".join(found)
    assert len(found) == 2


@pytest.mark.parametrize(
    "change",
    [
        ("when: {warmth: not_met}", "when: ~"),
        ("when: {hardened: week}", "when: "),
        ("enable_when: {frost_forecast: yes}", "enable_when: ~"),
        ("language: en", "language: en\nevidence: ~"),
    ],
    ids=["outcome", "rule", "question", "at the top"],
)
def test_a_key_left_blank_is_refused(change):
    [found] = faults(change)
    assert "nothing stands here; write a value or take the key out" in found


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("format: 1", 'format: "1"'), "format: 1 must be written without quotes"),
        ((COUNT, COUNT.replace("}", ", tally: [{fleece: yes}]}")), "both a count and a tally"),
        ((COUNT, "{text: pests, where: [many]}"), "the key 'count' or 'tally' is missing"),
        (("where: [many]", "where: [many, many]"), "where.2: 'many' stands in the list twice"),
        (
            ("where: [many]", "where: [many], items: [slugs, slugs]"),
            "'slugs' stands in the list twice",
        ),
        (("- {frost_forecast: yes}", "- {worries: 1}"), "no tally builds on a tally"),
        (("- id: fleece", "- id: night_low"), "it is a question in line"),
        (("points: 2, because: They", "points: 1000000001, because: They"), "the most that may"),
        (("title: The weather", 'title: "The \\e]0;x\\a weather"'), "title: the character U+001B"),
        (("title: The weather", '"tit\\u202ele": The weather'), "the character U+202E"),
        (("language: en", "language: en\ntitel: x"), "ruleset: unknown key 'titel'"),
        (("language: en", 'language: "en\\n"'), "is not a language"),
        (("- id: plants", '- id: "plants\\n"'), "'plants' would do"),
        (("format: 1", "format: 1.0"), "'1.0' cannot stand here; it can be 1"),
    ],
)
def test_the_message_says_how_to_mend_it(change, says):
    assert says in "\n".join(faults(change))


@pytest.mark.parametrize(
    "change",
    [
        ("maximum: 40", "maximum: 999999999999999"),
        ("minimum: -30", "minimum: -0"),
        ("maximum: 40", "maximum: 0x28"),
        ("{hardened: days}", "{hardened: [[[days]]]}"),
        ("title: The weather", f"title: {'long ' * 4000}"),
        ("almanac", "a" * 200),
        (
            "  - id: plants",
            "  - {id: empty, title: Nothing is asked here, questions: []}\n  - id: plants",
        ),
        ("\n", "\r"),
    ],
    ids=[
        "15 digits",
        "zero",
        "hexadecimal",
        "lists",
        "long",
        "long id",
        "empty section",
        "lone CR",
    ],
)
def test_what_is_valid_by_the_contract_loads(change):
    findings(change)


def test_text_is_normalised():
    ruleset = read_ruleset(changed(("title: The weather", "title: Wette\u0301r")), "f.yaml")
    assert ruleset.sections[0].title == "Wett\u00e9r"


def test_a_rule_whose_test_can_never_hold_is_told():
    assert (
        "criteria.warmth.rules.3: this rule can never decide: its 'when' can never hold"
        in "\n".join(findings(("night_low: 1..4", 'night_low: "> 40"')))
    )


def test_an_entry_of_a_list_that_can_never_hold_is_told():
    assert findings(("night_low: 1..4", 'night_low: [1..4, "> 40"]')) == [
        "criteria.warmth.rules.3.when.night_low: no answer can pass the test '> 40'; take it out"
    ]


def test_a_question_that_can_never_be_asked_is_told():
    found = findings(("enable_when: {frost_forecast: yes}", 'enable_when: {night_low: "> 40"}'))
    assert "questions.fleece: this question can never be asked" in found[0]


def test_many_faults_do_not_take_long_to_tell():
    questions = "".join(f"      - {{id: q{n}, text: T, type: yes_no}}\n" for n in range(1800))
    rules = "".join(
        f"      - {{when: {{x{n}: yes}}, status: met, points: 0, because: B}}\n"
        for n in range(1800)
    )
    found = faults(("  - id: plants", f"{questions}  - id: plants"), (f"      {LAST_RULE}", rules))
    assert len(found) == 1800
