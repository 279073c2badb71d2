"""What only a listener hears: the accessibility tree of the form, top to bottom."""

from itertools import pairwise

import pytest

from access.places import EVERY_PLACE, PEOPLE_HERE
from access.reading import read
from checklist.engine.assess import assess
from checklist.ruleset.answers import check_answers
from checklist.ruleset.model import Choice, Grid, MultiChoice, YesNo
from checklist.wording.summary import summarise
from walks import ruleset

pytestmark = pytest.mark.browser

PLACES = {place.name: place for place in EVERY_PLACE}
SECTIONS = [section.id for section in ruleset().sections]


@pytest.mark.parametrize("section", ruleset().sections, ids=SECTIONS)
def test_a_question_is_told_with_its_reason_and_then_its_answers_in_order(readers, section):
    reading = read(readers.at(PLACES[section.id]).tab)
    for question in section.questions:
        if isinstance(question, Choice | YesNo | MultiChoice):
            group = next(told for told in reading.of("group") if told.name == question.text)
            offered = [t.name for t in reading.of("radio", "checkbox") if t.group == question.text]
            assert offered[: len(question.options)] == [*question.options.values()]
            assert question.why in group.description
        if isinstance(question, Grid):
            items = [
                told.name for told in reading.of("group") if told.name in question.items.values()
            ]
            assert items == [*question.items.values()]


def test_what_could_not_be_read_is_told_first_and_again_at_its_box(readers):
    reading = read(readers.at(PLACES["about_you-unread"]).tab)
    headings = [told.name for told in reading.of("heading")]
    box = next(told for told in reading.of("textbox"))
    assert headings[0] == "This page is not saved yet"
    assert "Error:" in box.description
    words = box.description.partition("Error:")[2].strip()
    assert any(words in link.name for link in reading.of("link"))


def test_each_point_of_the_result_is_told_with_its_status_in_words(readers):
    answers = check_answers(ruleset().questions, PEOPLE_HERE["halfway"])
    result = summarise(ruleset(), answers, assess(ruleset(), answers), "2026-01-01")
    told = [one.name for one in read(readers.at(PLACES["result-halfway"]).tab).of("StaticText")]
    pairs = [*pairwise(told)]
    for view in result.criteria:
        assert pairs.count((view.title, view.status_words)) == 2, view.title  # in brief, in full
