"""One tick that answers all that was left open in a grid, and no more than that."""

import pytest

from checklist.ruleset.model import Criterion, Grid, Outcome, Rest, Rule, Ruleset, Section
from checklist.web import create_app
from visitor import Visitor

ITEMS = {"lid": "The lid", "base": "The base", "side": "The side"}
OPTIONS = {"whole": "Whole", "worn": "Worn"}
REST = Rest("whole", "All that I left open is whole")


def visitor_of(rest):
    parts = Grid(id="parts", text="How?", section="all", items=ITEMS, options=OPTIONS, rest=rest)
    ruleset = Ruleset(
        id="grid",
        title="A grid",
        version="1",
        language="en",
        file="grid.yaml",
        sources={},
        sections=(Section("all", "All parts", (parts,)),),
        facts={},
        criteria=(Criterion("any", "Anything", (), (Rule("met", 1, "It does."),)),),
        outcomes=(Outcome("done", "Done", "That is all."),),
    )
    return Visitor(create_app(ruleset).test_client())


@pytest.fixture
def page():
    return visitor_of(REST)


def said(page) -> dict[str, str]:
    fields = page("/section/all").fields()
    return {item: fields[f"q-parts.{item}"] for item in ITEMS if f"q-parts.{item}" in fields}


def test_what_is_open_is_filled_and_what_was_answered_stays(page):
    shown = page("/section/all").send({"q-parts.lid": "worn", "q-parts:rest": "on"})
    assert said(page) == {"lid": "worn", "base": "whole", "side": "whole"}
    assert "The base: Whole" in shown.text


def test_who_does_not_know_of_an_item_has_said_so(page):
    page("/section/all").send({"q-parts.lid": "?", "q-parts:rest": "on"})
    assert said(page) == {"lid": "?", "base": "whole", "side": "whole"}


def test_nothing_is_filled_without_the_tick(page):
    page("/section/all").send({"q-parts.lid": "worn"})
    assert said(page) == {"lid": "worn"}
    page("/section/all").send({"q-parts.lid": "worn", "q-parts:rest": "whole"})
    assert said(page) == {"lid": "worn"}


def test_the_box_is_shown_with_its_words_and_never_ticked_beforehand(page):
    page("/section/all").send({"q-parts:rest": "on"})
    shown = page("/section/all")
    assert REST.text in shown.text
    assert "q-parts:rest" not in shown.fields()


def test_a_page_that_cannot_be_read_keeps_the_tick_and_saves_nothing(page):
    shown = page("/section/all").send({"q-parts.lid": "rubbish", "q-parts:rest": "on"})
    assert shown.status == 422
    assert shown.fields()["q-parts:rest"] == "on"
    assert said(page) == {}


def test_a_grid_that_has_no_such_box_takes_no_tick():
    page = visitor_of(None)
    assert REST.text not in page("/section/all").text
    page("/section/all").send({"q-parts.lid": "worn", "q-parts:rest": "on"})
    assert said(page) == {"lid": "worn"}
