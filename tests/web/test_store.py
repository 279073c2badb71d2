"""The sealed cookie, seen through a small app that keeps what it is told."""

import base64
import json
import zlib
from pathlib import Path
from secrets import token_hex

import pytest
from cryptography.fernet import Fernet, MultiFernet
from flask import Flask, request
from flask_wtf.csrf import CSRFProtect, generate_csrf
from msgspec.structs import replace

from checklist.loading.loader import load_ruleset
from checklist.web import store
from checklist.web.cookie import Run, Sealer
from checklist.web.sessions import CookieTerms, Keeper

HOUR = 3600
KINDS = load_ruleset(Path(__file__).parents[1] / "rulesets" / "every_kind.yaml")
EVERY_KIND = {
    "plain": "yes",
    "size": "small",
    "weight": 0,
    "smells": ("tar",),
    "parts": {"base": "whole"},
    "notes": "Grüße 漢字",
}
LOCAL = CookieTerms(name="checklist-8765", secure=False, idle=24 * HOUR)
HOSTED = CookieTerms(name="__Host-checklist", secure=True, idle=2 * HOUR, whole=12 * HOUR)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self):
        self.now = 1_700_000_000

    def __call__(self):
        return self.now


def app_with(key=None, terms=LOCAL, ruleset=KINDS, clock=None):
    app = Flask("small")
    app.config.update(SECRET_KEY=token_hex(), TESTING=True, WTF_CSRF_TIME_LIMIT=None)
    fernet = MultiFernet([Fernet(key or Fernet.generate_key())])
    app.session_interface = Keeper(Sealer(ruleset, fernet), terms, clock or Clock())
    CSRFProtect(app)

    @app.get("/form")
    def form():
        return {"lost": store.what_was_lost(), "run": store.run_id(), "token": generate_csrf()}

    @app.get("/silent")
    def silent():
        return {"token": generate_csrf()}

    @app.get("/answers")
    def answers():
        return {"answers": store.answers(), "not_known": sorted(store.not_known())}

    @app.post("/keep")
    def keep():
        sent = json.loads(request.form["changes"])
        changes = {id: tuple(a) if isinstance(a, list) else a for id, a in sent.items()}
        store.keep(changes, request.form.getlist("not_known"))
        return "kept", 303

    @app.post("/clear")
    def clear():
        store.clear()
        return "cleared", 303

    @app.post("/fail")
    def fail():
        store.keep({"plain": "no"})
        return "failed", 500

    @app.get("/bad")
    def bad():
        store.keep({"plain": "no"})

    add_questions_to_ask(app)
    return app


def add_questions_to_ask(app):
    @app.get("/to-ask")
    def to_ask():
        return {"to_ask": store.to_ask(), "anything": store.is_anything_kept()}

    @app.post("/to-ask")
    def keep_to_ask():
        store.keep_to_ask(request.form.getlist("ask"))
        return "kept", 303

    @app.errorhandler(store.TooMuchError)
    def too_much(error):
        return "too much", 422


def post(client, path, **form):
    token = client.get("/form").json["token"]
    return client.post(path, data={"csrf_token": token, **form})


def keep(client, changes, not_known=()):
    return post(client, "/keep", changes=json.dumps(changes), not_known=list(not_known))


def kept(client):
    return client.get("/answers").json["answers"]


def cookie_of(client, name="checklist-8765"):
    return client.get_cookie(name).value


def test_an_answer_of_every_kind_is_found_again_on_the_next_page():
    client = app_with().test_client()
    assert keep(client, EVERY_KIND).status_code == 303
    assert kept(client) == {**EVERY_KIND, "smells": ["tar"]}


def test_a_save_changes_only_the_questions_of_its_page():
    client = app_with().test_client()
    keep(client, {"plain": "yes", "weight": 7})
    keep(client, {"weight": None, "size": "large", "smells": []})
    assert kept(client) == {"plain": "yes", "size": "large", "smells": []}


def test_what_was_left_open_on_purpose_is_told_from_what_was_never_seen():
    client = app_with().test_client()
    open_ones = {"plain": None, "parts": {"lid": "whole"}, "notes": None}
    keep(client, open_ones, ["plain", "parts.base", "notes"])
    keep(client, {"plain": "no", "size": None})
    assert client.get("/answers").json == {
        "answers": {"plain": "no", "parts": {"lid": "whole"}},
        "not_known": ["notes", "parts.base"],
    }


def test_the_questions_to_ask_and_the_answers_are_saved_apart():
    client = app_with().test_client()
    assert client.get("/to-ask").json == {"to_ask": [], "anything": False}
    post(client, "/to-ask", ask=["Who pays?", "What now?"])
    keep(client, {"plain": "yes"}, ["size"])
    assert client.get("/to-ask").json == {"to_ask": ["Who pays?", "What now?"], "anything": True}
    post(client, "/to-ask", ask=["What now?"])
    assert client.get("/to-ask").json["to_ask"] == ["What now?"]
    assert client.get("/answers").json == {"answers": {"plain": "yes"}, "not_known": ["size"]}


