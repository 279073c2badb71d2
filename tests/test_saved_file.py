"""A file that a person saved: whole again on another day, or refused in plain words."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from checklist.ruleset.answers import read_answers
from checklist.ruleset.model import Choice, Grid, Integer, MultiChoice, Section, Text
from checklist.wording.asking import OWN_AT_MOST, all_asks
from checklist.wording.saved_file import NotOpenedError, Said, open_file, write_file

DAY = "2026-11-22"
SAID = Said(
    {
        "plain": "no",
        "size": "small",
        "weight": 5,
        "smells": ("smoke", "tar"),
        "parts": {"lid": "worn"},
        "notes": 'Grüße\n"漢字" <b>',
    },
    frozenset({"colour", "parts.base", "mood"}),
    ("Could it be lighter?", "Who pays?", "What have I not asked?"),
)


def file_of(ruleset, /, **changed):
    data = json.loads(write_file(ruleset, SAID, DAY)) | changed
    return json.dumps({key: value for key, value in data.items() if value != "drop"}).encode()


def answers_of(ruleset, **changed):
    return file_of(ruleset, answers={**SAID.answers, **changed})


def faults(ruleset, content):
    with pytest.raises(NotOpenedError) as refused:
        open_file(ruleset, content)
    return {fault.about: fault.why for fault in refused.value.faults}


def with_questions(ruleset, **changed):
    """The ruleset a version later: other questions under these ids, None where one is gone."""
    sections = tuple(
        Section(
            s.id, s.title, tuple(changed.get(q.id, q) for q in s.questions if changed.get(q.id, q))
        )
        for s in ruleset.sections
    )
    return replace(ruleset, version="2", sections=sections)


def test_what_was_saved_comes_back_whole(ruleset):
    opened = open_file(ruleset, write_file(ruleset, SAID, DAY).encode())
    assert opened.said == SAID
    assert (opened.day, opened.older, opened.left_out, opened.added) == (DAY, False, (), ())


def test_a_file_that_the_form_saved_is_one_that_the_shell_can_judge(ruleset):
    assert read_answers(ruleset, write_file(ruleset, SAID, DAY).encode()) == SAID.answers


def test_a_file_made_for_the_shell_can_be_opened_in_the_form(ruleset):
    content = file_of(ruleset, saved="drop", not_known="drop", to_ask="drop")
    assert open_file(ruleset, content).said == Said(SAID.answers)


def test_the_file_is_readable_with_a_question_on_each_line(ruleset):
    lines = write_file(ruleset, SAID, DAY).splitlines()
    assert '    "weight": 5,' in lines
    assert any("漢字" in line for line in lines)


@given(st.data())
def test_any_answers_and_marks_come_back_as_they_were(ruleset, data):
    def answer(question):
        options = list(getattr(question, "options", {}))
        match question:
            case Integer():
                return st.integers(question.minimum, question.maximum)
            case Text():
                return st.text(st.characters(codec="ascii", exclude_categories=["C"]), min_size=1)
            case MultiChoice():
                picked = st.sets(st.sampled_from(options))
                return picked.map(lambda some: tuple(o for o in options if o in some))
            case Grid():
                items = st.dictionaries(
                    st.sampled_from(list(question.items)), st.sampled_from(options)
                )
                return items.map(
                    lambda some: {i: some[i] for i in question.items if i in some} or None
                )
            case _:
                return st.sampled_from(options)

    drawn = {n: data.draw(st.none() | answer(q)) for n, q in ruleset.questions.items()}
    answers = {name: value for name, value in drawn.items() if value not in (None, "")}
    answers = {
        n: v.strip() if n == "notes" else v for n, v in answers.items() if n != "notes" or v.strip()
    }
    marks = frozenset(name for name in ("plain", "size", "smells", "mood") if name not in answers)
    said = Said(answers, marks, tuple(data.draw(st.permutations(all_asks(ruleset)))))
    assert open_file(ruleset, write_file(ruleset, said, DAY).encode()).said == said


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n", "another kind of file"),
        (b"%PDF-1.7", "another kind of file"),
        (b"PK\x03\x04", "another kind of file"),
        (b"[1, 2]", "another kind of file"),
        (b"{}", "another kind of file"),
        (b'{"format": 1', "from line 1 on"),
        (b"[" * 100_000, "another kind of file"),
        (b" " * 300_000, "larger than any"),
        (b'{"format": 1, "format": 1}', "'format' stands in it twice"),
        (b'{"format": NaN}', "'NaN' where a number should be"),
        (b'{"format": 1e999}', "too large for any answer"),
        (b'{"format": ' + b"1" * 5000 + b"}", "too long for any answer"),
    ],
    ids=range(13),
)
def test_what_is_no_saved_file_is_refused_in_words_for_anybody(ruleset, content, why):
    told = faults(ruleset, content)
    assert why in told[""]
    assert not {"JSON", "UTF-8", "object", "key"} & set(told[""].replace(".", " ").split())


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"ruleset": "tea"}, "another checklist, named 'tea'."),
        ({"format": 2}, "cannot read"),
        ({"format": True}, "cannot read"),
        ({"format": 1.0}, "cannot read"),
        ({"answers": "drop"}, "'answers' is missing"),
        ({"answers": []}, "'answers' cannot be read"),
        ({"version": 1}, "'version' cannot be read"),
        ({"not_known": {}}, "'not_known' cannot be read"),
        ({"to_ask": "x"}, "'to_ask' cannot be read"),
        ({"saved": "yesterday"}, "The day on which it was saved"),
        ({"saved": "2026-W47-7"}, "The day on which it was saved"),
        ({"more": 1}, "'more', which no saved file has"),
        ({"\x1b[31m": 1}, "'\\x1b[31m'"),
    ],
    ids=str,
)
def test_a_file_whose_frame_does_not_fit_is_refused(ruleset, changed, why):
    assert why in faults(ruleset, file_of(ruleset, **changed))[""]


@pytest.mark.parametrize(
    ("changed", "about", "why"),
    [
        ({"weight": 500}, "How heavy is it?", "'500'. This takes a whole number from 0 to 120."),
        ({"weight": "5"}, "How heavy is it?", "a whole number from 0 to 120"),
        ({"weight": True}, "How heavy is it?", "a whole number from 0 to 120"),
        ({"plain": "perhaps"}, "Is it plain?", "'perhaps'. That is not one of the answers"),
        ({"size": ["small"]}, "Which size is it?", "not one of the answers"),
        ({"smells": ["tar", "tar"]}, "What does it smell of?", "Not all of that can be ticked"),
        ({"parts": {"lid": "lost"}}, "How is each part?", "The lid: the file says 'lost'."),
        ({"parts": {"leg": "worn"}}, "How is each part?", "'leg', which is not asked here"),
        ({"parts": "worn"}, "How is each part?", "part by part"),
        ({"notes": "a\u202eb"}, "Anything else?", "a sign that cannot be kept"),
        ({"notes": "\ud800"}, "Anything else?", "a sign that cannot be kept"),
        ({"notes": "x" * 601}, "Anything else?", "601 characters. There is room for 600."),
        ({"notes": 5}, "Anything else?", "This takes words."),
        ({"wieght": 5}, "'wieght'", "asks nothing by that name"),
        ({"wieght": None}, "'wieght'", "asks nothing by that name"),
    ],
    ids=str,
)
def test_an_answer_that_cannot_be_taken_is_named_by_its_question(ruleset, changed, about, why):
    assert why in faults(ruleset, answers_of(ruleset, **changed))[about]


def test_every_bad_entry_is_named_at_once(ruleset):
    assert len(faults(ruleset, answers_of(ruleset, weight=-1, plain="x", nose=1))) == 3


@pytest.mark.parametrize(
    "changed",
    [
        {"not_known": ["nose"]},
        {"not_known": [5]},
        {"not_known": [["plain"]]},
        {"not_known": ["parts"]},
        {"to_ask": [{"listed": "Not a question of ours"}]},
        {"to_ask": [{"own": "x" * 201}]},
        {"to_ask": [{"own": "\x00"}]},
        {"to_ask": [{"own": " "}]},
        {"to_ask": ["Who pays?"]},
        {"to_ask": [{"own": "a", "listed": "b"}]},
        {"to_ask": [{"own": ["a"]}]},
        {"to_ask": [{"own": f"Question {n}?"} for n in range(OWN_AT_MOST + 1)]},
    ],
    ids=str,
)
def test_a_mark_or_question_that_cannot_be_kept_is_refused(ruleset, changed):
    assert faults(ruleset, file_of(ruleset, **changed))


def test_thousands_of_unknown_entries_are_told_at_once(ruleset):
    assert (
        len(faults(ruleset, answers_of(ruleset, **{f"k{n}": 1 for n in range(15_000)}))) == 15_000
    )


def test_thousands_of_questions_to_take_along_are_told_at_once(ruleset):
    own = [{"own": f"Q{n}?"} for n in range(14_000)]
    assert len(faults(ruleset, file_of(ruleset, to_ask=own))) == 1


def test_a_file_of_other_questions_is_carried_over_by_id_and_the_rest_is_named(ruleset):
    size = Choice(
        id="size", text="Size?", section="singles", options={"tiny": "Tiny", "large": "L"}
    )
    weight = Integer(id="weight", text="Weight?", section="singles", minimum=6, maximum=9)
    later = with_questions(ruleset, size=size, weight=weight, plain=None)
    opened = open_file(later, write_file(ruleset, SAID, DAY).encode())
    assert opened.older
    assert opened.said.answers.keys() == {"smells", "parts", "notes"}
    assert {fault.about for fault in opened.left_out} == {"Size?", "Weight?", "'plain'"}


def test_boxes_are_never_half_ticked_but_a_grid_is_carried_over_part_by_part(ruleset):
    old = ruleset.questions
    smells = replace(old["smells"], options={"smoke": "Smoke", "rose": "Rose"})
    parts = replace(old["parts"], items={"lid": "The lid", "leg": "The leg"})
    ticked = {"smells": ("smoke", "tar"), "parts": {"lid": "worn", "base": "gone"}}
    said = Said(ticked, SAID.not_known, SAID.to_ask)
    later = with_questions(ruleset, smells=smells, parts=parts)
    opened = open_file(later, write_file(ruleset, said, DAY).encode())
    assert opened.said.answers == {"parts": {"lid": "worn"}}
    named = {fault.about for fault in opened.left_out}
    assert named == {"What does it smell of?", "How is each part?", "'parts.base'"}


def test_a_question_that_is_gone_and_was_never_answered_is_not_mentioned(ruleset):
    content = write_file(ruleset, Said({"plain": "no"}), DAY).encode()
    assert open_file(with_questions(ruleset, weight=None), content).left_out == ()


def test_questions_that_are_new_since_the_file_was_saved_are_named(ruleset):
    without = with_questions(ruleset, weight=None)
    opened = open_file(ruleset, write_file(without, Said({}), DAY).encode())
    assert opened.added == ("How heavy is it?",)


def test_a_question_to_take_along_that_is_gone_is_named_and_never_made_ones_own(ruleset):
    later = replace(ruleset, version="2", doctor_questions=())
    opened = open_file(later, write_file(ruleset, SAID, DAY).encode())
    assert opened.said.to_ask == ("Could it be lighter?", "Who pays?")
    assert "'What have I not asked?'" in opened.left_out[0].why
