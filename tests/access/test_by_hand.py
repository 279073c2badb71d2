"""The form as it is worked: by the keyboard alone, without scripts, with Back and Refresh."""

import pytest
from playwright.sync_api import Page

from access.conftest import Opened
from access.looks import COLOURS, wear
from access.pixels import unseen_focus
from access.places import PEOPLE_HERE, PLACES, Place
from people import fields_for
from walks import ruleset

pytestmark = pytest.mark.browser

IN_FOCUS = """() => {
  const e = document.activeElement;
  const group = e.type === "radio" ? [...document.getElementsByName(e.name)] : [e];
  return {
    type: e.type || e.localName, name: e.name || "", value: e.value || "", words: e.innerText,
    checked: Boolean(e.checked), place: group.indexOf(e), choices: group.map(one => one.value),
  };
}"""


class Keyboard:
    """Hands on a keyboard, and nothing else. ``presses`` counts them."""

    def __init__(self, tab: Page):
        self.tab = tab
        self.presses = 0

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.tab.keyboard.press(key)
        self.presses += times

    def go_to_next(self) -> dict:
        self.press("Tab")
        return self.tab.evaluate(IN_FOCUS)

    def answer(self, at: dict, wanted: list[str]) -> None:
        """Give the answer to what is in focus, by as few presses as it takes."""
        if at["type"] == "radio":
            self._choose(at, wanted[0])
        elif at["type"] == "checkbox" and (at["value"] in wanted) != at["checked"]:
            self.press("Space")
        elif at["type"] in ("text", "textarea") and wanted[0] != "?":
            self.tab.keyboard.type(wanted[0])
            self.presses += len(wanted[0])

    def _choose(self, at: dict, wanted: str) -> None:
        down = (at["choices"].index(wanted) - at["place"]) % len(at["choices"])
        up = len(at["choices"]) - down
        if down == 0:
            self.press("Space")
        else:
            self.press(*(("ArrowDown", down) if down <= up else ("ArrowUp", up)))


def fill_in(keyboard: Keyboard, wanted: dict[str, list[str]]) -> None:
    """Answer one page, and go on."""
    while (at := keyboard.go_to_next())["words"] != "Continue":
        if at["name"] in wanted:
            keyboard.answer(at, wanted[at["name"]])
    with keyboard.tab.expect_navigation():
        keyboard.press("Enter")


def go_through(keyboard: Keyboard, answers: dict) -> tuple[int, int]:
    """Go through the form; return how many questions and pages there were."""
    questions = pages = 0
    while "/section/" in keyboard.tab.url:
        asked = keyboard.tab.locator("[name=asked]").evaluate_all("all => all.map(e => e.value)")
        fill_in(keyboard, fields_for(asked, answers))
        questions += sum(len(getattr(ruleset().questions[name], "items", "1")) for name in asked)
        pages += 1
    return questions, pages


def test_the_whole_form_takes_few_presses_of_keys_and_no_script(readers):
    with readers.context("nobody", java_script_enabled=False) as context:
        tab = context.new_page()
        tab.goto(readers.address)
        keyboard = Keyboard(tab)
        while keyboard.go_to_next()["words"] != "Start":
            pass
        with tab.expect_navigation():
            keyboard.press("Enter")
        questions, pages = go_through(keyboard, PEOPLE_HERE["answered"])
        assert tab.locator("h1").inner_text() == "Check your answers"
        said = tab.locator(".answers").all_inner_texts()
        assert keyboard.presses <= questions * 3 + pages * 2
    assert (
        said
        == readers.at(Place("check", "/check", "answered"))
        .tab.locator(".answers")
        .all_inner_texts()
    )


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
    tab.goto(f"{readers.address}/words")
    tab.go_back()
    assert tab.evaluate(STATE) == shown
    tab.close()


@pytest.mark.parametrize("place", [place for place in PLACES if place.name.endswith("-unread")], ids=str)
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
