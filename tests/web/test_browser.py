"""The form in a real browser, as hands, eyes and paper meet it."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pypdf import PdfReader

pytestmark = pytest.mark.browser

PAGES = ("", "section/singles", "section/several", "section/words", "check", "result", "print")
PAGES += ("print/copy", "print/blank")
PAGES += ("trail", "how", "words", "sources", "save", "open", "compare", "clear")


@pytest.fixture
def visit(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without scripts, as the form promises to need none."""
    context = browser.new_context(java_script_enabled=False)
    yield context
    context.close()


@pytest.fixture
def tab(visit: BrowserContext, address: str) -> Page:
    tab = visit.new_page()
    tab.goto(address)
    return tab


def focus_with_tab_key(tab: Page, target: Locator) -> None:
    for _ in range(60):
        tab.keyboard.press("Tab")
        if target.and_(tab.locator(":focus")).count():
            return
    raise AssertionError(f"the Tab key never reaches {target}")


def press_on(tab: Page, target: Locator, key: str) -> None:
    focus_with_tab_key(tab, target)
    tab.keyboard.press(key)


def row(tab: Page, question: str) -> Locator:
    return tab.locator(".answers__row", has_text=question)


def fill_in_first_page(tab: Page, weight: str = "34") -> None:
    tab.get_by_role("group", name="Is it plain?").get_by_label("No", exact=True).check()
    tab.get_by_label("Your answer").fill(weight)
    with tab.expect_navigation():  # until then a reload would be of a page on its way out
        tab.get_by_role("button", name="Continue").click()


def test_the_whole_form_can_be_filled_in_with_the_keyboard_alone(tab):
    press_on(tab, tab.get_by_role("link", name="Start", exact=True).first, "Enter")
    press_on(tab, tab.get_by_label("Yes").first, "Space")
    press_on(tab, tab.get_by_label("Small"), "Space")
    tab.keyboard.press("ArrowDown")
    focus_with_tab_key(tab, tab.get_by_label("Your answer"))
    tab.keyboard.type("34 kilograms")
    press_on(tab, tab.get_by_role("button", name="Continue"), "Enter")
    press_on(tab, tab.get_by_label("Rose"), "Space")
    press_on(tab, tab.get_by_role("group", name="The lid").get_by_label("Whole"), "Space")
    press_on(tab, tab.get_by_role("button", name="Continue"), "Enter")
    focus_with_tab_key(tab, tab.get_by_label("Anything else?"))
    tab.keyboard.type("No more.")
    press_on(tab, tab.get_by_role("button", name="Continue"), "Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Check your answers")
    expect(row(tab, "Which size is it?")).to_contain_text("Medium")
    expect(row(tab, "How heavy is it?")).to_contain_text("34 kilograms")
    press_on(tab, tab.get_by_role("link", name="See your result").first, "Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Your result so far")


def test_an_answer_is_changed_from_the_list_and_no_other_is_lost(tab, address):
    tab.goto(f"{address}section/singles")
    fill_in_first_page(tab)
    tab.goto(f"{address}check")
    tab.get_by_role("link", name="Change your answer to “How heavy is it?”").click()
    tab.get_by_label("Your answer").fill("60")
    tab.get_by_role("button", name="Continue").click()
    expect(tab).to_have_url(f"{address}check#said-weight")
    expect(row(tab, "How heavy is it?")).to_contain_text("60 kilograms")
    expect(row(tab, "Is it plain?")).to_contain_text("No")


def test_what_cannot_be_read_takes_the_focus_and_leads_to_the_box(tab, address):
    tab.goto(f"{address}section/singles")
    fill_in_first_page(tab, weight="heavy")
    expect(tab.locator(".error-summary")).to_be_focused()
    press_on(tab, tab.get_by_role("link", name="How heavy is it?"), "Enter")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Shift+Tab")
    expect(tab.get_by_label("Your answer")).to_be_focused()
    expect(tab.get_by_label("Your answer")).to_have_value("heavy")


def test_back_and_refresh_keep_what_was_saved(tab, address):
    tab.goto(f"{address}section/singles")
    fill_in_first_page(tab)
    tab.reload()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Several answers")
    tab.go_back()
    expect(tab.get_by_label("Your answer")).to_have_value("34")
    tab.go_forward()
    tab.get_by_role("button", name="Back").click()
    expect(
        tab.get_by_role("group", name="Is it plain?").get_by_label("No", exact=True)
    ).to_be_checked()


def test_answers_are_saved_cleared_opened_and_compared_with_the_keyboard(tab, address, tmp_path):
    tab.goto(f"{address}section/singles")
    fill_in_first_page(tab)
    press_on(tab, tab.get_by_role("button", name="Save my answers"), "Enter")
    with tab.expect_download() as saving:
        press_on(tab, tab.get_by_role("button", name="Save the file"), "Enter")
    file = tmp_path / saving.value.suggested_filename
    saving.value.save_as(file)
    tab.goto(f"{address}clear")
    press_on(tab, tab.get_by_role("button", name="Clear all my answers"), "Enter")
    press_on(tab, tab.get_by_role("link", name="Open saved answers"), "Enter")
    tab.get_by_label("The file with your saved answers").set_input_files(file)
    press_on(tab, tab.get_by_role("button", name="Show what is in the file"), "Enter")
    expect(row(tab, "How heavy is it?")).to_contain_text("In the file: 34 kilograms")
    press_on(tab, tab.get_by_role("button", name="Use these answers"), "Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Your saved answers are open")
    tab.goto(f"{address}compare")
    tab.get_by_label("The file with your saved answers").set_input_files(file)
    press_on(tab, tab.get_by_role("button", name="Compare"), "Enter")
    expect(tab.get_by_text("All your answers are the same as then.")).to_be_visible()


def test_a_paper_prints_what_was_answered_and_nothing_that_only_a_screen_needs(tab, address):
    tab.goto(f"{address}section/singles")
    fill_in_first_page(tab)
    tab.goto(f"{address}print/doctor")
    for paper in ("A4", "Letter"):
        printed = PdfReader(BytesIO(tab.pdf(format=paper)))
        [text] = [" ".join(page.extract_text().split()) for page in printed.pages]
        assert "Page for your doctor" in text
        assert "Name" in text
        assert "34 kilograms" in text
        assert "Page 1 of 1" in text
        assert "Clear my answers" not in text
        assert "How to print" not in text


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "start")
def test_no_page_asks_for_anything_from_elsewhere_or_breaks_its_own_rules(browser, address, path):
    with browser.new_context() as context:
        tab = context.new_page()
        asked, refused = [], []
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("console", lambda message: refused.append(message.text))
        tab.goto(address + path)
        assert all(url.startswith(address) for url in asked)
        assert not [text for text in refused if "Content Security Policy" in text]


def test_a_paper_is_printed_at_the_press_of_one_button_where_scripts_run(browser, address):
    with browser.new_context() as context:
        tab = context.new_page()
        tab.add_init_script("window.print = () => { window.printed = true; }")
        tab.goto(address + "print/blank")
        tab.get_by_role("button", name="Print", exact=True).click()
        assert tab.evaluate("window.printed") is True


def test_no_button_that_would_do_nothing_is_shown_without_scripts(tab, address):
    tab.goto(address + "print/blank")
    expect(tab.get_by_role("heading", name="How to print this")).to_be_visible()
    expect(tab.get_by_role("button", name="Print", exact=True)).to_have_count(0)
