"""The papers as pages: what is offered, what each says, and how it is made to print."""

import re

import pytest
from flask import render_template

from checklist.display import Display
from checklist.web import create_app
from checklist.web.print_look import look, margin_boxes
from checklist.web.standalone import as_html, file_of
from visitor import Shown, text_of
from visits import bare, summaries, visits
from walks import ruleset

ANSWERED = {"q-plain": "no", "q-size": "small", "q-weight": "34 kilograms", "q-colour": "yes"}
PAPERS = ("/print/doctor", "/print/copy", "/print/large", "/print/blank", "/print/blank-large")


@pytest.fixture(scope="module")
def shown():
    app = create_app(ruleset())

    def show(visit):
        with app.test_request_context():
            words = {"name": visit.paper, "large_print": False, "lost": "nothing"}
            html = render_template(
                "print/paper.html", visit=visit, paper_look=look(visit, Display()), **words
            )
            return Shown(None, app.make_response(html))

    return show


def paper_of(page):
    """Return what is printed of a page: its title and the paper itself."""
    inside = next(div for div in page.all("div") if "paper" in (div.get("class") or "").split())
    return f"{page.h1} {text_of(inside)}"


@pytest.mark.parametrize("name", visits())
def test_a_page_says_every_sentence_of_a_paper_in_its_order_and_nothing_else(shown, name):
    assert bare(paper_of(shown(visits()[name]))) == bare("".join(visits()[name].sentences()))


def test_all_papers_are_offered_with_what_they_are_for_and_how_long_they_are(page):
    page("/section/singles").send(ANSWERED)
    offered = page("/print")
    links = [a.get("href") for a in offered.main.iter("a")]
    assert [link for link in links if ".pdf" not in link] == [*PAPERS, "/result"]
    assert "It is one side." in offered.text
    assert len(re.findall(r"It takes about (?:\d+ sides|one side)\.", offered.text)) == 4


def test_papers_that_wait_for_answers_are_named_but_not_opened(page):
    offered = page("/print")
    links = [a.get("href") for a in offered.main.iter("a") if ".pdf" not in a.get("href")]
    assert links == [*PAPERS[3:], "/result"]
    assert offered.text.count("It waits for your answers.") == 3


def test_a_button_of_a_paper_says_what_it_does_with_which_paper(page):
    page("/section/singles").send(ANSWERED)
    names = page("/print").links()
    assert names["Open to print 'Your own copy'"] == "/print/copy"
    assert names["Save as PDF (A4) of 'Your own copy'"] == "/print/copy.pdf?page=a4"


def sheets_of(page, path):
    return [
        link.get("href").rpartition("/")[2].partition("?")[0] for link in page(path).all("link")
    ]


def test_for_somebody_who_reads_large_letters_a_paper_is_laid_out_as_large_print(page):
    assert "paper-large.css" not in sheets_of(page, "/print/copy")
    sides = sides_told(page("/print"))
    page("/display").send({"size": "250"})
    assert "paper-large.css" in sheets_of(page, "/print/copy")
    assert "paper-large.css" not in sheets_of(page, "/print/doctor")
    assert all(now > before for now, before in zip(sides_told(page("/print")), sides, strict=True))


def sides_told(page):
    return [int(count) for count in re.findall(r"about (\d+) sides", page.text)]


def test_the_result_leads_to_the_papers_and_the_first_page_to_the_blank_form(page):
    assert page("/result").links()["Papers to print"] == "/print"
    assert page("/").links()["Print a blank form to fill in by pen"] == "/print/blank"


@pytest.mark.parametrize("path", PAPERS)
def test_a_paper_says_how_to_print_it_and_where_the_others_are(page, path):
    asked = page(path)
    [how] = [e for e in asked.all("section") if "noprint" in (e.get("class") or "")]
    assert text_of(how).startswith("How to print this Press the keys Ctrl and P together")
    assert "/print" in [a.get("href") for a in how.iter("a")]


def test_the_papers_say_what_was_answered_and_the_blank_form_does_not(page):
    page("/section/singles").send(ANSWERED)
    for path in PAPERS[:3]:
        assert "34 kilograms" in page(path).text
    for path in PAPERS[3:]:
        assert "34 kilograms" not in page(path).text


@pytest.mark.parametrize("path", PAPERS)
def test_only_a_pen_ever_writes_the_name(page, path):
    asked = page(path)
    [line] = [p for p in asked.all("p") if text_of(p) == "Name"]
    assert line.get("class") == "blank"
    assert not list(asked.all("input"))


def test_each_side_says_notice_day_and_page_in_its_margin(client):
    style = client.get("/print/margins.css").get_data(as_text=True)
    visit = visits()["blank"]
    assert client.get("/print/margins.css").mimetype == "text/css"
    assert f'"{visit.running_notice}"' in style
    assert '"Page " counter(page) " of " counter(pages)' in style
    assert "16pt" in client.get("/print/margins-large.css").get_data(as_text=True)
    assert f'"{visit.date}"' in margin_boxes(visit, "ordinary")


def test_display_choices_carry_into_the_copy_but_not_into_the_doctors_page():
    chosen = Display(size=150, spacing="wide", weight="bold")
    copy, doctor = visits()["copy, somebody of 70"], visits()["doctor, somebody of 70"]
    for name in ("print-size-150", "print-spacing-wide", "print-weight-bold"):
        assert name in look(copy, chosen).split()
    assert look(doctor, chosen) == look(doctor, Display())


def test_hostile_text_comes_out_as_it_was_typed(shown):
    page = shown(visits()["copy, hostile 1"])
    assert "<script>alert(1)</script> {{ 7 * 7 }} [link](http://x)" in page.text


def test_a_file_holds_the_doctors_page_and_the_copy_and_needs_no_other_file():
    html = as_html(create_app(ruleset()), summaries()["somebody of 70"])
    assert html.index("<h1>Page for your doctor</h1>") < html.index("<h1>Your own copy</h1>")
    assert not re.findall(r'(?:href|src)="(?!https://)|url\("?(?!data:|#|")', html)
    assert html.count("data:font/woff2;base64,") == 2


def test_a_file_can_hold_any_papers():
    html = file_of(create_app(ruleset()), [visits()["blank"], visits()["blank, long-ride"]])
    assert html.count("<h1>Form to fill in by pen</h1>") == 2
