"""Text from a person, a file or a ruleset stays text; and no worker keeps what was said."""

import re
from pathlib import Path

import pytest

from checklist.engine.assess import assess
from checklist.loading.loader import read_ruleset
from checklist.web import create_app
from checklist.web.standalone import as_html
from checklist.wording.summary import summarise
from visitor import Visitor

EVERY_KIND = Path(__file__).parents[1] / "rulesets" / "every_kind.yaml"
HOSTILE = """<script>alert(1)</script>'><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}${7*7}"""
PLACES = ["Is it plain?", "One answer each", "Small", "Talk it over", "It is light.", "The lid"]
PLACES += ["Light enough", "The manual of kinds", "Weigh it again.", "What have I not asked?"]
ANSWERED = {"q-plain": "no", "q-size": "small", "q-weight": "5"}


@pytest.fixture(scope="module")
def hostile_ruleset():
    text = EVERY_KIND.read_text("utf-8")
    for place in PLACES:
        text = re.sub(rf"(?<=[\[ ]){re.escape(place)}(?=[],}}\n])", f'"{HOSTILE}"', text)
    return read_ruleset(text.encode(), "hostile.yaml")


def test_text_of_a_ruleset_is_shown_as_text_on_every_page(hostile_ruleset):
    page = Visitor(create_app(hostile_ruleset).test_client())
    page("/section/singles").send(ANSWERED)
    rules = [r.rule for r in page.client.application.url_map.iter_rules() if not r.arguments]
    paths = [rule for rule in rules if not rule.endswith(".css")]
    shown = [page(path) for path in (*paths, "/section/singles", "/section/several")]
    assert sum("<script>alert(1)</script>" in each.text for each in shown) >= 5
    assert not [each for each in shown if "49" in each.text]
    assert not [image for each in shown for image in each.tree.iter("img")]


def test_text_of_a_ruleset_is_text_in_the_page_for_email_too(hostile_ruleset):
    judged = assess(hostile_ruleset, {})
    told = summarise(hostile_ruleset, {}, judged, "2026-11-22")
    html = as_html(create_app(hostile_ruleset), told)
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "<img" not in html


def test_no_browser_is_asked_to_remember_what_is_typed_into_a_form(page):
    page("/section/singles").send(ANSWERED)
    sections = ("/section/singles", "/section/several", "/section/words")
    for path in (*sections, "/questions", "/clear", "/save", "/open", "/compare"):
        forms = list(page(path).all("form"))
        assert [form.get("autocomplete") for form in forms] == ["off"] * len(forms)
        assert {form.get("method") for form in forms} == {"post"}


def test_two_workers_with_one_key_serve_the_same_answers_and_keep_none(ruleset, monkeypatch):
    monkeypatch.setenv("CHECKLIST_SECRET_KEYS", "k" * 32)
    workers = [create_app(ruleset).test_client(use_cookies=False) for _ in range(2)]
    browser = Visitor(create_app(ruleset).test_client())
    browser("/section/singles").send(ANSWERED)
    cookie = browser.client.get_cookie("checklist-8765").value
    for worker in workers * 2:
        sent = {"Cookie": f"checklist-8765={cookie}"}
        assert "5 kilograms" in worker.get("/check", headers=sent).text
        assert "5 kilograms" not in worker.get("/check").text
