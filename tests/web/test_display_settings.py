"""How somebody says how pages are to look, and that every page then looks so."""

import re

import pytest

from checklist.display import OFFERED, Display
from checklist.paths import STATIC
from checklist.web import cookie, current
from checklist.web.cookie import BUDGET
from checklist.web.longest_cookie import longest_cookie
from visitor import Visitor, text_of

LARGE = {"size": "250", "spacing": "wide", "weight": "bold", "colours": "yellow"}
LOOKS_LARGE = "size-250 spacing-wide weight-bold colours-yellow"
LOOKS_USUAL = "size-100 spacing-normal weight-normal colours-system"
PAGES = ["/", "/check", "/result", "/trail", "/print", "/how", "/words", "/sources", "/questions"]
PAGES += ["/clear", "/display", "/section/singles", "/nowhere", "/section/nowhere"]
ANSWERED = {"q-plain": "no", "q-size": "small", "q-weight": "34"}


def look_of(shown) -> str:
    return shown.one("html").get("class")


def chosen_on(shown) -> dict[str, str]:
    return {name: value for name, value in shown.fields().items() if name in OFFERED}


def test_the_page_shows_every_choice_and_what_is_chosen_now(page):
    shown = page("/display")
    offered = [(b.get("name"), b.get("value")) for b in shown.main.iter("input")]
    assert set(offered) >= {(n, str(one)) for n, among in OFFERED.items() for one in among}
    assert chosen_on(shown) == {
        "size": "100",
        "spacing": "normal",
        "weight": "normal",
        "colours": "system",
    }


def settings_from(page, shown):
    """Go to the settings as the page offers it: by a link, or by a button that keeps the page."""
    way = shown.links().get("Display")
    return page(way) if way else shown.send(go="display")


def test_what_was_typed_is_there_again_after_a_look_at_the_settings(page):
    page("/section/singles").send({"q-size": "small"})
    page("/section/singles").send({"q-size": "large"}, go="display").send(LARGE)
    assert page.redirects == [(303, "/section/singles")]
    assert page("/section/singles").fields()["q-size"] == "large"


def test_every_way_off_a_page_of_questions_keeps_what_was_typed_first(page):
    ways = [b for b in page("/section/singles").all("button") if b.get("class") == "as-link"]
    elsewhere = {text_of(a) for a in page("/check").all("a")}
    assert len(ways) >= 10
    for number, way in enumerate(ways):
        shown = page("/section/singles").send({"q-weight": str(number)}, go=way.get("value"))
        assert page("/section/singles").fields()["q-weight"] == str(number), way.get("value")
        assert shown.status == 200
        assert text_of(way) in elsewhere


def test_only_clearing_leaves_a_page_of_questions_without_keeping_it(page):
    left = [a.get("href") for a in page("/section/singles").all("a")]
    assert left == ["#main", "/clear"]


@pytest.mark.parametrize(
    ("go", "h1"),
    [
        ("save", "Save my answers"),
        ("words", "Words we use"),
        ("how", "How this works"),
        ("check", "Check your answers"),
        ("print", "Papers to print"),
        ("compare", "Compare with last time"),
    ],
)
def test_a_way_off_the_page_leads_where_it_says(page, go, h1):
    assert page("/section/singles").send({"q-size": "large"}, go=go).h1 == h1
    assert page("/questions").send({"q-size": "large"}, go=go).h1 == h1


def test_a_mistake_on_the_page_is_shown_before_the_settings_are(page):
    shown = page("/section/singles").send({"q-weight": "no number"}, go="display")
    assert (shown.status, shown.h1) == (422, page("/section/singles").h1)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_looks_as_was_chosen_and_leads_to_the_choices(page, path):
    assert look_of(page(path)) == LOOKS_USUAL
    page("/display").send(LARGE)
    shown = page(path)
    assert look_of(shown) == LOOKS_LARGE
    assert settings_from(page, shown).h1 == "Display"


@pytest.mark.parametrize("status", [400, 409, 413, 422])
def test_a_page_that_is_refused_looks_as_was_chosen_too(page, status):
    page("/display").send(LARGE)
    wrong = {409: {"run": "another"}, 413: {"q-notes": "a" * 300_000}, 422: {"q-mood": "rubbish"}}
    shown = page("/section/words").send(wrong[status]) if status in wrong else None
    shown = shown or page.post("/questions/none", {})
    assert shown.status in (status, 404)
    assert look_of(shown) == LOOKS_LARGE


@pytest.mark.parametrize(
    "path",
    ["/", "/check", "/result", "/how", "/words", "/sources", "/questions", "/trail", "/clear"],
)
def test_save_leads_back_to_where_the_person_was(page, path):
    page("/section/singles").send(ANSWERED)
    settings_from(page, page(path)).send(LARGE)
    assert page.redirects == [(303, path)]


def test_save_leads_back_into_the_change_that_the_person_was_making(page):
    address = "/section/singles?from=check&at=size"
    shown = settings_from(page, page(address))
    assert shown.links()["Back without saving"] == address
    shown.send(LARGE)
    assert page.redirects == [(303, address)]


