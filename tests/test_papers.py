"""The papers as blocks: what stands on each, alike wherever it stands."""

import json
import random

import pytest

from checklist.errors import RulesetError
from checklist.loading.loader import load_ruleset
from checklist.papers import about_sides, blank_form, doctor_page, persons_copy, sheet
from checklist.papers.length import about_sides_of_copy
from checklist.papers.text import as_text
from checklist.papers.visit import Boxes, Facts, Heading, Items, Paragraph, Points, References, Room
from checklist.papers.voice import tidy
from checklist.ruleset.model import Grid
from conftest import RULESETS
from people import PEOPLE
from visits import DAY, EVERYTHING, HOSTILE, bare, other_rulesets, summaries, told, visits
from walks import completed, ruleset

DOCTORS = [name for name in visits() if name.startswith("doctor")]


def blocks(visit, kind):
    return [block for block in visit.blocks if isinstance(block, kind)]


@pytest.mark.parametrize("name", visits())
def test_the_text_says_every_sentence_of_a_paper_in_its_order(name):
    text, at = bare(as_text(visits()[name])), 0
    for sentence in map(bare, visits()[name].sentences()):
        assert sentence in text[at:], sentence
        at = text.index(sentence, at) + len(sentence)


@pytest.mark.parametrize("name", visits())
def test_the_text_adds_only_numbers_and_marks(name):
    left = bare(as_text(visits()[name]))
    for sentence in sorted(map(bare, visits()[name].sentences()), key=len, reverse=True):
        left = left.replace(sentence, "", 1)
    assert not [letter for letter in left if letter.isalpha()]


@pytest.mark.parametrize("name", visits())
def test_a_paper_can_be_written_as_json_and_names_each_kind_of_block(name):
    whole = json.loads(json.dumps(visits()[name].as_dict()))
    assert len(whole["blocks"]) == len(visits()[name].blocks)
    assert all(block["kind"] for block in whole["blocks"])


@pytest.mark.parametrize("name", summaries())
def test_questions_and_points_have_the_same_number_on_every_paper(name):
    doctor, copy = visits()[f"doctor, {name}"], visits()[f"copy, {name}"]
    asked = next(items for items in blocks(copy, Items) if items.start)
    first = blocks(doctor, Items)[0]
    plain = [bare(each.text)[:20] for each in asked.items]
    assert first.start == asked.start == 1
    assert [bare(each.text)[:20] for each in first.items] == plain[: len(first.items)]
    rows = [(row.number, row.title, row.status_words) for row in blocks(doctor, Points)[0].rows]
    every = [(row.number, row.title, row.status_words) for row in blocks(copy, Points)[0].rows]
    assert rows == every[:12] or set(every[:12]) < set(rows) <= set(every)


def rows_of(visit):
    return [row for facts in blocks(visit, Facts) for row in facts.rows]


def test_an_answer_has_the_number_that_its_question_has_on_the_blank_form():
    asked = {block.text for block in blocks(visits()["blank"], Heading)}
    rows = [
        row for facts in blocks(visits()["copy, everything answered"], Facts) for row in facts.rows
    ]
    numbered = [name for name, _ in rows if name.partition(".")[0].isdecimal()]
    assert len(numbered) >= len(EVERYTHING) - 1
    assert set(numbered) <= asked


@pytest.mark.parametrize("name", summaries())
def test_whatever_was_said_stands_whole_on_the_copy(name):
    text = bare(" ".join(visits()[f"copy, {name}"].sentences()))
    for section in summaries()[name].sections:
        for view in section.answers:
            said = [words for item in view.items for words in item] or [view.answer]
            if view.state == "answered":
                assert all(bare(tidy(words)) in text for words in said)


@pytest.mark.parametrize("name", DOCTORS)
def test_what_the_doctor_sees_of_an_answer_is_never_cut_short(name):
    rows = rows_of(visits()[name])
    assert not [line for _, lines in rows for line in lines if "..." in line.text and not line.own]


@pytest.mark.parametrize("name", DOCTORS)
def test_the_doctors_page_fits_by_the_measure_and_has_room_to_write(name):
    page = visits()[name]
    high = sheet.title_height(page.title, page.topic) + sheet.height(page.blocks)
    assert high <= sheet.HEIGHT
    assert blocks(page, Room)[0].lines >= 2


