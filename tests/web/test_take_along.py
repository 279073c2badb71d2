"""Choosing what to ask, as somebody with a browser does it."""

from hashlib import shake_256

import pytest

from checklist.engine.assess import assess
from checklist.papers import persons_copy
from checklist.papers.text import as_text
from checklist.web import create_app
from checklist.wording.asking import all_asks, reference
from checklist.wording.summary import summarise

LIGHTER, PLAIN, WHAT_NOW, NOT_ASKED = (
    "Could it be lighter?",
    "Is it plain?",
    "What now?",
    "What have I not asked?",
)
MIDDLING = {"q-plain": "no", "q-size": "small", "q-weight": "40", "q-colour": "no"}


def refs(*asks):
    return [reference(ask) for ask in asks]


def choose(page, *asks, **fields):
    """Tick these questions and no others, write into the boxes, and save."""
    return page("/questions").send({"take": refs(*asks), **boxes(fields)})


def boxes(fields):
    return {name.replace("_", "-"): text for name, text in fields.items()}


def offers(shown):
    """What can be ticked, with whether it is."""
    labels = [label for label in shown.all("label") if label.get("class") == "option"]
    return {text_of(label): label.find("input").get("checked") is not None for label in labels}


def listed(shown):
    """The person's list as the page shows it, in its order."""
    whole = [e for e in shown.tree.iter("fieldset") if e.get("id") == "list"]
    shown_text = [e for each in whole for e in each.iter() if e.tag in ("bdi", "span")]
    return [text_of(element) for element in shown_text if not element.get("class")]


def numbered(shown):
    """The questions as a numbered list of the result or of a paper."""
    lists = [ol for ol in shown.all("ol") if ol.get("class") in ("asks", "items")]
    return [text_of(li) for li in lists[0].iter("li")]


def move(shown, places):
    """Write these places beside these questions, and save."""
    by_text = dict(zip(listed(shown), shown.fields().getlist("listed"), strict=True))
    return shown.send({f"place-{by_text[ask]}": place for ask, place in places.items()})


def noise(length):
    """Signs in no order, of which few fit into the cookie."""
    pairs = zip(*[iter(shake_256(bytes([length % 251])).digest(2 * length))] * 2, strict=True)
    return "".join(chr(0x4E00 + 64 * high + low) for high, low in pairs)


def text_of(element):
    return " ".join(" ".join(element.itertext()).split())


def test_the_result_leads_to_the_page_and_the_page_back(page):
    link = next(a for a in page("/result").main.iter("a") if a.get("href") == "/questions")
    assert "Choose questions" in text_of(link)
    assert page("/questions").links()["Back"] == "/result"


def test_nothing_is_ticked_beforehand(page):
    assert offers(page("/questions")) == {PLAIN: False, NOT_ASKED: False}
    assert listed(page("/questions")) == []


def test_while_nothing_is_chosen_the_result_keeps_its_own_order(page):
    before = numbered(page("/result"))
    choose(page)
    assert numbered(page("/result")) == before == [PLAIN, NOT_ASKED]


def test_what_is_ticked_comes_first_wherever_questions_stand(page):
    shown = choose(page, NOT_ASKED)
    assert page.redirects == [(303, "/questions")]
    assert offers(shown) == {PLAIN: False, NOT_ASKED: True}
    assert listed(shown) == [NOT_ASKED]
    assert numbered(page("/result")) == [NOT_ASKED, PLAIN]
    assert numbered(page("/print/doctor")) == [NOT_ASKED, PLAIN]
    assert numbered(page("/print/copy")) == [NOT_ASKED, PLAIN]


def test_saving_can_lead_to_the_result(page):
    page("/questions").send({"take": refs(NOT_ASKED)}, go="result")
    assert page.redirects == [(303, "/result")]


def test_own_questions_come_before_those_that_were_ticked(page):
    shown = choose(page, NOT_ASKED, own_2="Who pays?", own_4="May I bring a friend?")
    assert listed(shown) == ["Who pays?", "May I bring a friend?", NOT_ASKED]
    assert numbered(page("/print/doctor"))[:3] == ["Who pays?", "May I bring a friend?", NOT_ASKED]


def test_a_question_moves_to_the_place_that_is_written_beside_it(page):
    shown = choose(page, PLAIN, NOT_ASKED, own_1="A?", own_2="B?")
    assert listed(shown) == ["A?", "B?", PLAIN, NOT_ASKED]
    shown = move(shown, {NOT_ASKED: "1"})
    assert listed(shown) == [NOT_ASKED, "A?", "B?", PLAIN]
    shown = move(shown, {NOT_ASKED: "3", "B?": " 4 "})
    assert listed(shown) == ["A?", PLAIN, NOT_ASKED, "B?"]
    assert numbered(page("/result"))[:4] == ["A?", PLAIN, NOT_ASKED, "B?"]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        pytest.param({"A?": "2", "B?": "1"}, "BACD", id="two change places"),
        pytest.param({"A?": "4"}, "BCDA", id="the first goes last"),
        pytest.param({"C?": "1", "D?": "1"}, "CDAB", id="two want the same place"),
        pytest.param({"A?": "4", "B?": "4"}, "CDBA", id="two want the last place"),
        pytest.param({"A?": "", "B?": ""}, "ABCD", id="no place is no wish"),
    ],
)
def test_the_others_make_room_for_a_question_that_moves(page, places, expected):
    shown = choose(page, own_1="A?", own_2="B?", own_3="C?", own_4="D?")
    assert listed(move(shown, places)) == [f"{letter}?" for letter in expected]


