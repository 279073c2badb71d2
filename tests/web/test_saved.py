"""Answers saved to a file, opened again and compared, as somebody with a browser does it."""

import json
from io import BytesIO

import pytest
from werkzeug.datastructures import MultiDict

from checklist.ruleset.answers import read_answers
from checklist.web import create_app
from visitor import Shown, Visitor, text_of

SINGLES = {"q-plain": "no", "q-size": "small", "q-weight": "34 kilograms", "q-colour": "?"}
SEVERAL = {"q-smells": "-", "q-parts.lid": "worn", "q-parts.base": "?"}
WORDS = {"q-notes": "Grüße, <b>漢字</b>", "q-mood": "?"}
PATHS = ("/section/singles", "/section/several", "/section/words")
MADE = ("/save", "/open", "/compare")


def fill_in(page):
    for path, answers in zip(PATHS, (SINGLES, SEVERAL, WORDS), strict=True):
        page(path).send(answers)
    shown = page("/questions")
    offered = [box.get("value") for box in shown.main.iter("input") if box.get("name") == "take"]
    shown.send({"take": offered[:1], "own-1": "Who pays?"})


def everything(page):
    return [sorted(page(path).fields().items(multi=True)) for path in PATHS] + [
        page("/questions").text
    ]


def without_tokens(all_fields):
    return [
        fields
        if isinstance(fields, str)
        else [f for f in fields if f[0] not in ("csrf_token", "run")]
        for fields in all_fields
    ]


def saved_by(page):
    token = page("/save").fields()["csrf_token"]
    return page.client.post("/save", data={"csrf_token": token})


def upload(shown: Shown, content: bytes, name="my-answers.json", **changed) -> Shown:
    fields = MultiDict(shown.fields())
    for field, value in {**changed, "file": (BytesIO(content), name)}.items():
        fields[field] = value
    return shown.visitor.post(shown.one("form").get("action"), fields)


def file_of(answers, **changed):
    outer = {"format": 1, "ruleset": "every-kind", "version": "1", "answers": answers, **changed}
    return json.dumps(outer).encode()


def another_visitor(app):
    return Visitor(app.test_client())


def test_download_clear_and_open_gives_everything_back(page):
    fill_in(page)
    before, content = without_tokens(everything(page)), saved_by(page).data
    page("/clear").send()
    assert without_tokens(everything(page)) != before
    upload(page("/open"), content).send()
    assert without_tokens(everything(page)) == before


def test_a_file_opens_on_another_computer_and_after_a_restart(page, ruleset):
    fill_in(page)
    elsewhere = another_visitor(create_app(ruleset))
    shown = upload(elsewhere("/open"), saved_by(page).data).send()
    assert shown.h1 == "Your saved answers are open"
    assert without_tokens(everything(elsewhere)) == without_tokens(everything(page))


def test_what_is_saved_is_a_readable_file_that_the_shell_takes(page, ruleset):
    fill_in(page)
    answer = saved_by(page)
    assert answer.data.decode().count("\n") > 8
    assert read_answers(ruleset, answer.data)["weight"] == 34


def test_the_file_is_a_download_that_no_cache_and_no_page_can_keep_or_run(page):
    fill_in(page)
    sent = saved_by(page).headers
    assert sent["Content-Disposition"] == "attachment; filename=my-answers.json"
    assert sent["Content-Type"] == "application/json"
    assert sent["Cache-Control"] == "no-store"
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in sent


def test_no_link_and_no_other_site_can_put_the_answers_into_a_folder(page, client):
    fill_in(page)
    assert client.get("/save").mimetype == "text/html"
    assert client.post("/save", data={}).mimetype == "text/html"
    token = page("/save").fields()["csrf_token"]
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/save", data={"csrf_token": token}, headers=foreign).status_code == 403


def test_the_page_says_that_anybody_who_opens_the_file_can_read_it(page):
    page(PATHS[0]).send(SINGLES)
    assert "Anybody who opens it can read your answers." in page("/save").text


def test_with_no_answers_there_is_nothing_to_save(page):
    assert not list(page("/save").all("form"))
    assert saved_by_token_of(page, "/open").mimetype == "text/html"


def saved_by_token_of(page, path):
    return page.client.post("/save", data={"csrf_token": page(path).fields()["csrf_token"]})


def test_every_page_leads_to_saving_opening_and_clearing(page):
    for path in (*PATHS, "/", "/check", "/result", "/how", "/questions", "/nowhere", *MADE):
        shown = page(path)
        keep_first = {b.get("value") for b in shown.all("button")}
        ways = {*shown.links().values(), *(f"/{go}" for go in keep_first)}
        assert {"/save", "/open", "/clear"} <= ways


def test_nothing_changes_until_what_is_in_the_file_was_seen_and_confirmed(page):
    page(PATHS[0]).send(SINGLES)
    shown = upload(page("/open"), file_of({"weight": 5, "size": "large"}))
    assert shown.h1 == "What is in the file"
    assert page(PATHS[0]).fields()["q-weight"] == "34"
    shown.send()
    assert page(PATHS[0]).fields()["q-weight"] == "5"


