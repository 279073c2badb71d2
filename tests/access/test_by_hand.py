"""Pages as they are worked: Back and Refresh, and a focus that can be seen."""

import pytest

from access.conftest import Opened
from access.looks import COLOURS, wear
from access.pixels import unseen_focus
from access.places import PEOPLE_HERE, PLACES

pytestmark = pytest.mark.browser

STATE = """() => [
  document.querySelector("h1").innerText,
  ...[...document.querySelectorAll("main :is(input, textarea):not([name=csrf_token], [name=run])")]
    .map(e => [e.name, e.value, e.checked]),
]"""


@pytest.mark.parametrize("place", [place for place in PLACES if not place.then], ids=str)
def test_back_and_refresh_show_the_page_as_it_was(readers, place):
    tab = readers.go_to(place).tab
    shown = tab.evaluate(STATE)
    tab.reload()
    assert tab.evaluate(STATE) == shown
    tab.goto(f"{readers.address}/nowhere")
    tab.go_back()
    assert tab.evaluate(STATE) == shown
    tab.close()


@pytest.mark.parametrize(
    "place", [place for place in PLACES if place.name.endswith("-unread")], ids=str
)
def test_refresh_keeps_what_could_not_be_read_and_back_leads_to_the_form(readers, place):
    tab = readers.go_to(place).tab
    shown = tab.evaluate(STATE)
    tab.reload()
    assert tab.evaluate(STATE) == shown
    tab.go_back()
    assert tab.evaluate(STATE)[0] == shown[0]
    assert not tab.title().startswith("Error")
    tab.close()


@pytest.mark.parametrize("look", COLOURS, ids=str)
@pytest.mark.parametrize("name", ["about_you-unread", "questions-halfway"])
def test_the_ring_of_the_focus_is_seen_in_all_colours(readers, name, look):
    opened: Opened = readers.at(next(place for place in PLACES if place.name == name))
    wear(opened.tab, look)
    assert unseen_focus(opened.tab) == []


UNSEEN = """() => [...document.querySelectorAll("body *")]
  .filter(e => e.textContent.trim() && !e.closest("svg") && !e.checkVisibility())
  .map(e => e.outerHTML.slice(0, 80))"""


def test_nothing_on_any_page_waits_for_a_script(readers):
    for who in PEOPLE_HERE:
        with readers.context(who, java_script_enabled=False) as context:
            tab = context.new_page()
            for place in PLACES:
                if place.who == who and not place.then:
                    tab.goto(readers.address + place.path)
                    assert tab.evaluate(UNSEEN) == [], place