def test_questions_that_do_not_fit_are_refused_and_the_earlier_ones_stay():
    client = app_with().test_client()
    post(client, "/to-ask", ask=["Who pays?"])
    assert post(client, "/to-ask", ask=[token_hex(4000)]).status_code == 422
    assert client.get("/to-ask").json["to_ask"] == ["Who pays?"]


def test_an_own_question_is_kept_for_a_day_after_it_was_saved():
    clock = Clock()
    client = app_with(clock=clock).test_client()
    keep(client, {"plain": "yes"})
    clock.now += 23 * HOUR
    post(client, "/to-ask", ask=["Who pays?"])
    clock.now += 24 * HOUR
    assert client.get("/to-ask").json["to_ask"] == ["Who pays?"]
    assert kept(client) == {"plain": "yes"}


def test_nothing_that_was_said_can_be_read_from_the_cookie():
    client = app_with().test_client()
    keep(client, EVERY_KIND)
    raw = base64.urlsafe_b64decode(cookie_of(client))
    words = [*EVERY_KIND, "small", "tar", "worn", "kinds", "Grüße"]
    assert not [word for word in words if word.encode() in raw]
    with pytest.raises(zlib.error):
        zlib.decompress(raw[25:-32])


def test_the_local_cookie_is_closed_to_scripts_and_ends_with_the_browser():
    header = app_with().test_client().get("/form").headers["Set-Cookie"]
    name, *attributes = header.split("; ")
    assert name.startswith("checklist-8765=")
    assert sorted(attributes) == ["HttpOnly", "Path=/", "SameSite=Lax"]


def test_the_hosted_cookie_travels_over_https_only():
    client = app_with(terms=HOSTED).test_client()
    name, *attributes = client.get("/form").headers["Set-Cookie"].split("; ")
    assert name.startswith("__Host-checklist=")
    assert sorted(attributes) == ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]


def test_looking_at_pages_never_rewrites_the_cookie():
    client = app_with().test_client()
    keep(client, {"plain": "yes"})
    for path in ("/form", "/silent", "/answers"):
        assert "Set-Cookie" not in client.get(path).headers


def test_a_page_without_a_form_leaves_no_cookie():
    assert "Set-Cookie" not in app_with().test_client().get("/answers").headers


def test_a_look_ahead_without_the_page_leaves_no_cookie():
    assert "Set-Cookie" not in app_with().test_client().head("/form").headers


def test_answers_are_told_apart_by_visitor_in_every_cache():
    assert "Cookie" in app_with().test_client().get("/answers").headers["Vary"]


def test_showing_a_page_cannot_change_an_answer():
    with pytest.raises(RuntimeError, match="only a POST"):
        app_with().test_client().get("/bad")


def test_a_page_that_failed_keeps_nothing():
    client = app_with().test_client()
    keep(client, {"plain": "yes"})
    post(client, "/fail")
    assert kept(client) == {"plain": "yes"}


def test_too_much_text_is_refused_out_loud_and_earlier_answers_stay():
    client = app_with().test_client()
    keep(client, {"notes": "short"})
    noise = Fernet.generate_key().decode() * 3 + "".join(map(chr, range(0x4E00, 0x4E00 + 3000)))
    assert keep(client, {"notes": noise}).status_code == 422
    assert kept(client) == {"notes": "short"}


def test_answers_survive_a_restart_when_the_key_was_given():
    key = Fernet.generate_key()
    client = app_with(key).test_client()
    keep(client, {"plain": "yes"})
    again = app_with(key).test_client()
    again.set_cookie("checklist-8765", cookie_of(client))
    assert kept(again) == {"plain": "yes"}


def restarted(value="", path="/form"):
    client = app_with().test_client()
    client.set_cookie("checklist-8765", value or cookie_of_another_start())
    return client, client.get(path)


def cookie_of_another_start():
    client = app_with().test_client()
    keep(client, {"plain": "yes"})
    return cookie_of(client)


def test_after_a_restart_the_page_says_so_and_the_form_works():
    client, page = restarted()
    assert page.json["lost"] == "restarted"
    assert keep(client, {"size": "small"}).status_code == 303
    assert kept(client) == {"size": "small"}
    assert client.get("/form").json["lost"] == "nothing"


def test_after_a_restart_every_window_is_told_until_something_is_kept_again():
    client, first = restarted()
    second = client.get("/form")
    assert first.json["lost"] == second.json["lost"] == "restarted"
    keep(client, {"size": "small"})
    assert client.get("/form").json["lost"] == "nothing"


def test_a_cookie_that_cannot_be_used_is_left_alone_until_the_page_says_so():
    client, page = restarted(path="/silent")
    assert "Set-Cookie" not in page.headers
    assert client.get("/form").json["lost"] == "restarted"


@pytest.mark.parametrize(
    "value",
    ["rubbish", "=", "é", "漢字", "gAAAAA==", "A" * 4000, "%00", '"quoted"', "a\\012b"],
)
def test_any_damaged_cookie_gives_a_readable_page(value):
    _, page = restarted(value)
    assert (page.status_code, page.json["lost"]) == (200, "restarted")


