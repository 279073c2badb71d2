"""The pages of questions, as somebody with a browser fills them in."""

import re

import pytest

from checklist.ruleset.model import (
    Choice,
    Criterion,
    Grid,
    OneOf,
    Outcome,
    Rule,
    Ruleset,
    Section,
    YesNo,
)
from checklist.web import create_app
from visitor import text_of

ANSWERED = {"q-plain": "no", "q-size": "small", "q-weight": "34 kilograms", "q-colour": "yes"}


def two_sections(first, second):
    """A ruleset of two pages, judged by a rule that takes everything."""
    return Ruleset(
        id="two",
        title="Two pages",
        version="1",
        language="en",
        file="two.yaml",
        sources={},
        sections=(
            Section("first", "The first page", first),
            Section("second", "The second page", second),
            Section("last", "The last page", (YesNo(id="end", text="The end?", section="last"),)),
        ),
        facts={},
        criteria=(Criterion("any", "Anything", (), (Rule("met", 1, "It does."),)),),
        outcomes=(Outcome("done", "Done", "That is all."),),
    )


@pytest.fixture
def branching():
    """The second page is asked only after a yes on the first."""
    gate = YesNo(id="gate", text="Is there a gate?", section="first")
    only_then = {"gate": OneOf(frozenset({"yes"}))}
    wide = YesNo(id="wide", text="Is it wide?", section="second", enable_when=only_then)
    return two_sections((gate,), (wide,))


@pytest.fixture
def at_the_gate(page, branching):
    """A visitor of the branching form."""
    return type(page)(create_app(branching).test_client())


def test_nothing_is_chosen_beforehand(page):
    assert not [name for name in page("/section/singles").fields() if name == "q-plain"]


def test_continue_keeps_the_page_and_leads_to_the_next(page):
    shown = page("/section/singles").send(ANSWERED)
    assert page.redirects == [(303, "/section/several#main")]
    assert shown.h1 == "Several answers"
    kept = page("/section/singles").fields()
    assert (kept["q-plain"], kept["q-weight"], kept["q-colour"]) == ("no", "34", "yes")


def test_continue_on_the_last_page_leads_to_the_answers(page):
    page("/section/words").send()
    assert page.redirects == [(303, "/check#main")]


def test_stop_here_keeps_the_page_and_leads_to_the_result(page):
    page("/section/singles").send(ANSWERED, go="stop")
    assert page.redirects == [(303, "/result#main")]
    assert page("/section/singles").fields()["q-size"] == "small"


def test_a_change_comes_straight_back_to_the_answers(page):
    page("/section/singles").send(ANSWERED)
    shown = page("/section/singles?from=check")
    assert shown.links()["Back without saving"] == "/check"
    assert "Small" not in shown.send({"q-size": "large"}).text
    assert page.redirects == [(303, "/check#main")]


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "clear", ""])
def test_the_request_never_says_where_a_page_leads(page, target):
    page(f"/section/singles?from={target}").send({"from": target})
    assert page.redirects == [(303, "/section/several#main")]


def test_not_known_is_shown_again_and_told_apart_from_skipped(page):
    page("/section/singles").send({"q-plain": "?", "q-weight": ["", "?"]})
    fields = page("/section/singles").fields()
    assert fields["q-plain"] == "?"
    assert fields.getlist("q-weight") == ["", "?"]
    rows = answer_rows(page("/check"))
    assert "You said: I do not know" in rows["Is it plain?"]
    assert "Not answered" in rows["Which size is it?"]


def test_each_item_of_a_grid_tells_not_known_from_skipped(page):
    page("/section/several").send({"q-parts.lid": "?"})
    assert page("/section/several").fields().get("q-parts.lid") == "?"
    assert "The lid: I do not know" in answer_rows(page("/check"))["How is each part?"]


def test_none_of_these_is_an_answer_of_its_own(page):
    page("/section/several").send({"q-smells": "-"})
    assert page("/section/several").fields().getlist("q-smells") == ["-"]