@pytest.mark.parametrize("seed", range(12))
def test_the_doctors_page_fits_whatever_is_answered(seed):
    dice = random.Random(seed)  # noqa: S311 - the same answers in every run
    page = doctor_page(ruleset(), told(EVERYTHING | completed({}, dice)))
    high = sheet.title_height(page.title, page.topic) + sheet.height(page.blocks)
    assert high <= sheet.HEIGHT


def test_the_doctors_page_begins_with_what_the_author_named_first():
    assert [name for name, _ in rows_of(visits()["doctor, everything answered"])] == [
        "Date",
        "About you",
        "Your illness",
        "Your medicines",
        "Your health",
        "A donor",
        "What matters to you",
    ]


@pytest.mark.parametrize("case", ruleset().cases, ids=lambda case: case.name)
def test_attacks_donor_and_other_illness_stand_on_the_doctors_page_of_every_case(case):
    weighty_facts_stand_on(doctor_page(ruleset(), told(case.answers)), case.answers)


@pytest.mark.parametrize("name", PEOPLE)
def test_attacks_donor_and_other_illness_stand_on_the_doctors_page_of_everybody(name):
    weighty_facts_stand_on(visits()[f"doctor, {name}"], PEOPLE[name])


def weighty_facts_stand_on(page, answers):
    said = " ".join(line.text for _, lines in rows_of(page) for line in lines)
    for asked in ("attacks_12", "attacks_24", "pregnant", "infection", "donor", "conditions"):
        question = ruleset().questions[asked]
        if asked in answers:
            assert f"{question.short}:" in said
    assert all(
        ruleset().questions["conditions"].options[ill] in said
        for ill in answers.get("conditions", ())
    )


def test_no_word_is_taught_to_a_doctor():
    page = " ".join(visits()["doctor, somebody in the midst of it"].sentences())
    plain = [term.plain for term in ruleset().glossary.values() if f"({term.term})" in page]
    assert "AQP4 antibody" in page
    assert not plain


def test_questions_on_the_copy_stand_as_they_are_asked_and_their_words_are_taught_above():
    page = visits()["copy, somebody in the midst of it"]
    asked = next(items for items in blocks(page, Items) if items.start)
    questions = [tidy(text) for text in summaries()["somebody in the midst of it"].questions]
    assert [words.text for words in asked.items] == questions
    above = page.blocks[page.blocks.index(asked) - 2]
    assert dict(above.rows)
    assert all(any(term in text for text in questions) for term, _ in above.rows)


def test_own_words_reach_the_doctor_and_what_is_cut_is_named():
    page = visits()["doctor, somebody with much to tell"]
    said = dict(rows_of(page))
    assert said["Your own questions"][0].text.startswith("Can I keep my job?")
    closing = blocks(page, Paragraph)[-1].words.text
    assert "'Your own questions' and 'More about your medicines'" in closing


def test_reasons_stand_on_the_doctors_page_where_there_is_room():
    page = visits()["doctor, somebody in the midst of it"]
    assert [row for row in blocks(page, Points)[0].rows if row.reason]


def test_the_doctors_page_sums_up_what_was_not_tried_in_words():
    page = " ".join(visits()["doctor, somebody in the midst of it"].sentences())
    assert "I have not tried it: the 4 others." in page


def test_the_doctors_page_says_what_stands_on_the_copy_only():
    closing = blocks(visits()["doctor, everything answered"], Paragraph)[-1].words.text
    assert closing.startswith(
        "Your own copy says more under 'Your medicines'. It also holds questio"
    )
    short = blocks(visits()["doctor, somebody who knows nothing of it"], Paragraph)[-1].words.text
    assert "'Your medicines'" not in short


@pytest.mark.parametrize("name", visits())
def test_the_notice_stands_at_the_top_and_something_like_it_is_the_last_line(name):
    page = visits()[name]
    notices = [each for each in blocks(page, Paragraph) if each.role == "notice"]
    last = page.blocks[-1].words.text
    assert page.blocks.index(notices[0]) <= 3
    assert last == notices[0].words.text or last.endswith(page.running_notice)


