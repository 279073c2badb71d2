"""The guard alone, around an app that answers everything with one word."""

import logging

import pytest
from werkzeug.test import Client, create_environ, run_wsgi_app

from checklist.web.guard import Guard

OURS = {"Host": "127.0.0.1:8765"}


def inner(environ, start_response):
    headers = [("Content-Type", "text/plain"), ("Cache-Control", "max-age=3600")]
    start_response("200 OK", [*headers, ("Set-Cookie", "a=b"), ("Vary", "Cookie")])
    return [b"inside"]


def guarded(**settings):
    hosts = settings.pop("hosts", frozenset({"127.0.0.1", "localhost"}))
    return Client(Guard(app=settings.pop("app", inner), hosts=hosts, **settings))


def ask(headers=None, method="GET", path="/", **settings):
    return guarded(**settings).open(path, method=method, headers={**OURS, **(headers or {})})


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8765", "localhost:1", "LocalHost"])
def test_the_form_answers_to_the_names_of_this_computer(host):
    assert ask({"Host": host}).text == "inside"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.",
        "127.0.0.1:8765:1",
        "127.0.0.1:x",
        "127.0.0.1:²",
        "127.0.0.1@evil.example",
        "[::1]:8765",
        "127.0.0.2",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/", "/static/style.css"])
def test_a_page_that_points_its_own_name_at_this_computer_learns_nothing(host, path):
    answer = ask({"Host": host}, path=path)
    assert (answer.status_code, answer.text) == (400, "Bad request.\n")
    assert "Set-Cookie" not in answer.headers


def test_a_request_without_a_host_is_refused():
    environ = create_environ("/")
    del environ["HTTP_HOST"]
    _, status, _ = run_wsgi_app(Guard(app=inner, hosts=frozenset({"localhost"})), environ)
    assert status == "400 Bad Request"


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="old browser, or no browser"),
        pytest.param({"Sec-Fetch-Site": "same-origin"}, id="the form itself"),
        pytest.param({"Sec-Fetch-Site": "none"}, id="the person, by reloading"),
        pytest.param({"Origin": "http://127.0.0.1:8765"}, id="old browser that names the form"),
    ],
)
def test_the_forms_own_pages_may_send_answers(headers):
    assert ask(headers, method="POST").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        pytest.param({"Sec-Fetch-Site": "same-site"}, id="another port of this computer"),
        {"Sec-Fetch-Site": "rubbish"},
        {"Origin": "http://evil.example"},
        {"Origin": "https://127.0.0.1:8765"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "http://localhost:8765"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"},
    ],
)
def test_nobody_else_can_send_answers_in_the_persons_name(headers):
    answer = ask(headers, method="POST")
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("site", ["cross-site", "same-site", "rubbish"])
@pytest.mark.parametrize("target", ["image", "iframe", "script", "empty"])
def test_no_other_site_can_embed_or_fetch_a_page_or_file(site, target):
    mode = "navigate" if target == "iframe" else "no-cors"
    fetch = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": target}
    assert ask(fetch, path="/static/style.css").status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "same-origin", "none"])
def test_a_link_from_anywhere_leads_to_the_form(site):
    fetch = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert ask(fetch).status_code == 200


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "BREW", "get"])
def test_methods_that_the_form_does_not_use_are_refused(method):
    environ = create_environ("/", headers=OURS)
    environ["REQUEST_METHOD"] = method
    _, status, headers = run_wsgi_app(guarded().application, environ)
    assert status == "405 Method Not Allowed"
    assert headers["Allow"] == "GET, HEAD, OPTIONS, POST"


@pytest.mark.parametrize(
    ("headers", "method", "path"),
    [
        pytest.param({}, "GET", "/", id="page"),
        pytest.param({}, "GET", "/static/style.css", id="static file"),
        pytest.param({"Host": "evil.example"}, "GET", "/", id="foreign host"),
        pytest.param({"Origin": "null"}, "POST", "/", id="foreign site"),
        pytest.param({}, "DELETE", "/", id="wrong method"),
    ],
)
def test_every_answer_carries_the_headers_that_keep_it_private(headers, method, path):
    sent = ask(headers, method, path).headers
    assert sent["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert sent["Referrer-Policy"] == "same-origin"
    assert sent["Cross-Origin-Opener-Policy"] == "same-origin"
    assert sent["Cross-Origin-Resource-Policy"] == "same-origin"
    assert sent["X-Frame-Options"] == "DENY"
    assert "camera=()" in sent["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in sent


def test_nothing_but_static_files_is_ever_put_in_a_cache():
    assert ask().headers["Cache-Control"] == "no-store"
    assert ask().headers["Vary"] == "Cookie"
    assert ask({"Host": "evil"}).headers["Cache-Control"] == "no-store"
    assert ask(path="/static/style.css").headers["Cache-Control"] == "max-age=3600"


def test_a_static_file_that_is_missing_is_not_put_in_a_cache_either():
    def missing(environ, start_response):
        start_response("404 Not Found", [("Cache-Control", "max-age=3600")])
        return [b""]

    answer = ask(path="/static/none.css", app=missing)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_header_of_the_guard_cannot_be_weakened_from_inside():
    def weak(environ, start_response):
        start_response("200 OK", [("x-frame-options", "ALLOWALL")])
        return [b""]

    assert ask(app=weak).headers.getlist("X-Frame-Options") == ["DENY"]


def test_scripts_are_forbidden_except_on_pages_that_have_the_apps_own():
    for path in ("/", "/clear", "/a/section/"):
        answer = ask(path=path, scripted=("/section/", "/result"))
        assert "script-src" not in answer.headers["Content-Security-Policy"]
    for path in ("/section/one", "/result"):
        answer = ask(path=path, scripted=("/section/", "/result"))
        policies = answer.headers.getlist("Content-Security-Policy")
        assert [policy.endswith("; script-src 'self'") for policy in policies] == [True]


def test_a_hosted_form_insists_on_https():
    hosted = {"https": True, "hosts": frozenset({"clinic.example"})}
    host = {"Host": "clinic.example"}
    answer = ask({**host, "Origin": "https://clinic.example"}, "POST", **hosted)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert ask({**host, "Origin": "http://clinic.example"}, "POST", **hosted).status_code == 403
    assert "Strict-Transport-Security" not in ask().headers


@pytest.mark.parametrize("host", ["clinic.example", "clinic.example:443", "Clinic.Example"])
def test_a_proxy_may_write_the_usual_port_into_the_host(host):
    headers = {"Host": host, "Origin": "https://clinic.example"}
    hosts = frozenset({"clinic.example"})
    assert ask(headers, "POST", https=True, hosts=hosts).status_code == 200


def test_several_workers_without_a_given_key_serve_nobody_and_say_why_once(caplog):
    client = guarded(one_worker_only=True)
    with caplog.at_level(logging.ERROR):
        answers = [client.get("/", headers=OURS, multiprocess=True) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503, 503, 503]
    assert len(caplog.records) == 1
    assert "CHECKLIST_SECRET_KEYS" in caplog.text


def test_a_refusal_to_head_has_no_body():
    assert ask({"Host": "evil.example"}, method="HEAD").data == b""