@pytest.mark.parametrize("place", [0, 5, 20, 60, -5])
def test_a_cookie_with_one_character_changed_is_not_believed(place):
    key = Fernet.generate_key()
    client = app_with(key).test_client()
    keep(client, {"plain": "yes"})
    value = cookie_of(client)
    swapped = "A" if value[place] != "A" else "B"
    client.set_cookie("checklist-8765", value[:place] + swapped + value[place:][1:])
    assert kept(client) == {}


def test_answers_are_kept_for_a_day_after_the_last_save_and_then_no_more():
    clock = Clock()
    client = app_with(clock=clock).test_client()
    keep(client, {"plain": "yes"})
    clock.now += 23 * HOUR
    keep(client, {"size": "small"})
    clock.now += 24 * HOUR
    assert kept(client) == {"plain": "yes", "size": "small"}
    clock.now += 1
    assert kept(client) == {}
    assert client.get("/form").json["lost"] == "expired"


def test_hosted_answers_end_twelve_hours_after_the_start_however_often_saved():
    clock = Clock()
    client = app_with(terms=HOSTED, clock=clock).test_client()
    secure = {"base_url": "https://localhost"}
    with client.get("/form", **secure) as page:
        token = page.json["token"]
    form = {"csrf_token": token, "changes": '{"plain": "yes"}'}
    for _ in range(12):
        clock.now += HOUR
        referrer = {"Referer": "https://localhost/form"}
        assert client.post("/keep", data=form, headers=referrer, **secure).status_code == 303
    clock.now += 1
    assert client.get("/form", **secure).json["lost"] == "expired"


def test_when_the_questions_have_changed_the_page_says_so():
    key = Fernet.generate_key()
    client = app_with(key).test_client()
    keep(client, {"size": "small"})
    changed = app_with(key, ruleset=replace(KINDS, id="other")).test_client()
    changed.set_cookie("checklist-8765", cookie_of(client))
    assert kept(changed) == {}
    assert changed.get("/form").json["lost"] == "changed"


def test_clear_deletes_the_cookie_and_asks_the_browser_to_forget_the_pages():
    client = app_with().test_client()
    keep(client, {"plain": "yes"})
    answer = post(client, "/clear")
    assert answer.headers["Set-Cookie"].startswith("checklist-8765=; Expires=Thu, 01 Jan 1970")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get_cookie("checklist-8765") is None
    assert kept(client) == {}


def test_a_copy_of_a_cleared_cookie_is_refused():
    client = app_with().test_client()
    keep(client, {"plain": "yes"})
    copy = cookie_of(client)
    post(client, "/clear")
    client.set_cookie("checklist-8765", copy)
    assert kept(client) == {}
    assert client.get("/form").json["lost"] == "cleared"


def test_a_form_from_before_a_clear_is_told_from_one_after_it():
    client = app_with().test_client()
    before = client.get("/form").json
    assert client.get("/form").json["run"] == before["run"]
    post(client, "/clear")
    assert client.get("/form").json["run"] != before["run"]
    old = {"csrf_token": before["token"], "changes": '{"plain": "yes"}'}
    assert client.post("/keep", data=old).status_code == 400
    assert kept(client) == {}


def test_a_cookie_that_a_neighbour_planted_beside_ours_hides_nothing():
    app = app_with()
    client = app.test_client()
    keep(client, {"plain": "yes"})
    both = f"checklist-8765=planted; checklist-8765={cookie_of(client)}"
    bare = app.test_client(use_cookies=False)
    answer = bare.get("/answers", headers={"Cookie": both})
    assert answer.json["answers"] == {"plain": "yes"}


def test_another_program_on_this_computer_cannot_plant_a_session():
    client = app_with().test_client()
    planted = Sealer(KINDS, MultiFernet([Fernet(Fernet.generate_key())]))
    client.set_cookie("checklist-8765", planted.seal(Run("r", "s", 1, 1, {"plain": "yes"})))
    assert kept(client) == {}


def test_a_form_without_the_visitors_token_changes_nothing():
    client = app_with().test_client()
    keep(client, {"plain": "yes"})
    other = app_with().test_client().get("/form").json["token"]
    for token in ("", "rubbish", other):
        form = {"csrf_token": token, "changes": '{"plain": "no"}'}
        assert client.post("/keep", data=form).status_code == 400
    assert kept(client) == {"plain": "yes"}


def test_a_page_left_open_for_most_of_a_day_can_still_be_sent():
    clock = Clock()
    client = app_with(clock=clock).test_client()
    token = client.get("/form").json["token"]
    clock.now += 23 * HOUR
    form = {"csrf_token": token, "changes": '{"plain": "yes"}'}
    assert client.post("/keep", data=form).status_code == 303


def test_nothing_but_answers_can_be_put_into_the_session():
    app = app_with()
    with app.test_request_context("/"), pytest.raises(TypeError, match="nothing but answers"):
        store.session["note"] = "kept"
