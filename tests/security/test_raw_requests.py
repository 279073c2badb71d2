"""Requests that no browser of the person would send, byte by byte, to the real program."""

import os

import pytest

from checklist.web.guard import HEADERS
from visitor import Visitor
from watched import Browser, ended, raw, served

pytestmark = pytest.mark.skipif(os.name != "posix", reason="handles are passed the POSIX way")

HOST = b"Host: 127.0.0.1:PORT\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
ROUTES = ["/section/singles", "/questions", "/clear", "/save", "/open", "/opened", "/compare"]
ROUTES += ["/display"]


@pytest.fixture(scope="module")
def port():
    with served("--rules", "tests/rulesets/every_kind.yaml") as program:
        yield program.port
        assert raw(program.port, b"GET / HTTP/1.1\r\n" + HOST + b"\r\n").status_code == 200
        assert ended(program).count("\n") <= 2  # the two lines of the start, and no trace


def get(path=b"/", host=HOST, more=b"", method=b"GET"):
    return method + b" " + path + b" HTTP/1.1\r\n" + host + more + b"Connection: close\r\n\r\n"


def post(path, body=b"", more=b""):
    length = f"Content-Length: {len(body)}\r\n".encode()
    return get(path, more=FORM + length + more, method=b"POST")[:-2] + b"\r\n" + body


def assert_refused(answer, *statuses):
    """No answer at all, or one that is bare, private and tells nothing."""
    if answer is None:
        return
    assert answer.status_code in statuses
    for name, value in HEADERS:
        # Where a form is, a script of the program's own may run as well.
        assert answer.headers[name].removesuffix("; script-src 'self'") == value
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    said = (str(answer.headers) + answer.get_data(as_text=True)).lower()
    assert not [w for w in ("waitress", "werkzeug", "python", "traceback", "/home") if w in said]


@pytest.mark.parametrize(
    "host",
    [
        b"",
        b"Host:\r\n",
        b"Host: evil.example\r\n",
        b"Host: evil.example:PORT\r\n",
        b"Host: 127.0.0.1.evil.example:PORT\r\n",
        b"Host: 127.0.0.1:PORT.evil.example\r\n",
        b"Host: evil.example@127.0.0.1:PORT\r\n",
        b"Host: 127.0.0.1:PORT@evil.example\r\n",
        b"Host: 127.0.0.1:PORT, evil.example\r\n",
        b"Host: 127.0.0.1:PORT\r\nHost: evil.example\r\n",
        b"Host: evil.example\r\nHost: 127.0.0.1:PORT\r\n",
        b"Host: 127.0.0.1:PORT/\r\n",
        b"Host: 127.1:PORT\r\n",
        b"Host: 0.0.0.0:PORT\r\n",
        b"Host: 2130706433:PORT\r\n",
        b"Host: 0x7f.1:PORT\r\n",
        b"Host: [::1]:PORT\r\n",
        b"Host: [::ffff:127.0.0.1]:PORT\r\n",
        b"Host: localhost.:PORT\r\n",
        b"Host: \xff\xfe\r\n",
        b"Host: 127.0.0.1\x00.evil.example\r\n",
        b"X-Forwarded-Host: 127.0.0.1:PORT\r\nHost: evil.example\r\n",
        b"Host_: 127.0.0.1:PORT\r\nHost: evil.example\r\n",
    ],
    ids=repr,
)
@pytest.mark.parametrize("path", [b"/", b"/static/style.css"])
def test_a_name_that_is_not_ours_is_answered_with_bare_text(port, host, path):
    answer = raw(port, get(path, host))
    assert_refused(answer, 400)
    assert answer is None or len(answer.data) < 100


def test_an_address_that_names_another_host_leads_nowhere_else(port):
    answer = raw(port, get(b"http://evil.example/check"))
    assert "evil" not in answer.get_data(as_text=True) + str(answer.headers)
    assert_refused(raw(port, get(b"http://127.0.0.1/", b"Host: evil.example\r\n")), 400)