def test_a_question_that_is_not_scored_offers_not_to_say(page):
    shown = page("/section/words")
    assert "I do not know, or would rather not say" in shown.text
    assert "or I do not know Continue" not in shown.text
    shown.send({"q-mood": "?"})
    assert (
        "I do not know, or would rather not say"
        in answer_rows(page("/check"))["What matters most to you?"]
    )


def test_an_answer_can_be_taken_back(page):
    page("/section/singles").send(ANSWERED)
    page("/section/singles").send({"q-size": "?", "q-weight": ""})
    fields = page("/section/singles").fields()
    assert (fields["q-size"], fields["q-weight"]) == ("?", "")


def test_what_cannot_be_read_comes_back_as_typed_and_the_earlier_answer_stays(page):
    page("/section/singles").send(ANSWERED)
    refused = page("/section/singles").send({"q-weight": "thirty", "q-size": "large"})
    assert refused.status == 422
    assert refused.title.startswith("Error: One answer each")
    assert (refused.fields()["q-weight"], refused.fields()["q-size"]) == ("thirty", "large")
    kept = page("/section/singles").fields()
    assert (kept["q-weight"], kept["q-size"]) == ("34", "small")


def test_the_list_of_errors_comes_first_takes_the_focus_and_leads_to_the_fields(page):
    refused = page("/section/singles").send({"q-weight": "thirty"})
    first = refused.main[0]
    assert first.get("autofocus") is not None
    assert first.get("tabindex") == "-1"
    link = next(first.iter("a"))
    assert refused.by_id(link.get("href")[1:]).get("name") == "q-weight"


def test_the_words_of_an_error_stand_beside_the_field_and_are_tied_to_it(page):
    refused = page("/section/singles").send({"q-weight": "thirty"})
    box = refused.by_id("q-weight.box")
    beside = text_of(refused.by_id("q-weight:error")).removeprefix("Error: ")
    assert "q-weight:error" in box.get("aria-describedby").split()
    assert beside in text_of(refused.main[0])
    assert "0 to 120" in beside


def test_no_error_blames_or_begs(page):
    refused = page("/section/singles").send({"q-weight": "999", "q-plain": ["yes", "no"]})
    words = set(re.findall(r"[a-z]+", refused.text.lower()))
    assert not words & {"invalid", "please", "sorry", "forgot", "required"}


@pytest.mark.parametrize(
    "fields",
    [
        {"q-plain": ["yes", "no"]},
        {"q-plain": "maybe"},
        {"q-plain": ["yes", "yes", "?"]},
        {"q-weight": ["1", "2"]},
        {"q-weight": "\x00"},
        {"q-weight": "9" * 5000},
        {"q-weight": "\N{FULLWIDTH DIGIT ONE}"},
        {"q-weight": ["12", "?"]},
    ],
    ids=lambda fields: ascii(fields)[:40],
)
def test_odd_fields_are_asked_again_and_never_break_the_page(page, fields):
    assert page("/section/singles").send(fields).status == 422


@pytest.mark.parametrize("fields", [{}, {"nonsense": "1"}, {"asked": "nonsense"}, {"go": "away"}])
def test_missing_and_unknown_fields_change_nothing(page, fields):
    page("/section/singles").send(ANSWERED)
    sent = page("/section/several").fields()
    needed = {"csrf_token": sent["csrf_token"], "run": sent["run"]}
    assert page.post("/section/singles", {**needed, **fields}).status == 200
    assert page("/section/singles").fields()["q-size"] == "small"


def test_boxes_that_exclude_each_other_are_asked_again(page):
    refused = page("/section/several").send({"q-smells": ["smoke", "-"]})
    assert refused.status == 422
    assert "None of these" in text_of(refused.by_id("q-smells:error"))
    assert refused.fields().getlist("q-smells") == ["smoke", "-"]


