"""The papers as they come out of a real browser's printer."""

from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader

from checklist import paths
from checklist.papers import doctor_page
from checklist.web import create_app
from checklist.web.standalone import file_of
from visits import told, visits
from walks import ruleset

pytestmark = pytest.mark.browser

COPIES = ("copy, everything answered", "copy, hostile 0", "copy, hostile 2", "blank")
CHOSEN = ["print-size-200", "print-spacing-wide", "print-weight-bold"]
WIDTH = 665  # pixels: A4 with 17 mm at each side


@pytest.fixture(scope="module")
def tab(browser):
    page = browser.new_page(viewport={"width": WIDTH, "height": 900}, java_script_enabled=True)
    yield page
    page.close()


@cache
def doctors_pages():
    """Return the doctor's page of everybody here, and of every third case of the ruleset."""
    ours = [visit for visit in visits().values() if visit.paper == "doctor"]
    cases = [doctor_page(ruleset(), told(case.answers)) for case in ruleset().cases[::3]]
    return [*ours, *cases]


def put(tab, papers, *, large=False):
    tab.set_content(file_of(create_app(ruleset()), papers))
    if large:
        tab.add_style_tag(content=(paths.STATIC / "paper-large.css").read_text("utf-8"))
    tab.evaluate("document.fonts.ready")


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_doctors_page_is_one_side_for_everybody(tab, paper):
    put(tab, doctors_pages())  # each begins a side, so that there are as many only if each fits
    assert len(PdfReader(BytesIO(tab.pdf(format=paper))).pages) == len(doctors_pages())


def test_every_side_has_its_notice_day_and_number(tab):
    put(tab, [visits()["copy, everything answered"]])
    printed = PdfReader(BytesIO(tab.pdf(format="A4")))
    for number, page in enumerate(printed.pages, start=1):
        text = " ".join(page.extract_text().split())
        assert f"Page {number} of {len(printed.pages)}" in text
        assert "For learning only. It is not advice." in text
        assert "22 November 2026" in text


@pytest.mark.parametrize("large", [False, True], ids=["ordinary", "large"])
def test_nothing_stands_outside_the_margins(tab, large):
    tab.emulate_media(media="print")
    put(tab, [*(visits()[name] for name in COPIES), *doctors_pages()[:14]], large=large)
    assert tab.evaluate(OUTSIDE, WIDTH) == []


def test_large_print_has_no_letter_below_18_points_and_no_columns(tab):
    tab.emulate_media(media="print")
    put(tab, [visits()[name] for name in COPIES], large=True)
    assert tab.evaluate(SMALLEST) >= 18
    beside = "e => ['grid', 'inline-block', 'table'].includes(getComputedStyle(e).display)"
    assert not tab.evaluate(f"[...document.querySelectorAll('.paper *')].filter({beside}).length")


@pytest.mark.parametrize("large", [False, True], ids=["ordinary", "large"])
def test_the_letters_that_a_person_chose_are_printed_and_nothing_runs_off(tab, large):
    tab.emulate_media(media="print")
    put(tab, [visits()["copy, hostile 0"], visits()["blank"]], large=large)
    tab.evaluate("names => document.body.classList.add(...names)", CHOSEN)
    assert tab.evaluate(SMALLEST) >= 24
    assert tab.evaluate(OUTSIDE, WIDTH) == []


def test_the_doctors_page_has_no_letter_below_12_points(tab):
    tab.emulate_media(media="print")
    put(tab, doctors_pages()[:1])
    assert tab.evaluate(SMALLEST) >= 12


def test_a_box_to_tick_is_8_millimetres_wide_and_high(tab):
    tab.emulate_media(media="print")
    put(tab, [visits()["blank"]])
    size = tab.evaluate(
        "(() => { const s = getComputedStyle(document.querySelector('.boxes__item'), '::before');"
        " return [s.width, s.height] })()"
    )
    assert [round(float(side.removesuffix("px")) * 25.4 / 96, 1) for side in size] == [8.0, 8.0]


TEXTS = """
  const texts = [];
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push(walker.currentNode);
"""
OUTSIDE = f"""width => {{ {TEXTS}
  return texts.filter(text => {{
    const range = document.createRange();
    range.selectNodeContents(text);
    return [...range.getClientRects()].some(r => r.left < -0.5 || r.right > width + 0.5);
  }}).map(text => text.data.slice(0, 40));
}}"""
SMALLEST = f"""() => {{ {TEXTS}
  const sizes = texts.map(t => parseFloat(getComputedStyle(t.parentElement).fontSize));
  return Math.min(...sizes) * 0.75 + 0.001;
}}"""
