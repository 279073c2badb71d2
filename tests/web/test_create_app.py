"""The application as a whole: limits, keys and hosts, before any question is asked."""

import logging
from pathlib import Path

import pytest
from flask import render_template_string, request, url_for
from jinja2 import UndefinedError

from checklist.loading.loader import load_ruleset
from checklist.web import Hosting, create_app
from checklist.web.keys import SettingError

KINDS = load_ruleset(Path(__file__).parents[1] / "rulesets" / "every_kind.yaml")
HERE = "http://127.0.0.1:8765"
CLINIC = Hosting(hosts=frozenset({"Clinic.example"}))
FORM = "/section/singles"


@pytest.fixture(autouse=True)
def no_keys_of_the_tester(monkeypatch):
    monkeypatch.delenv("CHECKLIST_SECRET_KEYS", raising=False)
    monkeypatch.delenv("CHECKLIST_SECRET_KEYS_FILE", raising=False)


def cookie_name(app, address=HERE):
    return app.test_client().get(FORM, base_url=address).headers["Set-Cookie"].partition("=")[0]


def test_two_forms_on_two_ports_do_not_take_each_others_cookie():
    assert cookie_name(create_app(KINDS)) == "checklist-8765"
    assert cookie_name(create_app(KINDS, port=9000)) == "checklist-9000"


def test_a_hosted_form_has_a_cookie_that_no_neighbour_can_set():
    assert cookie_name(create_app(KINDS, hosting=CLINIC), "https://clinic.example") == (
        "__Host-checklist"
    )


@pytest.mark.parametrize("host", ["clinic.example.evil", "127.0.0.1", "localhost"])
def test_a_hosted_form_answers_to_its_own_name_only(host):
    client = create_app(KINDS, hosting=CLINIC).test_client()
    assert client.get("/", base_url=f"https://{host}").status_code == 400


def test_a_form_on_another_address_answers_to_that_address():
    client = create_app(KINDS, host="192.0.2.7").test_client()
    assert client.get("/", base_url="http://192.0.2.7:8765").status_code == 200
    assert client.get("/", base_url="http://192.0.2.8:8765").status_code == 400


def test_a_given_key_carries_the_form_over_a_restart(monkeypatch):
    monkeypatch.setenv("CHECKLIST_SECRET_KEYS", "k" * 32)
    before, after = create_app(KINDS), create_app(KINDS)
    assert before.secret_key == after.secret_key
    client = before.test_client()
    cookie = client.get(FORM, base_url=HERE).headers["Set-Cookie"].partition(";")[0]
    known = after.test_client(use_cookies=False)
    assert "Set-Cookie" not in known.get(FORM, base_url=HERE, headers={"Cookie": cookie}).headers


def test_a_key_that_cannot_be_used_stops_the_program_at_its_start(monkeypatch):
    monkeypatch.setenv("CHECKLIST_SECRET_KEYS", "short")
    with pytest.raises(SettingError, match="key 1 has 5 characters"):
        create_app(KINDS)


def test_several_workers_serve_only_with_a_given_key(monkeypatch):
    several = {"base_url": HERE, "multiprocess": True}
    assert create_app(KINDS).test_client().get("/", **several).status_code == 503
    monkeypatch.setenv("CHECKLIST_SECRET_KEYS", "k" * 32)
    assert create_app(KINDS).test_client().get("/", **several).status_code == 200


def test_what_a_proxy_says_counts_only_where_proxies_were_set_up():
    for proxies, scheme in ((0, "http"), (1, "https")):
        app = create_app(KINDS, hosting=Hosting(hosts=CLINIC.hosts, proxies=proxies))
        app.add_url_rule("/scheme", view_func=lambda: request.scheme)
        headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
        answer = app.test_client().get("/scheme", base_url="http://clinic.example", headers=headers)
        assert answer.text == scheme


@pytest.mark.parametrize(
    "settings",
    [
        {"hosts": frozenset()},
        {"hosts": CLINIC.hosts, "idle_minutes": 14},
        {"hosts": CLINIC.hosts, "idle_minutes": 1441},
        {"hosts": CLINIC.hosts, "proxies": -1},
    ],
)
def test_a_clinic_cannot_set_what_would_not_be_safe(settings):
    with pytest.raises(SettingError):
        Hosting(**settings)


def test_a_body_that_no_form_of_ours_sends_is_refused():
    client = create_app(KINDS).test_client()
    answer = client.post(FORM, data={"notes": "a" * 260 * 1024}, base_url=HERE)
    assert answer.status_code == 413
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("size", "status"), [(260 * 1024, 413), (1024, 303)])
def test_a_form_that_does_not_tell_its_length_is_refused_whole_and_never_cut(size, status):
    client = create_app(KINDS).test_client()
    chunked = {"Transfer-Encoding": "chunked"}
    whole = {"wsgi.input_terminated": True}  # as gunicorn says that it reads to the end
    body = b"run=&notes=" + b"a" * size
    answer = client.post(
        "/clear", data=body, base_url=HERE, headers=chunked, environ_overrides=whole,
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert answer.status_code == status


def test_too_many_parts_and_too_large_parts_are_refused():
    client = create_app(KINDS).test_client()
    many = {f"part{n}": "a" for n in range(501)}
    for parts in (many, {"notes": "a" * 65 * 1024}):
        answer = client.post(FORM, data=parts, base_url=HERE, content_type="multipart/form-data")
        assert answer.status_code == 413


@pytest.mark.parametrize("path", [FORM, "/questions", "/clear"])
def test_a_field_without_a_name_is_refused_and_breaks_nothing(path):
    body = b"--x\r\nContent-Disposition: form-data\r\n\r\nwords\r\n--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    client = create_app(KINDS).test_client()
    assert client.post(path, data=body, content_type=kind, base_url=HERE).status_code == 400


def test_an_unexpected_error_is_logged_without_what_the_person_said(caplog):
    app = create_app(KINDS)
    app.add_url_rule("/secret-path", view_func=lambda: int("my secret answer"))
    with caplog.at_level(logging.DEBUG):
        answer = app.test_client().get("/secret-path", base_url=HERE)
    assert answer.status_code == 500
    assert "ValueError at app.py:" in caplog.text
    assert "test_create_app.py:" in caplog.text
    assert "secret" not in caplog.text + answer.text


def test_every_file_of_the_page_has_its_version_in_its_address():
    app = create_app(KINDS)
    with app.test_request_context(base_url=HERE):
        address = url_for("static", filename="icon.svg")
    answer = app.test_client().get(address, base_url=HERE)
    answer.close()
    assert "?v=" in address
    assert "max-age=3600" in answer.headers["Cache-Control"]
    assert "no-store" not in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/static/../pyproject.toml", "/static/%2e%2e/rules.yaml"])
def test_no_file_but_those_of_the_page_can_be_read(path):
    assert create_app(KINDS).test_client().get(path, base_url=HERE).status_code == 404


def test_what_a_person_typed_is_shown_as_text():
    with create_app(KINDS).test_request_context():
        assert render_template_string("{{ said }}", said="<b>") == "&lt;b&gt;"
        with pytest.raises(UndefinedError):
            render_template_string("{{ misspelt }}")