def test_what_a_file_would_replace_is_shown_beside_it_question_by_question(page):
    page(PATHS[0]).send(SINGLES)
    rows = rows_of(upload(page("/open"), file_of({"weight": 5, "size": "small"})))
    assert "In the file: 5 kilograms" in rows["How heavy is it?"]
    assert "34 kilograms" in rows["How heavy is it?"]
    assert rows["Which size is it?"] == "Which size is it? In the file: Small"
    assert "In the file: Not answered" in rows["Is it plain?"]


def rows_of(shown):
    rows = [row for row in shown.main.iter("div") if row.get("class") == "answers__row"]
    return {text_of(row[0]): text_of(row) for row in rows}


def test_opening_a_file_replaces_everything_and_mixes_nothing(page):
    fill_in(page)
    upload(page("/open"), file_of({"weight": 5})).send()
    content = json.loads(saved_by(page).data)
    assert {k: v for k, v in content["answers"].items() if v is not None} == {"weight": 5}
    assert (content["not_known"], content["to_ask"]) == ([], [])


def test_an_old_tab_cannot_mix_its_answers_into_those_that_were_opened(page):
    fill_in(page)
    old_tab = page(PATHS[0])
    upload(page("/open"), file_of({"weight": 5})).send()
    stale = old_tab.send({"q-weight": "90"})
    assert stale.status == 409
    assert stale.fields()["q-weight"] == "90"
    assert page(PATHS[0]).fields()["q-weight"] == "5"


def test_a_copy_of_the_cookie_from_before_is_refused_once_a_file_was_opened(page, app):
    fill_in(page)
    copy = page.client.get_cookie("checklist-8765").value
    upload(page("/open"), file_of({"weight": 5})).send()
    thief = another_visitor(app)
    thief.client.set_cookie("checklist-8765", copy)
    assert thief(PATHS[0]).fields()["q-weight"] == ""


def test_what_waits_on_the_page_can_be_read_by_nobody(page):
    shown = upload(page("/open"), file_of({"notes": "my secret words"}))
    sealed = shown.fields()["sealed"]
    assert "secret" not in sealed
    page.client.set_cookie("checklist-8765", sealed)
    assert page(PATHS[2]).fields()["q-notes"] == ""


def test_only_who_opened_a_file_can_confirm_it(page, app):
    shown = upload(page("/open"), file_of({"weight": 5}))
    other = another_visitor(app)
    form = other("/open").fields()
    planted = {**form, "sealed": shown.fields()["sealed"]}
    assert other.post("/opened", planted).status == 409
    assert other(PATHS[0]).fields()["q-weight"] == ""


@pytest.mark.parametrize("sealed", ["", "rubbish", "gAAAAA==", "é", "A" * 5000, "\x00"])
def test_what_was_changed_on_its_way_is_not_taken(page, sealed):
    page(PATHS[0]).send(SINGLES)
    shown = upload(page("/open"), file_of({"weight": 5}))
    assert shown.send({"sealed": sealed}).status == 409
    assert page(PATHS[0]).fields()["q-weight"] == "34"


def test_confirming_twice_changes_nothing_more(page):
    shown = upload(page("/open"), file_of({"weight": 5}))
    shown.send()
    page(PATHS[0]).send({"q-weight": "6"})
    assert shown.send().status == 409
    assert page(PATHS[0]).fields()["q-weight"] == "6"


def test_what_waited_while_the_answers_were_cleared_in_another_tab_is_asked_for_again(page):
    page(PATHS[0]).send(SINGLES)
    shown = upload(page("/open"), file_of({"weight": 5}))
    page("/clear").send()
    stale = shown.send()
    assert stale.status == 409
    assert "Choose the file again" in stale.text
    assert page(PATHS[0]).fields()["q-weight"] == ""


@pytest.mark.parametrize("path", MADE)
def test_after_a_restart_the_page_says_so_and_asks_again(page, ruleset, path):
    fill_in(page)
    shown = page(path)
    again = another_visitor(create_app(ruleset))
    again.client.set_cookie("checklist-8765", page.client.get_cookie("checklist-8765").value)
    shown.visitor = again
    stale = upload(shown, file_of({"weight": 5}))
    assert stale.status == 409
    assert "started again" in stale.text


@pytest.mark.parametrize("path", MADE[1:])
def test_a_browser_without_cookies_is_told_so(app, path):
    refusing = Visitor(app.test_client(use_cookies=False))
    shown = upload(refusing(path), file_of({"weight": 5}))
    assert shown.status == 409
    assert "cookie" in shown.text


def test_the_start_and_every_notice_of_loss_lead_to_the_saved_file(page, ruleset):
    fill_in(page)
    again = another_visitor(create_app(ruleset))
    again.client.set_cookie("checklist-8765", page.client.get_cookie("checklist-8765").value)
    shown = again("/check")
    notice = next(part for part in shown.main.iter("section") if "notice" in part.get("class"))
    assert "/open" in [a.get("href") for a in notice.iter("a")]
    assert page("/").links()["Open saved answers"] == "/open"


