"""The pages, as somebody with a browser meets them."""

import pytest
from werkzeug.exceptions import InternalServerError, RequestHeaderFieldsTooLarge

PLAIN_PAGES = ["/", "/check", "/result", "/trail", "/how", "/words", "/sources", "/display"]
PLAIN_PAGES += ["/questions", "/save", "/open", "/opened", "/compare", "/clear", "/cleared"]
PAPERS = ["/print", "/print/doctor", "/print/copy", "/print/large", "/print/blank"]
PAPERS += ["/print/blank-large"]
SECTIONS = ["/section/singles", "/section/several", "/section/words"]
ANSWERED = {"q-plain": "no", "q-size": "small", "q-weight": "34 kilograms", "q-colour": "yes"}


@pytest.mark.parametrize("path", [*PLAIN_PAGES, *SECTIONS])
def test_every_page_is_sound_before_anything_is_answered(page, path):
    assert page(path).status == 200


@pytest.mark.parametrize("path", [*PLAIN_PAGES[:-1], *SECTIONS])
def test_every_page_is_sound_once_questions_are_answered(page, path):
    page("/section/singles").send(ANSWERED)
    page("/section/several").send({"q-smells": ["smoke", "tar"], "q-parts.lid": "worn"})
    page("/section/words").send({"q-notes": "One.\nTwo.", "q-mood": "?"})
    assert page(path).status == 200


def test_no_page_of_the_program_is_left_out_of_these_tests(app):
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    others = {"/print/margins.css", "/print/margins-large.css", "/print/<name>.pdf"}
    others |= {"/section/<section_id>", "/static/<path:filename>"}
    assert rules == {*PLAIN_PAGES, *PAPERS, *others}


def test_the_first_page_says_what_the_ruleset_says_and_leads_to_the_questions(page, ruleset):
    shown = page("/")
    assert all(line in shown.text for line in (*ruleset.start.what, *ruleset.start.for_whom))
    assert all(line in shown.text for line in (ruleset.start.urgent, *ruleset.start.is_not))
    assert shown.links()["Start"] == "/section/singles#main"
    assert "/section/singles#main" in [a.get("href") for a in shown.main.iter("a")]


def test_every_page_has_a_way_past_the_header_and_to_all_pages(page):
    shown = page("/how")
    assert shown.links()["Go to the main part"] == "#main"
    footer = shown.one("footer")
    assert [a.get("href") for a in footer.iter("a")] == [
        "/",
        "/check",
        "/result",
        "/print",
        "/how",
        "/words",
        "/save",
        "/open",
        "/compare",
        "/clear",
    ]


def test_all_sources_are_one_link_from_how_this_works(page):
    assert "/sources" in page("/how").links().values()


def test_clearing_asks_once_and_leaves_nothing(page):
    page("/section/singles").send(ANSWERED)
    asked = page("/clear")
    assert page("/section/singles").fields()["q-size"] == "small"
    assert asked.send().h1 == "Your answers are cleared"
    assert "q-size" not in page("/section/singles").fields()


def test_the_page_after_clearing_says_nothing_untrue(page):
    page("/section/singles").send(ANSWERED)
    assert page("/cleared").h1 == "Clear my answers"


def test_no_answer_stands_in_a_title_or_address(page):
    page("/section/words").send({"q-notes": "Zebra"})
    shown = [page(path) for path in ("/check", "/result", "/print", "/section/words")]
    assert not any("Zebra" in one.title for one in shown)
    assert not any("Zebra" in str(href) for one in shown for href in one.links().values())


@pytest.mark.parametrize(
    ("path", "status"), [("/nowhere", 404), ("/section/nowhere", 404), ("/section/a/b", 404)]
)
def test_an_address_that_leads_nowhere_offers_a_way_back(page, path, status):
    shown = page(path)
    assert shown.status == status
    assert "nowhere" not in shown.html
    assert shown.links()["Go to the start"] == "/"


def test_a_method_that_a_page_does_not_take_is_told_which_it_does(page, client):
    token = page("/section/words").fields()["csrf_token"]
    response = client.post("/check", data={"csrf_token": token})
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_too_much_at_once_is_said_in_plain_words(page):
    shown = page("/section/words").send({"q-notes": "a" * 300_000})
    assert shown.status == 413
    assert "shorter" in shown.text


@pytest.mark.parametrize("error", [RequestHeaderFieldsTooLarge, InternalServerError])
def test_every_error_has_a_page_in_plain_words(app, page, error):
    app.add_url_rule("/broken", view_func=lambda: (_ for _ in ()).throw(error("secret words")))
    shown = page("/broken")
    assert shown.status == error.code
    assert "secret" not in shown.html


def test_a_fault_in_the_program_shows_nothing_of_itself(app, page):
    app.add_url_rule("/broken", view_func=lambda: {}["secret"])
    shown = page("/broken")
    assert shown.status == 500
    assert "secret" not in shown.html