@pytest.mark.parametrize(
    "came",
    [
        {"page": "https://evil.example/"},
        {"page": "//evil.example"},
        {"page": "/check"},
        {"page": "static"},
        {"page": "questionnaire.section"},
        {"page": "questionnaire.section", "section": "../clear"},
        {"page": "questionnaire.section", "section": "nowhere"},
    ],
)
def test_an_address_that_was_sent_is_never_followed(page, came):
    shown = page("/display")
    page.post("/display", {**shown.fields(), **came})
    assert page.redirects == [(303, "/")]


def test_answers_and_looks_are_saved_apart(page):
    page("/section/singles").send(ANSWERED)
    page("/display").send(LARGE)
    assert page("/section/singles").fields()["q-size"] == "small"
    page("/section/singles").send({**ANSWERED, "q-size": "large"})
    assert look_of(page("/check")) == LOOKS_LARGE
    page("/questions").send({"own-1": "Who pays?"})
    assert look_of(page("/check")) == LOOKS_LARGE


def test_of_two_tabs_the_last_save_holds_and_answers_given_between_stay(page):
    first, second = page("/display"), page("/display")
    second.send({"colours": "cream"})
    page("/section/singles").send(ANSWERED)
    first.send({"size": "150"})
    assert look_of(page("/check")) == "size-150 spacing-normal weight-normal colours-system"
    assert page("/section/singles").fields()["q-size"] == "small"


def test_a_look_alone_is_nothing_to_clear(page):
    page("/display").send(LARGE)
    assert page("/cleared").h1 == "Your answers are cleared"
    assert "Check your answers" not in page("/").main.itertext()


def test_clearing_takes_the_look_too_and_its_last_page_still_has_it(page, client):
    page("/section/singles").send(ANSWERED)
    page("/display").send({"size": "200", "colours": "yellow"})
    asked = page("/clear")
    assert "how you chose to see pages" in asked.text
    shown = asked.send()
    assert client.get_cookie("checklist-8765") is None
    assert look_of(shown) == "size-200 spacing-normal weight-normal colours-yellow"
    assert look_of(page("/")) == LOOKS_USUAL
    again = page(shown.links()["Choose the same display again"])
    assert chosen_on(again) == {**chosen_on(page("/display")), "size": "200", "colours": "yellow"}


def test_the_page_after_a_clear_takes_no_look_but_ours_from_its_address(page):
    shown = page('/cleared?size=9000&colours="><script>&weight=bold&spacing=')
    assert look_of(shown) == "size-100 spacing-normal weight-bold colours-system"
    assert look_of(page("/check?size=200")) == LOOKS_USUAL


@pytest.mark.parametrize(
    "sent",
    [
        {"size": "101"},
        {"size": ""},
        {"colours": "yellow "},
        {"weight": "['bold']"},
        {"size": "१००"},
    ],
)
def test_what_is_not_offered_is_refused_and_what_was_kept_stays(page, sent):
    page("/display").send(LARGE)
    shown = page("/display").send(sent)
    assert shown.status == 422
    assert look_of(shown) == look_of(page("/")) == LOOKS_LARGE


def test_a_page_from_before_a_clear_keeps_what_was_ticked_and_is_saved_at_the_second_try(page):
    old = page("/display")
    page("/clear").send()
    again = old.send(LARGE)
    assert again.status == 409
    assert look_of(again) == LOOKS_LARGE
    again.send()
    assert look_of(page("/")) == LOOKS_LARGE


def test_a_browser_without_cookies_is_told_so_in_the_look_that_was_chosen(app):
    visitor = Visitor(app.test_client(use_cookies=False))
    shown = visitor("/display").send(LARGE)
    assert shown.status == 409
    assert "Allow cookies" in shown.text
    assert look_of(shown) == LOOKS_LARGE


def test_a_look_that_does_not_fit_beside_the_answers_is_told_and_the_answers_stay(
    page, monkeypatch
):
    page("/section/words").send({"q-notes": "Keep me."})
    monkeypatch.setattr(cookie, "BUDGET", 100)  # as if the answers filled the cookie
    assert page("/display").send(LARGE).status == 422
    assert look_of(page("/")) == LOOKS_USUAL
    assert page("/section/words").fields()["q-notes"] == "Keep me."


def test_dark_is_the_same_whether_the_person_or_the_system_asks_for_it():
    style = (STATIC / "style.css").read_text("utf-8")
    blocks = re.findall(r"\.colours-(dark|system) \{(.*?)\}", style, re.DOTALL)
    dark = [set(re.findall(r"--[\w-]+: #\w+", text)) for _, text in blocks]
    assert [name for name, _ in blocks] == ["dark", "system", "dark", "system"]
    assert dark[0] == dark[1]
    assert dark[2] == dark[3]
    assert len(dark[0]) >= 20


def test_the_longest_answers_leave_room_for_a_look(ruleset):
    assert longest_cookie(ruleset) < BUDGET


def test_every_view_can_ask_how_the_visitor_wants_to_see_things(app, client):
    app.add_url_rule("/look", view_func=lambda: {"look": repr(current.display())})
    visitor = Visitor(client)
    assert client.get("/look").json == {"look": repr(Display())}
    visitor("/display").send(LARGE)
    large = Display(size=250, spacing="wide", weight="bold", colours="yellow")
    assert client.get("/look").json == {"look": repr(large)}