def test_text_is_shown_as_text_wherever_it_comes_up(page):
    typed = '<script>alert(1)</script>\n"</textarea><b>'
    page("/section/words").send({"q-notes": typed})
    assert page("/section/words").by_id("q-notes.box").text.strip("\n") == typed
    for path in ("/check", "/result", "/print/copy"):
        assert "<script>alert(1)</script>" in page(path).text


def test_signs_that_change_how_text_reads_are_asked_out(page):
    refused = page("/section/words").send({"q-notes": "abc\N{RIGHT-TO-LEFT OVERRIDE}def"})
    assert refused.status == 422
    assert "abc\N{REPLACEMENT CHARACTER}def" in refused.by_id("q-notes.box").text


def test_text_over_the_limit_is_asked_again_and_kept_on_the_page(page):
    refused = page("/section/words").send({"q-notes": "a" * 601})
    assert refused.status == 422
    assert "601" in text_of(refused.by_id("q-notes:error"))
    assert "a" * 601 in refused.by_id("q-notes.box").text


def test_a_question_that_hangs_on_one_of_the_same_page_says_so(page):
    shown = page("/section/singles")
    assert "Answer this only if you said 'No' to: Is it plain?" in shown.text
    shown.send({"q-plain": "yes"})
    assert "Is it coloured?" in page("/section/singles").text


def test_a_page_without_a_question_to_ask_is_passed_over(at_the_gate):
    at_the_gate("/section/first").send({"q-gate": "no"})
    assert at_the_gate.redirects == [(303, "/section/last#main")]
    at_the_gate("/section/last").send(go="back")
    assert at_the_gate.redirects == [(303, "/section/first#main")]


def test_a_change_comes_back_to_the_place_on_the_list_that_it_was_made_from(page):
    page("/section/singles").send(ANSWERED)
    change = next(
        link for words, link in page("/check").links().items() if "Which size is it?" in words
    )
    page(change).send({"q-size": "large"})
    assert page.redirects == [(303, "/check#said-size")]
    page("/section/singles?from=check&at=//elsewhere.example").send()
    assert page.redirects == [(303, "/check#main")]


def test_back_saves_the_page_as_continue_does(page):
    page("/section/words").send({"q-notes": "Half a sentence"}, go="back")
    assert page.redirects == [(303, "/section/several#main")]
    assert page("/section/words").fields()["q-notes"].strip() == "Half a sentence"


def test_looking_at_a_page_in_any_way_never_changes_or_breaks_anything(page, client):
    page("/section/words").send({"q-notes": "Mine"})
    for path in (
        "/",
        "/section/words",
        "/questions",
        "/clear",
        "/check",
        "/result",
        "/print/doctor",
    ):
        assert client.head(path).status_code == 200
    assert page("/section/words").fields()["q-notes"].strip() == "Mine"


def test_whoever_stops_finds_the_way_on_to_the_first_page_not_yet_answered(page):
    page("/section/singles").send(ANSWERED, go="stop")
    assert page("/result").links()["Go on with the questions"] == "/section/several#main"
    assert page("/check").links()["Go on with the questions"] == "/section/several#main"


def test_a_question_is_asked_with_its_condition_while_that_is_open(at_the_gate):
    shown = at_the_gate("/section/first").send({"q-gate": "?"})
    assert "Answer this only if you said 'Yes' to: Is there a gate?" in shown.text


def test_a_question_is_asked_without_condition_once_that_holds(at_the_gate):
    shown = at_the_gate("/section/first").send({"q-gate": "yes"})
    assert "Is it wide?" in shown.text
    assert "only if" not in shown.text


def test_the_answer_on_a_closed_branch_is_kept_and_comes_back(at_the_gate):
    at_the_gate("/section/first").send({"q-gate": "yes"}).send({"q-wide": "yes"})
    at_the_gate("/section/first").send({"q-gate": "no"})
    assert "Kept, but not counted" in answer_rows(at_the_gate("/check"))["Is it wide?"]
    at_the_gate("/section/first").send({"q-gate": "yes"})
    assert at_the_gate("/section/second").fields()["q-wide"] == "yes"


