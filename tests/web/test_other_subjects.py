"""Another subject is another file: asked, judged and printed with no code changed."""

from pathlib import Path

import pytest

from checklist.loading.loader import load_ruleset
from checklist.paths import RULES
from checklist.web import create_app
from visitor import Visitor

SUBJECTS = {
    "seedlings": Path(__file__).parents[1] / "rulesets" / "good" / "planting_out.yaml",
    "bicycles": Path(__file__).parents[2] / "examples" / "long_ride.yaml",
    "transplants": RULES,
}


@pytest.fixture(params=SUBJECTS.values(), ids=SUBJECTS.keys())
def other(request):
    return load_ruleset(request.param)


@pytest.fixture
def visitor(other):
    return Visitor(create_app(other).test_client())


def test_every_question_is_asked_and_every_page_is_sound(other, visitor):
    shown = visitor(f"/section/{other.sections[0].id}")
    seen = shown.text
    while "/section/" in shown.one("form").get("action"):
        shown = shown.send()
        seen += shown.text
        if not list(shown.all("form")):
            break
    asked = [question for question in other.questions.values() if not question.enable_when]
    assert all(question.text in seen for question in asked)
    for path in ("/", "/check", "/how", "/sources", "/clear"):
        visitor(path)


def test_nothing_known_still_gives_a_result_and_a_page_to_print(other, visitor):
    for path in ("/result", "/print/doctor", "/print/copy"):
        shown = visitor(path)
        for criterion in other.criteria:
            assert criterion.title in shown.text
        assert "Not known yet" in shown.text


def test_every_case_of_the_ruleset_can_be_shown(other):
    from checklist.engine.assess import assess
    from checklist.papers import persons_copy
    from checklist.papers.text import as_text
    from checklist.wording.summary import summarise

    for case in other.cases:
        told = summarise(other, case.answers, assess(other, case.answers), "2026-11-22")
        text = as_text(persons_copy(other, told))
        assert all(view.title in " ".join(text.split()) for view in told.outcomes), case.name
        for view in told.criteria:
            assert view.reason, (case.name, view.id)
            assert view.state == "met" or view.next, (case.name, view.id)


def test_nobody_is_told_that_they_are_or_are_not_fit_for_a_treatment(other):
    words = other.file and Path(other.file).read_text("utf-8").lower()
    for verdict in ("eligible", "qualify", "suitable", "a candidate", "you pass", "you fail"):
        assert verdict not in words
