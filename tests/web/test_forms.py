"""What a page that was sent says, question by question."""

import pytest
from werkzeug.datastructures import MultiDict

from checklist.ruleset.model import Choice, Grid, Integer, MultiChoice, OneOf, Text, Within, YesNo
from checklist.web import forms

AGE = Integer(
    id="age",
    text="How old?",
    section="s",
    minimum=0,
    maximum=120,
    unit="years",
    unit_one="year",
)
COLD = Integer(id="cold", text="How cold?", section="s", minimum=-30, maximum=40, unit="°C")
SIZE = Choice(id="size", text="Which size?", section="s", options={"s": "Small", "l": "Large"})
SMELL = MultiChoice(id="smell", text="Smells?", section="s", options={"tar": "Tar", "rose": "Rose"})
PARTS = Grid(
    id="parts",
    text="How is each?",
    section="s",
    items={"lid": "Lid", "base": "Base"},
    options={"whole": "Whole", "gone": "Gone"},
)
NOTE = Text(id="note", text="Anything else?", section="s", max_length=10)
WISH = Choice(id="wish", text="Which?", section="s", options={"a": "A"}, scored=False)


def said(question, **fields):
    """What one question's fields say: its answer, what was left open on purpose, its errors."""
    sent = MultiDict((f"q-{name}".replace("__", "."), v) for name, vs in fields.items() for v in vs)
    form = forms.sent_form([question], sent)
    form.validate()
    entries = forms.entries([question], form)
    errors = [message for field in form for message in field.errors]
    return entries.answers[question.id], entries.not_known, errors


@pytest.mark.parametrize(
    ("question", "typed", "number"),
    [
        pytest.param(AGE, "34", 34, id="digits"),
        pytest.param(AGE, "  34 ", 34, id="blanks around"),
        pytest.param(AGE, "34 years", 34, id="the unit after it"),
        pytest.param(AGE, "34years", 34, id="the unit without a blank"),
        pytest.param(AGE, "1 Year", 1, id="one of the unit"),
        pytest.param(AGE, "007", 7, id="zeros in front"),
        pytest.param(AGE, "0", 0, id="the lowest"),
        pytest.param(AGE, "120", 120, id="the highest"),
        pytest.param(COLD, "-5 °C", -5, id="below zero"),
        pytest.param(COLD, "\N{MINUS SIGN}5", -5, id="a printed minus"),
    ],
)
def test_a_number_is_read_as_people_write_it(question, typed, number):
    assert said(question, **{question.id: [typed]}) == (number, frozenset(), [])


@pytest.mark.parametrize(
    "typed",
    ["121", "-1", "3.5", "1e2", "1_0", "٣٤", "²", "thirty", "34 kilograms", "--5", "-", "9" * 5000],
    ids=lambda typed: ascii(typed)[:12],
)
def test_a_number_that_cannot_be_read_is_asked_again_with_its_range(typed):
    answer, _, errors = said(AGE, age=[typed])
    assert answer is None
    assert len(errors) == 1
    assert "from 0 to 120" in errors[0]


@pytest.mark.parametrize("sent", [[], [""], ["   "]], ids=["nothing", "empty", "blank"])
def test_an_empty_box_is_open(sent):
    assert said(AGE, age=sent) == (None, frozenset(), [])


def test_a_number_and_not_known_together_are_asked_again():
    answer, _, errors = said(AGE, age=["34", "?"])
    assert answer is None
    assert "I do not know" in errors[0]


