"""The real program through its whole life, watched from inside: what goes out, and what stays."""

import json
import os
from io import BytesIO
from ipaddress import IPv4Address
from types import SimpleNamespace

import pytest

from checklist.cli import FORMATS
from visitor import Visitor
from watched import ROOT, Browser, ended, served, watched
from wire import WAIT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="handles are passed the POSIX way")

SECRET = "rhubarb"  # noqa: S105  # a word that stands nowhere but in what is said
EVERY_KIND = "tests/rulesets/every_kind.yaml"
ANSWERED = {"q-plain": "no", "q-size": "medium", "q-weight": "117", "q-colour": "yes"}
FILE = {"format": 1, "ruleset": "every-kind", "version": "1", "answers": {"notes": SECRET}}
PAGES = ["/", "/check", "/result", "/trail", "/print", "/how", "/words", "/sources", "/questions"]
PAPERS = ["/print/doctor", "/print/copy", "/print/doctor.pdf", "/print/copy.pdf?page=letter"]


def go_through(port):
    """Do all that a person can do; return every answer that came."""
    browser = Browser(port)
    answers = []
    ask = browser._ask
    browser._ask = lambda *args: answers.append(ask(*args)) or answers[-1]
    page = Visitor(browser)
    page("/section/singles").send(ANSWERED)
    page("/section/words").send({"q-notes": SECRET})
    page("/section/words").send({"q-notes": f"{SECRET}\N{RIGHT-TO-LEFT OVERRIDE}"})
    page("/questions").send({"own-1": f"What of {SECRET}?"})
    for path in (*PAGES, f"/{SECRET}", "/section/nowhere"):
        page(path)
    for path in PAPERS:
        browser.get(path)
    browser.post("/save", {"csrf_token": page("/save").fields()["csrf_token"]})
    for path in ("/compare", "/open"):
        shown = page(path)
        file = (BytesIO(json.dumps(FILE).encode()), f"{SECRET}.json")
        shown = page.post(path, {**shown.fields(), "file": file})
    shown.send()
    browser.post("/section/words", {"q-notes": SECRET})
    page("/clear").send()
    return answers


@pytest.fixture(scope="module")
def life():
    with served("--rules", EVERY_KIND) as program:
        answers = go_through(program.port)
        printed = ended(program)
    return SimpleNamespace(
        answers=answers, printed=printed, seen=program.seen, port=program.port, program=program
    )


def test_the_program_opens_no_connection_and_asks_for_no_name(life):
    outward = ("socket.connect", "socket.gethostbyname", "socket.sendto")
    assert [event for event in life.seen if event[0] in outward] == []
    asked = [event[1] for event in life.seen if event[0] == "socket.getaddrinfo"]
    assert all(IPv4Address(name.strip("'")) for name in asked)  # numbers are asked of nobody


def test_the_program_listens_on_this_computer_only(life):
    bound = [event[2] for event in life.seen if event[0] == "socket.bind"]
    assert bound == ["('127.0.0.1', 0)"]


def test_the_program_writes_no_file_and_starts_no_other_program(life):
    touched = [event for event in life.seen if not event[0].startswith(("socket.", "ctypes."))]
    assert touched == []


def test_nothing_that_was_said_is_printed(life):
    assert SECRET not in life.printed
    assert "117" not in life.printed.replace(str(life.port), "")
    assert "Traceback" not in life.printed


def test_nothing_that_was_said_stands_in_an_address_a_redirect_or_a_cookie(life):
    assert any(answer.status_code == 303 for answer in life.answers)
    for answer in life.answers:
        assert SECRET not in str(answer.headers)
        assert "117" not in answer.headers.get("Location", "")


def test_every_answer_of_a_whole_visit_is_kept_out_of_caches(life):
    assert len(life.answers) > 25
    assert {answer.headers["Cache-Control"] for answer in life.answers} == {"no-store"}


def test_every_answer_of_a_whole_visit_carries_the_headers_that_keep_it_private(life):
    for answer in life.answers:
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_no_cookie_is_ever_larger_than_browsers_keep(life):
    cookies = [answer.headers.get("Set-Cookie", "") for answer in life.answers]
    assert 100 < max(map(len, cookies)) <= 4096


def test_no_answer_names_software_a_version_or_a_path(life):
    names = ("Server", "Via", "X-Powered-By")
    for answer in life.answers:
        assert not set(names) & set(answer.headers.keys())
        for word in ("werkzeug", "waitress", "flask", "site-packages", "traceback", str(ROOT)):
            assert word not in answer.get_data().decode("utf-8", "replace").lower()


def test_checking_a_ruleset_opens_no_connection_and_writes_no_file():
    with watched("check", EVERY_KIND) as program:
        program.communicate(timeout=WAIT)
    assert program.returncode == 0
    assert program.seen == []


@pytest.mark.parametrize("form", sorted({"html", "pdf"} & set(FORMATS)))
def test_a_result_is_made_without_a_connection_or_a_file(form, tmp_path):
    answers = tmp_path / "mine.json"
    answers.write_text(json.dumps(FILE))
    with watched("assess", answers, "--rules", EVERY_KIND, "--format", form) as program:
        program.communicate(timeout=WAIT)
    assert program.returncode == 0
    assert [event for event in program.seen if not event[0].startswith("ctypes.")] == []