def test_what_is_added_later_does_not_disturb_the_order(page):
    shown = move(choose(page, PLAIN, NOT_ASKED), {NOT_ASKED: "1"})
    shown = shown.send({"own-1": "Who pays?"})
    assert listed(shown) == [NOT_ASKED, PLAIN, "Who pays?"]


def test_a_question_is_taken_out_by_unticking_it_or_emptying_its_box(page):
    choose(page, PLAIN, NOT_ASKED, own_1="Who pays?", own_2="When?")
    shown = choose(page, NOT_ASKED, own_1="")
    assert listed(shown) == ["When?", NOT_ASKED]
    assert numbered(page("/result")) == ["When?", NOT_ASKED, PLAIN]


def test_an_own_question_that_is_reworded_keeps_its_place(page):
    shown = move(choose(page, NOT_ASKED, own_1="Who pays?"), {NOT_ASKED: "1"})
    shown = shown.send({"own-1": "Who\r\n pays  for it?"})
    assert listed(shown) == [NOT_ASKED, "Who pays for it?"]


def test_what_no_longer_follows_is_said_to_be_so_and_still_taken_along(page):
    page("/section/singles").send(MIDDLING)
    choose(page, LIGHTER)
    page("/section/singles").send({"q-weight": "5"})
    gone = f"{LIGHTER} (This no longer follows from your answers.)"
    assert offers(page("/questions"))[gone]
    assert numbered(page("/print/doctor"))[0] == LIGHTER
    page("/section/singles").send({"q-weight": "40"})
    assert offers(page("/questions"))[LIGHTER]


def test_what_no_longer_follows_and_is_unticked_is_offered_no_more(page):
    page("/section/singles").send(MIDDLING)
    choose(page, LIGHTER)
    page("/section/singles").send({"q-weight": "5"})
    assert LIGHTER not in choose(page).text
    assert LIGHTER not in page("/result").text


def test_an_own_question_is_shown_as_text_and_cannot_turn_its_neighbours(page):
    typed = "<script>alert(1)</script> ‏אבג?"
    assert choose(page, own_1=typed).status == 422
    shown = choose(page, own_1=typed.replace("‏", ""))
    assert listed(shown) == ["<script>alert(1)</script> אבג?"]
    for path in ("/result", "/print/doctor", "/print/copy"):
        held = [text_of(bdi) for bdi in page(path).main.iter("bdi")]
        assert "<script>alert(1)</script> אבג?" in held


def test_a_question_that_is_too_long_is_asked_again_and_nothing_else_is_lost(page):
    choose(page, own_1="Who pays?")
    refused = choose(page, NOT_ASKED, own_1="a" * 201, own_2="When?")
    assert refused.status == 422
    assert refused.title.startswith("Error: Questions to take along")
    assert "201" in text_of(refused.by_id("own-1:error"))
    assert refused.fields()["own-1"].strip() == "a" * 201
    assert refused.fields()["own-2"].strip() == "When?"
    assert offers(refused)[NOT_ASKED]
    assert listed(page("/questions")) == ["Who pays?"]
    assert listed(refused.send({"own-1": "Who pays?"})) == ["Who pays?", "When?", NOT_ASKED]


@pytest.mark.parametrize("place", ["first", "0", "9", "1.5", "\N{FULLWIDTH DIGIT ONE}", "\x00"])
def test_a_place_that_cannot_be_read_is_asked_again(page, place):
    refused = move(choose(page, PLAIN, NOT_ASKED), {NOT_ASKED: place})
    assert refused.status == 422
    link = next(refused.main[0].iter("a"))
    assert NOT_ASKED in text_of(link)
    assert "from 1 to 2" in text_of(link) or "cannot be shown" in text_of(link)
    box = refused.by_id(link.get("href")[1:])
    assert box.get("aria-describedby").removesuffix(":error") == box.get("name")
    assert listed(page("/questions")) == [PLAIN, NOT_ASKED]


def test_the_list_of_errors_comes_first_and_takes_the_focus(page):
    first = choose(page, own_1="a" * 201).main[0]
    assert (first.get("autofocus"), first.get("tabindex")) == ("", "-1")