@pytest.mark.parametrize("method", [b"TRACE", b"TRACK", b"CONNECT", b"PUT", b"DELETE", b"PATCH"])
@pytest.mark.parametrize("path", [b"/", b"/section/singles", b"/static/style.css"])
def test_no_other_method_is_taken_and_nothing_sent_is_sent_back(port, method, path):
    answer = raw(port, get(path, more=b"X-Secret: mine\r\n", method=method))
    assert_refused(answer, 400, 405)
    assert b"mine" not in answer.data


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    "foreign",
    [
        b"Sec-Fetch-Site: cross-site\r\n",
        b"Sec-Fetch-Site: same-site\r\n",
        b"Sec-Fetch-Site: same-origin\r\nOrigin: http://evil.example\r\n",
        b"Sec-Fetch-Site: same-origin, cross-site\r\n",
        b"Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site\r\n",
        b"Sec-Fetch-Site: none\r\nOrigin: null\r\n",
        b"Origin: http://127.0.0.1:1\r\n",
        b"Origin: https://127.0.0.1:PORT\r\n",
        b"Origin: http://localhost:PORT\r\n",
        b"Origin: http://127.0.0.1:PORT\r\nOrigin: http://evil.example\r\n",
        b"Origin: http://127.0.0.1:PORT/\r\n",
        b"Origin:\r\n",
    ],
    ids=repr,
)
def test_no_other_site_can_post_to_any_page(port, route, foreign):
    assert_refused(raw(port, post(route.encode(), b"a=b", foreign)), 403)


def test_every_page_that_takes_a_post_is_tried_here(app):
    rules = [r.rule for r in app.url_map.iter_rules() if "POST" in r.methods]
    assert {r.replace("<section_id>", "singles") for r in rules} <= {*ROUTES}


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("body", [b"", b"csrf_token=", b"csrf_token=x&run=x&sealed=x&q-plain=yes"])
def test_a_post_without_the_visitors_own_token_changes_nothing(port, route, body):
    answer = raw(port, post(route.encode(), body))
    assert answer.status_code in (303, 409)
    assert answer.headers.get("Location", "/cleared") == "/cleared"
    assert "You said" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "path",
    [
        b"/static/../pyproject.toml",
        b"/static/%2e%2e/pyproject.toml",
        b"/static/..%2fpyproject.toml",
        b"/static/..%5cpyproject.toml",
        b"/static/..\\pyproject.toml",
        b"/static/%252e%252e/pyproject.toml",
        b"/static/%c0%ae%c0%ae/pyproject.toml",
        b"/static/....//pyproject.toml",
        b"/static//etc/passwd",
        b"/static/%2fetc/passwd",
        b"/static/file:///etc/passwd",
        b"/static/style.css%00.html",
        b"/static/",
        b"/static",
        b"/../../etc/passwd",
        b"/.git/config",
        b"/rules.yaml",
        b"/checklist/web/keys.py",
        b"/section/../rules.yaml",
        b"/section/%2e%2e",
        b"/console",
        b"/__debug__",
    ],
    ids=repr,
)
def test_no_path_leads_to_a_file_outside_the_static_folder(port, path):
    assert_refused(raw(port, get(path)), 400, 404)


@pytest.mark.parametrize(
    "path",
    [
        b"//evil.example",
        b"//evil.example/..",
        b"//evil.example/check",
        b"/\\evil.example",
        b"///check",
        b"//check/",
        b"/check/",
        b"/section//singles",
        b"/%0d%0aLocation:%20http://evil.example",
    ],
    ids=repr,
)
def test_no_path_leads_to_another_site(port, path):
    answer = raw(port, get(path, more=b"X-Forwarded-Host: evil.example\r\n"))
    assert answer is None or answer.status_code in (200, 400, 404)
    assert answer is None or "Location" not in answer.headers