@pytest.mark.parametrize(
    ("question", "fields", "answer", "not_known"),
    [
        pytest.param(SIZE, {"size": ["l"]}, "l", (), id="an option"),
        pytest.param(SIZE, {"size": ["l", "l"]}, "l", (), id="the same option twice"),
        pytest.param(SIZE, {}, None, (), id="skipped"),
        pytest.param(SIZE, {"size": ["?"]}, None, ("size",), id="not known"),
        pytest.param(WISH, {"wish": ["?"]}, None, ("wish",), id="rather not said"),
        pytest.param(AGE, {"age": ["", "?"]}, None, ("age",), id="number not known"),
        pytest.param(SMELL, {}, None, (), id="no box ticked"),
        pytest.param(SMELL, {"smell": ["-"]}, (), (), id="none of these"),
        pytest.param(SMELL, {"smell": ["?"]}, None, ("smell",), id="smells not known"),
        pytest.param(SMELL, {"smell": ["rose", "tar"]}, ("tar", "rose"), (), id="in order shown"),
        pytest.param(PARTS, {}, None, (), id="no item"),
        pytest.param(PARTS, {"parts__lid": ["gone"]}, {"lid": "gone"}, (), id="one item"),
        pytest.param(PARTS, {"parts__lid": ["?"]}, None, ("parts.lid",), id="an item not known"),
        pytest.param(NOTE, {"note": [" e\u0301\r\nx "]}, "é\nx", (), id="text in composed form"),
        pytest.param(NOTE, {"note": [" "]}, None, (), id="blank text"),
    ],
)
def test_what_is_sent_is_read_for_what_it_says(question, fields, answer, not_known):
    assert said(question, **fields) == (answer, frozenset(not_known), [])


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        pytest.param(SIZE, {"size": ["s", "l"]}, id="two options of one choice"),
        pytest.param(SIZE, {"size": ["huge"]}, id="an option that does not exist"),
        pytest.param(SMELL, {"smell": ["tar", "-"]}, id="none of these and one of them"),
        pytest.param(SMELL, {"smell": ["-", "?"]}, id="none of these and not known"),
        pytest.param(SMELL, {"smell": ["sea"]}, id="a box that does not exist"),
        pytest.param(PARTS, {"parts__lid": ["whole", "?"]}, id="two answers for an item"),
        pytest.param(NOTE, {"note": ["12345678901"]}, id="text over its limit"),
        pytest.param(NOTE, {"note": ["a\x07"]}, id="a control character"),
        pytest.param(AGE, {"age": ["1", "2"]}, id="two numbers"),
    ],
)
def test_what_contradicts_itself_is_one_error_and_no_answer(question, fields):
    _, _, errors = said(question, **fields)
    assert len(errors) == 1
    assert errors[0].endswith(".")


@pytest.mark.parametrize(
    ("question", "answer", "not_known"),
    [
        pytest.param(SIZE, "l", (), id="choice"),
        pytest.param(SIZE, None, ("size",), id="choice not known"),
        pytest.param(AGE, 0, (), id="zero"),
        pytest.param(AGE, None, ("age",), id="number not known"),
        pytest.param(SMELL, (), (), id="none of these"),
        pytest.param(SMELL, ("tar",), (), id="a tick"),
        pytest.param(SMELL, None, ("smell",), id="smells not known"),
        pytest.param(PARTS, {"lid": "gone"}, ("parts.base",), id="grid"),
        pytest.param(NOTE, "a\nb", (), id="text"),
        pytest.param(NOTE, None, (), id="nothing"),
    ],
)
def test_what_was_kept_is_shown_so_that_sending_it_again_changes_nothing(
    question, answer, not_known
):
    kept = {} if answer is None else {question.id: answer}
    shown = forms.saved_form([question], kept, frozenset(not_known))
    entries = forms.entries([question], shown)
    assert (entries.answers[question.id], entries.not_known) == (answer, frozenset(not_known))


@pytest.mark.parametrize(
    ("parent", "test", "words"),
    [
        pytest.param(SIZE, OneOf(frozenset({"l", "s"})), ("Small", "Large"), id="any of these"),
        pytest.param(AGE, Within(((0, 17),)), ("17 years or less",), id="below"),
        pytest.param(AGE, Within(((65, 120),)), ("65 years or more",), id="above"),
        pytest.param(AGE, Within(((0, 1),)), ("1 year or less",), id="one or less"),
        pytest.param(AGE, Within(((3, 6), (9, 9))), ("3 to 6 years", "9 years"), id="between"),
    ],
)
def test_a_condition_is_said_in_the_words_of_the_question_it_hangs_on(
    parent, test, words, two_questions
):
    child = YesNo(id="child", text="And?", section="s", enable_when={parent.id: test})
    ruleset = two_questions(parent, child)
    form = forms.saved_form([child], {}, ())
    (asked,) = forms.asked([child], form, ruleset, {})
    assert asked.conditions == (forms.Condition(parent.text, words),)


def test_a_name_that_no_option_can_have_keeps_marks_apart_from_options():
    odd = Choice(id="size", text="Which?", section="s", options={"none": "None", "not_known": "?"})
    assert said(odd, size=["none"])[0] == "none"
    assert said(odd, size=["not_known"])[0] == "not_known"


@pytest.fixture
def two_questions(ruleset):
    """A ruleset with these two questions alone, from the one with everything."""
    from msgspec.structs import replace

    from checklist.ruleset.model import Section

    def made(*questions):
        return replace(
            ruleset,
            sections=(Section("s", "S", questions),),
            facts={},
            criteria=(),
            outcomes=(),
            promises=(),
            cases=(),
        )

    return made