def test_more_text_than_can_be_kept_is_said_aloud_and_what_was_kept_stays(page):
    page("/section/words").send({"q-notes": noise(600)})
    choose(page, own_1="Who pays?")
    too_much = {f"own-{n}": noise(200 + n)[n:] for n in range(1, 6)}
    refused = page("/questions").send(too_much)
    assert refused.status == 422
    assert "more text than this program can keep" in refused.text
    assert refused.fields()["own-5"].strip() == too_much["own-5"]
    assert listed(page("/questions")) == ["Who pays?"]


def test_answers_and_chosen_questions_leave_each_other_alone(page):
    old_answers, old_questions = page("/section/words"), page("/questions")
    page("/section/singles").send(MIDDLING)
    old_questions.send({"take": refs(NOT_ASKED)})
    old_answers.send({"q-notes": "Written in another tab."})
    assert page("/section/singles").fields()["q-weight"] == "40"
    assert page("/section/words").fields()["q-notes"].strip() == "Written in another tab."
    assert listed(page("/questions")) == [NOT_ASKED]


def test_an_old_tab_takes_out_only_what_it_showed(page):
    old_tab = page("/questions")
    page("/section/singles").send(MIDDLING)
    choose(page, LIGHTER)
    assert listed(old_tab.send({"take": refs(NOT_ASKED)})) == [NOT_ASKED, LIGHTER]


def test_a_page_from_before_a_clear_comes_back_with_what_was_chosen(page):
    choose(page, PLAIN, NOT_ASKED)
    old_tab = page("/questions")
    page("/clear").send()
    page("/section/singles")
    stale = old_tab.send({"own-1": "Still here?"})
    assert stale.status == 409
    assert listed(page("/questions")) == []
    assert listed(stale.send()) == [PLAIN, NOT_ASKED, "Still here?"]


def test_a_page_with_another_run_in_it_is_not_mixed_in(page):
    stale = page("/questions").send({"run": "another", "take": refs(NOT_ASKED)})
    assert stale.status == 409
    assert "not saved yet" in stale.text
    assert offers(stale)[NOT_ASKED]
    assert listed(page("/questions")) == []


def test_after_a_restart_the_page_says_so_and_keeps_what_was_typed(page, ruleset):
    choose(page, NOT_ASKED)
    open_page = page("/questions")
    again = type(page)(create_app(ruleset).test_client())
    again.client.set_cookie("checklist-8765", page.client.get_cookie("checklist-8765").value)
    open_page.visitor = again
    stale = open_page.send({"own-1": "Still here?"})
    assert stale.status == 409
    assert "started again" in stale.text
    assert listed(stale.send()) == [NOT_ASKED, "Still here?"]


def test_clearing_forgets_the_questions_too(page):
    choose(page, own_1="Who pays?")
    assert page("/cleared").h1 == "Clear my answers"
    page("/clear").send()
    assert "Who pays?" not in page("/questions").html
    assert page("/cleared").h1 == "Your answers are cleared"


@pytest.mark.parametrize(
    "fields",
    [
        {"take": ["0"]},
        {"take": ["nonsense", ""]},
        {"listed": ["own-9", "take", "validate"]},
        {"shown": ["nonsense"]},
        {"listed": ["own-1", "own-1", "own-2"]},
        {"own-6": ["One too many?"]},
    ],
    ids=str,
)
def test_fields_that_the_page_does_not_have_change_nothing(page, fields):
    choose(page, NOT_ASKED)
    sent = page("/questions").fields()
    for name, values in fields.items():
        sent.setlist(name, [*sent.getlist(name), *values])
    assert listed(page.post("/questions", sent)) == [NOT_ASKED]


def test_an_own_question_that_the_checklist_asks_too_stands_once(page):
    shown = choose(page, PLAIN, own_1=NOT_ASKED)
    assert numbered(page("/result")) == [NOT_ASKED, PLAIN]
    assert offers(shown) == {PLAIN: True, NOT_ASKED: True}


def test_no_question_stands_in_a_title_or_an_address(page):
    shown = choose(page, NOT_ASKED, own_1="Zebra?")
    assert all("Zebra" not in str(href) for href in shown.links().values())
    assert "Zebra" not in shown.title
    assert page.redirects == [(303, "/questions")]


def test_every_question_that_answers_can_raise_has_its_place(ruleset):
    assert all_asks(ruleset) == tuple(dict.fromkeys(all_asks(ruleset)))
    assert {LIGHTER, PLAIN, WHAT_NOW, NOT_ASKED} <= set(all_asks(ruleset))


def test_the_text_for_the_shell_has_the_chosen_questions_first_too(ruleset):
    told = summarise(ruleset, {}, assess(ruleset, {}), "2026-11-22", (), ("Who pays?", NOT_ASKED))
    assert told.questions == ("Who pays?", NOT_ASKED, PLAIN)
    assert told.own_questions == {"Who pays?"}
    first, second = "1. Who pays?", f"2. {NOT_ASKED}"
    assert f"{first}\n{second}\n3. {PLAIN}" in as_text(persons_copy(ruleset, told))