@pytest.mark.parametrize(
    ("request_", "statuses"),
    [
        pytest.param(get(b"/" + b"a" * 40_000), {400, 414, 431}, id="long address"),
        pytest.param(get(more=b"Cookie: " + b"a" * 40_000 + b"\r\n"), {400, 431}, id="long cookie"),
        pytest.param(get(more=b"A: b\r\n" * 9000), {400, 431}, id="header flood"),
        pytest.param(post(b"/section/singles", b"a=" + b"b" * 390_000), {413}, id="far too long"),
        pytest.param(post(b"/section/singles", b"a=" + b"b" * 300_000), {413}, id="too long"),
        pytest.param(post(b"/open", b"a" * 300_000), {413}, id="too long a file"),
        pytest.param(get(more=b"Content-Length: x\r\n", method=b"POST"), {400}, id="no length"),
        pytest.param(get(more=b"Content-Length: -1\r\n", method=b"POST"), {400}, id="below 0"),
        pytest.param(
            get(more=b"Content-Length: 3\r\nContent-Length: 4\r\n", method=b"POST") + b"abcd",
            {400},
            id="two lengths",
        ),
        pytest.param(
            get(more=b"Transfer-Encoding: chunked\r\n", method=b"POST") + b"ZZ\r\n",
            {400},
            id="damaged chunk",
        ),
        pytest.param(
            get(more=b"Transfer-Encoding: chunked, x\r\n", method=b"POST"), {400, 501}, id="coding"
        ),
        pytest.param(b"GET / HTTP/9.9\r\n\r\n", {400, 505}, id="other version"),
        pytest.param(b"\x16\x03\x01\x02\x00\x01", {400}, id="https"),
        pytest.param(get(more=b" folded: x\r\n"), {400}, id="folded header"),
        pytest.param(get(more=b"A\x00B: c\r\n"), {400}, id="NUL in a header"),
    ],
)
def test_what_is_too_much_or_no_request_is_refused_without_a_word_too_many(
    port, request_, statuses
):
    assert_refused(raw(port, request_), *statuses)


def test_a_person_who_picks_a_huge_file_is_told_what_to_do(port):
    answer = raw(port, get(b"/open", more=b"Content-Length: 9000000\r\n", method=b"POST"))
    assert answer.status_code == 413
    assert "Go back and choose another file" in answer.get_data(as_text=True)


def test_a_request_hidden_behind_another_is_not_taken_for_the_persons(port):
    hidden = post(b"/clear", b"a=b")
    lying = get(more=b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", method=b"POST")
    answer = raw(port, lying + b"0\r\n\r\n" + hidden)
    assert answer is None or answer.status_code in (400, 409, 405)
    assert answer is None or answer.data.count(b"HTTP/1.1") == 0


def test_a_planted_cookie_of_the_same_name_neither_hides_nor_changes_answers(port):
    browser = Browser(port)
    page = Visitor(browser)
    page("/section/singles").send({"q-weight": "117"})
    name, _, ours = browser.cookie.partition("=")
    for planted in ("x", "", ours[:-5], '"', "gAAAAA=="):
        for pair in (f"{name}={planted}; {name}={ours}", f"{name}={ours}; {name}={planted}"):
            browser.cookie = pair
            assert "117" in page("/check").text


@pytest.mark.parametrize(
    "value", [b"", b"=", b"\xff\xfe", b"%00", b'"', b"gAAAAA==", b"a" * 30_000]
)
@pytest.mark.parametrize("path", [b"/", b"/check", b"/result", b"/section/singles", b"/open"])
def test_any_cookie_gives_a_readable_page(port, path, value):
    cookie = b"Cookie: checklist-PORT=" + value + b"; other=1; ;;=\r\n"
    assert raw(port, get(path, more=cookie)).status_code == 200


def test_headers_that_a_proxy_may_set_change_nothing(port):
    forged = (
        b"X-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil\r\n"
    )
    forged += (
        b"X-Forwarded-Prefix: /evil\r\nX-Original-URL: /clear\r\nX-HTTP-Method-Override: POST\r\n"
    )
    plain, told = (raw(port, get(b"/how", more=more)) for more in (b"", forged))
    assert plain.data == told.data
    assert "Strict-Transport-Security" not in told.headers


def test_looking_with_get_head_or_options_changes_nothing(port):
    browser = Browser(port)
    page = Visitor(browser)
    page("/section/singles").send({"q-weight": "117"})
    cookie = f"Cookie: {browser.cookie}\r\n".encode()
    for method in (b"GET", b"HEAD", b"OPTIONS"):
        for route in (*ROUTES, "/cleared", "/check"):
            query = b"?q-weight=5&go=on&sealed=x&csrf_token=x"
            answer = raw(port, get(route.encode() + query, more=cookie, method=method))
            assert answer.status_code in (200, 303)
            assert "Set-Cookie" not in answer.headers
    assert "117" in page("/check").text
