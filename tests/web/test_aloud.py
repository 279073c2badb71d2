"""Reading aloud in a real browser: with a voice of the computer's own, or not at all."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

OWN_VOICE = {"name": "Own", "lang": "en-GB", "localService": True}
FAR_VOICE = {"name": "Far", "lang": "en-GB", "localService": False}
FOREIGN_VOICE = {"name": "Eigene", "lang": "de-DE", "localService": True}
# Takes the place of the browser's own speech, which has no voice here; ``said`` is what was read.
SPEECH = """(voices) => {
  window.said = [];
  window.stops = 0;
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => voices,
    speak: (one) => { said.push(one); window.last = one; },
    cancel: () => { stops += 1; },
  } });
}"""


@pytest.fixture
def with_voices(browser: Browser, address: str) -> Iterator:
    """Open a page in a browser that has these voices."""
    context = browser.new_context()

    def opened(*voices: dict, path: str = "section/singles") -> Page:
        tab = context.new_page()
        tab.add_init_script(f"({SPEECH})({json.dumps(voices)})")
        tab.goto(address + path)
        return tab

    yield opened
    context.close()


def read(tab: Page, what: str) -> list[str]:
    tab.get_by_role("button", name=f"Read this aloud “{what}”", exact=True).click()
    return tab.evaluate("said.map(one => one.text)")


def switch_on(tab: Page) -> None:
    tab.get_by_role("button", name="Read aloud", exact=True).click()


def test_a_question_is_read_with_its_reason_and_its_answers(with_voices):
    tab = with_voices(FAR_VOICE, OWN_VOICE)
    switch_on(tab)
    tab.get_by_role("group", name="Is it plain?").get_by_label("No", exact=True).check()
    assert read(tab, "Is it plain?") == [
        "Is it plain?",
        "Why we ask: Plain is common.",
        "Where to find it: On the label.",
        "Who may know: The maker.",
        "Yes",
        "No: chosen",
        "I do not know",
    ]
    assert tab.evaluate("said.every(one => one.voice.name === 'Own')")


def test_a_part_of_the_result_is_read_up_to_the_next_one(with_voices):
    tab = with_voices(OWN_VOICE, path="result")
    switch_on(tab)
    said = read(tab, "Where this leads")
    assert said[0] == "Where this leads"
    assert "Talk it over" in said
    assert "Each point in one look" not in said
    assert not any("Source" in text or "[" in text for text in read(tab, "What is known"))


def test_every_question_and_every_part_of_the_result_has_its_button(with_voices):
    for path, what in (("section/several", ".question"), ("result", ".main > h2, .criterion")):
        tab = with_voices(OWN_VOICE, path=path)
        switch_on(tab)
        buttons = tab.get_by_role("button", name="Read this aloud “")
        assert buttons.count() >= tab.locator(what).count() > 0
        heights = buttons.evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
        assert min(heights) >= 48


def test_reading_starts_when_asked_and_stops_when_asked(with_voices):
    tab = with_voices(OWN_VOICE)
    switch_on(tab)
    assert tab.evaluate("said.length") == 0
    read(tab, "Is it plain?")
    before = tab.evaluate("stops")
    tab.get_by_role("button", name="Stop reading “Is it plain?”").press("Enter")
    assert tab.evaluate("stops") > before
    read(tab, "Is it plain?")
    tab.evaluate("last.onend()")
    expect(tab.get_by_role("button", name="Stop reading")).to_have_count(0)


def test_the_choice_to_have_pages_read_lasts_from_page_to_page(with_voices):
    tab = with_voices(OWN_VOICE)
    expect(tab.get_by_role("button", name="Read this aloud")).to_have_count(0)
    switch_on(tab)
    tab.get_by_role("button", name="Continue").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Several answers")
    assert tab.get_by_role("button", name="Read this aloud").count() > 0
    tab.get_by_role("button", name="Hide the buttons that read aloud").click()
    expect(tab.get_by_role("button", name="Read this aloud")).to_have_count(0)


@pytest.mark.parametrize("voices", [(), (FAR_VOICE,), (FOREIGN_VOICE,)])
def test_without_a_voice_of_its_own_that_speaks_the_language_nothing_is_offered(
    with_voices, voices
):
    tab = with_voices(*voices)
    assert tab.get_by_role("main").get_by_role("button").all_inner_texts() == [
        "Continue",
        "Stop here",
        "Back",
    ]


def test_a_voice_that_is_found_late_is_offered_too(with_voices):
    tab = with_voices()
    late = "speechSynthesis.getVoices = () => [{lang: 'en', localService: true}]"
    tab.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ {late} }})")
    tab.add_init_script("speechSynthesis.addEventListener = (_, f) => addEventListener('load', f)")
    tab.reload()
    expect(tab.get_by_role("button", name="Read aloud", exact=True)).to_be_visible()


def test_only_the_pages_that_have_the_script_allow_one(client):
    plain = ("/", "/check", "/how", "/display", "/clear", "/print")
    for path in (*plain, "/section/words", "/result", "/print/blank", "/print/blank-large"):
        response = client.get(path)
        allowed = "script-src 'self'" in response.headers["Content-Security-Policy"]
        assert allowed == ("<script" in response.get_data(as_text=True)), path