def test_only_sources_that_the_copy_cites_stand_on_it():
    page = visits()["copy, the man of the report"]
    listed = {row.number for row in blocks(page, References)[0].rows}
    text = " ".join(page.sentences())
    assert all(
        f"[{number}]" in text or f" {number}," in text or f"{number}]" in text for number in listed
    )
    assert len(listed) < len(ruleset().sources)


@pytest.mark.parametrize("rules", [ruleset(), *other_rulesets()], ids=lambda rules: rules.id)
def test_the_blank_form_holds_every_question_and_every_option(rules):
    page = blank_form(rules, DAY)
    text = list(page.sentences())
    for number, question in enumerate(rules.questions.values(), start=1):
        assert f"{number}. {question.text}" in text
        assert set(getattr(question, "items", {}).values()) <= set(text)
        assert set(getattr(question, "options", {}).values()) <= set(text)
    grids = [q for q in rules.questions.values() if isinstance(q, Grid)]
    boxed = len(
        [block for block in blocks(page, Boxes) if block.options[-1].startswith("I do not")]
    )
    others = [q for q in rules.questions.values() if q not in grids and type(q).__name__ != "Text"]
    assert boxed == len(others) + sum(len(grid.items) for grid in grids)


def test_the_blank_form_says_in_words_who_need_not_answer():
    text = list(visits()["blank"].sentences())
    number = list(ruleset().questions).index("diagnosis") + 1
    said = "Answer this only if you said 'NMOSD, and the AQP4 antibody was found' to question"
    assert any(line.startswith(f"{said} {number}: ") for line in text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("a\x00b\x07c", "a b c", id="control signs"),
        pytest.param("\ufeffa\u202eb\ud800c", "a b c", id="marks that show nothing"),
        pytest.param("  a \n\t b ", "a b", id="blanks"),
        pytest.param("e\u0301", "\xe9", id="composed"),
    ],
)
def test_text_is_cleaned_once(typed, kept):
    assert tidy(typed) == kept


def test_what_is_cut_says_how_much():
    assert tidy("word " * 1000, 50).endswith(" ... (4950 more letters)")
    assert tidy("a" * 60, 50) == "a" * 50 + " ... (10 more letters)"


@pytest.mark.parametrize("most", [1, 2, 3])
@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_is_fitted_into_lines_takes_no_more_of_them(text, most):
    assert sheet.lines(sheet.fitted(text, 350, most), 350) <= most


def test_a_word_wider_than_the_page_takes_as_many_lines_as_it_must():
    assert sheet.lines("W" * 220, sheet.WIDTH) == pytest.approx(
        220 * 856 * 12 / 1000 / 499, abs=1.5
    )


def test_more_to_say_takes_more_sides_and_large_print_takes_more_still():
    short, long = persons_copy(ruleset(), told({})), visits()["blank"]
    assert about_sides(visits()[DOCTORS[0]]) == 1
    assert 5 < about_sides(short) < about_sides(short, 1.5)
    assert 5 < about_sides(long) < about_sides(long, 1.5)


def test_a_ruleset_whose_doctors_page_names_no_question_is_told_the_nearest(tmp_path):
    text = (RULESETS / "every_kind.yaml").read_text("utf-8")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(text.replace("[mood, plain, size,", "[plain, sise, plain,"), "utf-8")
    with pytest.raises(RulesetError) as raised:
        load_ruleset(str(wrong))
    messages = [str(problem) for problem in raised.value.problems]
    assert any("sise" in message and "size" in message for message in messages)
    assert any("twice" in message for message in messages)


def test_nobody_is_left_without_a_paper():
    assert {f"doctor, {name}" for name in PEOPLE} <= set(visits())


@pytest.mark.parametrize("name", PEOPLE)
def test_about_how_long_a_copy_is_can_be_told_without_making_it(name):
    for scale in (1.0, 1.5):
        told_of = about_sides_of_copy(ruleset(), PEOPLE[name], scale)
        sides = about_sides(visits()[f"copy, {name}"], scale)
        assert abs(told_of - sides) <= max(1, 0.15 * sides)