@pytest.mark.parametrize("path", MADE[1:])
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "The file is empty."),
        (b"\xff\xd8\xff\xe0 a picture", "another kind of file"),
        (file_of({"weight": 500, "plain": "x"}), "How heavy is it? The file says '500'."),
        (file_of({}, ruleset="tea"), "another checklist, named 'tea'"),
        (b'{"format": 1, ' * 2000, "another kind of file"),
        (file_of({"weight": float("nan")}), "'NaN'"),
        (file_of({"notes": "<script>alert(1)</script>" * 40}), "There is room for 600."),
        (file_of({"<script>alert(1)</script>": 1}), "'<script>alert(1)</script>' This checklist"),
        (file_of({f"k{n}": 1 for n in range(9000)}), "And 8970 more."),
    ],
    ids=range(9),
)
def test_a_file_that_cannot_be_read_changes_nothing_and_says_why(page, path, content, why):
    page(PATHS[0]).send(SINGLES)
    refused = upload(page(path), content)
    assert refused.status == 422
    assert refused.main[0].get("autofocus") is not None
    assert why in text_of(refused.main[0])
    assert page(PATHS[0]).fields()["q-weight"] == "34"


def test_every_bad_entry_stands_in_the_list(page):
    refused = upload(page("/open"), file_of({"weight": 500, "plain": "x", "nose": 1}))
    assert len(list(refused.main[0].iter("li"))) == 3


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "<script>alert(1)</script>.json",
        'a"; filename="b',
        "a%0d%0aSet-Cookie: x=y",
        "\u202egnp.json",
        "CON",
        "a" * 5000,
        "x.exe",
        "{{ 7 * 7 }}",
    ],
    ids=ascii,
)
def test_the_name_of_the_file_is_never_looked_at(page, name):
    shown = upload(page("/open"), file_of({"weight": 5}), name)
    assert shown.status == 200
    assert name[:20] not in shown.html


@pytest.mark.parametrize("path", MADE[1:])
@pytest.mark.parametrize("fields", [{}, {"file": ""}, {"file": file_of({"weight": 5}).decode()}])
def test_a_form_without_a_file_asks_for_one(page, path, fields):
    sent = page(path).fields()
    refused = page.post(path, {"csrf_token": sent["csrf_token"], "run": sent["run"], **fields})
    assert refused.status == 422
    assert "No file was chosen." in refused.text


def test_a_file_above_the_limit_is_refused_before_it_is_read(page):
    assert upload(page("/open"), b" " * 300_000).status == 413


def test_a_file_just_below_the_limit_is_taken(page):
    content = file_of({"weight": 5}) + b" " * 250_000
    assert upload(page("/open"), content).status == 200


def test_more_words_than_a_cookie_holds_are_refused_and_earlier_answers_kept(page):
    page(PATHS[0]).send(SINGLES)
    noise = "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(600))
    own = [
        {"own": "".join(chr(0x5000 + (n * k * 31) % 20000) for n in range(200))}
        for k in range(1, 6)
    ]
    refused = upload(page("/open"), file_of({"notes": noise}, to_ask=own))
    assert refused.status == 422
    assert "more of your own words than this program can keep" in refused.text
    assert page(PATHS[0]).fields()["q-weight"] == "34"


def test_a_file_of_older_questions_says_what_could_not_be_carried_over(page):
    content = file_of({"weight": 500, "size": "small"}, version="0")
    shown = upload(page("/open"), content)
    assert "The questions have changed since then" in shown.text
    assert "How heavy is it? The file says '500'" in shown.text
    assert "Is it plain?" in shown.text
    shown.send()
    assert page(PATHS[0]).fields()["q-size"] == "small"
    assert page(PATHS[0]).fields()["q-weight"] == ""


def test_comparing_shows_what_was_and_is_and_keeps_nothing(page):
    page(PATHS[0]).send(SINGLES)
    before = page.client.get_cookie("checklist-8765").value
    shown = upload(page("/compare"), file_of({"weight": 5, "size": "small"}, saved="2026-01-02"))
    rows = rows_of(shown)
    assert "Then: 5 kilograms Now: 34 kilograms" in rows["How heavy is it?"]
    assert "Then: Fits Now: Fits in part" in rows["Light enough"]
    assert "Which size is it?" not in rows
    assert "saved on 2 January 2026" in shown.text
    assert page.client.get_cookie("checklist-8765").value == before


def test_comparing_with_the_same_answers_says_that_nothing_differs(page):
    fill_in(page)
    shown = upload(page("/compare"), saved_by(page).data)
    assert "All your answers are the same as then." in shown.text
    assert "No point comes out otherwise than then." in shown.text


def test_comparing_begins_by_saying_what_the_page_is_not(page):
    shown = upload(page("/compare"), file_of({}))
    assert "This page cannot tell you what is right for you." in shown.text


def test_a_page_of_another_run_opens_nothing(page):
    for path in MADE[1:]:
        assert upload(page(path), file_of({"weight": 5}), run="another").status == 409


def test_whoever_has_opened_nothing_is_not_told_so(page):
    assert page("/opened").h1 == "Open saved answers"


def test_clearing_offers_to_save_first(page):
    assert page("/clear").links()["Save my answers first"] == "/save"