def test_an_old_tab_changes_only_what_it_showed(at_the_gate):
    at_the_gate("/section/first").send({"q-gate": "no"})
    old_tab = at_the_gate("/section/second")
    at_the_gate("/section/first").send({"q-gate": "yes"}).send({"q-wide": "yes"})
    old_tab.send()
    assert at_the_gate("/section/second").fields()["q-wide"] == "yes"


def test_a_page_from_before_a_clear_comes_back_with_what_was_typed(page):
    old_tab = page("/section/words")
    page("/section/singles").send(ANSWERED)
    page("/clear").send()
    page("/section/singles")
    stale = old_tab.send({"q-notes": "Still here."})
    assert stale.status == 409
    assert stale.fields()["q-notes"].strip() == "Still here."
    assert not page("/section/words").fields()["q-notes"].strip()
    assert stale.send().status == 200
    assert page("/section/words").fields()["q-notes"].strip() == "Still here."


def test_a_page_with_another_run_in_it_is_not_mixed_in(page):
    stale = page("/section/words").send({"run": "another", "q-notes": "Still here."})
    assert stale.status == 409
    assert "not saved yet" in stale.text
    assert not page("/section/words").fields()["q-notes"].strip()


def test_after_a_restart_the_page_says_so_and_keeps_what_was_typed(page, ruleset):
    page("/section/singles").send(ANSWERED)
    open_page = page("/section/words")
    again = type(page)(create_app(ruleset).test_client())
    cookie = page.client.get_cookie("checklist-8765")
    again.client.set_cookie("checklist-8765", cookie.value)
    open_page.visitor = again
    stale = open_page.send({"q-notes": "Still here."})
    assert stale.status == 409
    assert "started again" in stale.text
    assert stale.send().status == 200
    assert again("/section/words").fields()["q-notes"].strip() == "Still here."


def test_a_browser_without_cookies_is_told_so(app, page):
    refusing = type(page)(app.test_client(use_cookies=False))
    shown = refusing("/section/words").send({"q-notes": "Still here."})
    assert shown.status == 409
    assert "cookie" in shown.text
    assert shown.fields()["q-notes"].strip() == "Still here."


def test_awkward_names_in_a_ruleset_do_not_get_in_each_others_way(page):
    names = ("run", "data", "csrf_token", "errors", "go", "asked")
    first = tuple(YesNo(id=name, text=f"Is it {name}?", section="first") for name in names)
    second = (
        Grid(
            id="plain",
            text="Grid?",
            section="second",
            items={"error": "Error", "about": "About", "0": "Zero"},
            options={"none": "None", "some": "Some"},
        ),
        Choice(id="plain-error", text="Which?", section="second", options={"none": "None"}),
    )
    visitor = type(page)(create_app(two_sections(first, second)).test_client())
    visitor("/section/first").send({f"q-{name}": "yes" for name in names})
    assert visitor.redirects == [(303, "/section/second#main")]
    visitor("/section/second").send({"q-plain.error": "some", "q-plain-error": "none"})
    assert visitor("/section/second").fields()["q-plain.error"] == "some"
    assert visitor("/section/first").fields()["q-csrf_token"] == "yes"  # noqa: S105  # a question


def answer_rows(shown):
    """Question to all that its row says."""
    rows = [row for row in shown.main.iter("div") if row.get("class") == "answers__row"]
    return {text_of(row[0]): text_of(row) for row in rows}


@pytest.mark.parametrize("fields", [{}, {"csrf_token": "made up"}])
def test_a_page_that_is_not_there_cannot_be_sent_and_breaks_nothing(client, fields):
    answer = client.post("/section/no-such-page", data=fields)
    assert answer.status_code == 400
    assert "<h1" in answer.text
