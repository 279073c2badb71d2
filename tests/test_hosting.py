"""The form as a clinic serves it: gunicorns behind the nginx of the documents, for real."""

import os
import shutil
import socket
import ssl
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.client import RemoteDisconnected

import pytest

from clinic import (
    EVERY_KIND,
    NAME,
    ROOT,
    Proxy,
    ask,
    machines,
    program,
    settings,
)
from visitor import Visitor
from wire import WAIT, OverTheWire, fill_in_the_whole_form

pytestmark = pytest.mark.skipif(os.name != "posix", reason="gunicorn and nginx need POSIX")


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    """One machine with two workers, behind a proxy that has nowhere to put a file."""
    folder = tmp_path_factory.mktemp("clinic")
    with machines(folder, workers=2) as [machine], Proxy(folder, [machine.port]) as proxy:
        shutil.rmtree(folder / "temporary")
        proxy.machine = machine
        yield proxy


@pytest.fixture
def person(clinic):
    return clinic.person()


@pytest.mark.parametrize(("workers", "count"), [(1, 1), (4, 1), (2, 2)])
def test_answers_are_the_same_from_every_worker_and_machine(tmp_path, workers, count):
    with ExitStack() as started:
        begun = started.enter_context(machines(tmp_path, workers, count))
        proxy = started.enter_context(Proxy(tmp_path, [machine.port for machine in begun]))
        people = started.enter_context(ThreadPoolExecutor(4))
        runs = [people.submit(fill_in_the_whole_form, proxy.person(), mark) for mark in range(6)]
        assert [run.result() for run in runs] == [None] * 6


def test_a_rolling_restart_fails_no_request_and_loses_no_answer(tmp_path):
    over = threading.Event()

    def people_keep_coming(proxy, first):
        runs = 0
        while not over.is_set():
            fill_in_the_whole_form(proxy.person(), first + 4 * runs)
            runs += 1
        return runs

    with ExitStack() as started:
        one, other = started.enter_context(machines(tmp_path, workers=2, count=2))
        proxy = started.enter_context(Proxy(tmp_path, [one.port, other.port]))
        people = started.enter_context(ThreadPoolExecutor(4))
        started.callback(over.set)
        runs = [people.submit(people_keep_coming, proxy, first) for first in range(4)]
        one.restart_workers()
        other.stop()
        other.start()
        over.set()
        assert all(run.result() >= 1 for run in runs)
        assert {line.split()[2] for line in proxy.log().splitlines()} == {"200", "303"}


def test_what_is_logged_names_no_person_page_or_answer(clinic, person):
    assert person.get("/section/singles?weight=sixty").status_code == 200
    fill_in_the_whole_form(person, 1)
    logged = clinic.log() + clinic.machine.said()
    assert "GET /section/<section_id> 200" in logged
    assert "POST /section/<section_id> 303" in logged
    for told in ("weight", "sixty", "singles", "mark", "from ip", "__Host-", "http://clinic"):
        assert told not in logged


def test_what_was_sent_never_touches_a_disk_on_its_way(person):
    visitor = Visitor(person)  # the proxy's folder for such files is not there
    form = visitor("/section/words")
    assert form.send({"q-notes": "a" * 200_000}).status == 422
    assert visitor("/how").status == 200


def test_a_hosted_page_is_kept_by_https_alone_and_says_how_long_answers_stay(person):
    answer = person.get("/section/singles")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-checklist=")
    assert set(cookie.split("; ")[1:]) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}
    assert "forgotten 120 minutes after you last save" in answer.body


def test_who_asks_the_proxy_for_another_name_gets_no_answer(clinic):
    with pytest.raises(ssl.SSLError, match="UNRECOGNIZED_NAME"):
        OverTheWire(clinic.port, clinic.trust, name="evil.example").get("/")
    behind_our_name = clinic.person()
    behind_our_name.host = "evil.example"
    with pytest.raises(RemoteDisconnected):
        behind_our_name.get("/")
    with pytest.raises(RemoteDisconnected):
        ask(clinic.plain_port, "/", {"Host": "evil.example"})


def test_plain_http_leads_to_https_and_carries_nothing_over(clinic):
    for path in ("/section/singles?x=1", "/%0d%0aSet-Cookie:%20evil=1"):
        answer = ask(clinic.plain_port, path, {"Host": NAME})
        assert answer.status == 301
        assert answer.getheader("Location") == f"https://{NAME}/"
        assert answer.getheader("Set-Cookie") is None
        assert answer.getheader("Server") == "nginx"


def test_a_balancer_learns_that_a_machine_is_well_and_nothing_else(clinic):
    answer = ask(clinic.machine.port, "/healthz", {"Host": f"127.0.0.1:{clinic.machine.port}"})
    assert (answer.status, answer.text) == (200, "ok\n")
    assert answer.getheader("Set-Cookie") is None
    assert ask(clinic.machine.port, "/", {"Host": "127.0.0.1"}).status == 400


def start_with(**changed):
    command = [program("gunicorn"), "-c", "python:checklist.gunicorn_settings"]
    return subprocess.run(
        [*command, "--bind", "127.0.0.1:0"],
        env=settings(**changed),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=WAIT,
    )


def test_what_gunicorn_refuses_by_itself_is_bare_and_repeats_nothing(clinic):
    for nonsense in (b"MARMOT nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nMAR\x00MOT: 1\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", clinic.machine.port), WAIT) as line:
            line.sendall(nonsense)
            answer = b"".join(iter(lambda: line.recv(4096), b"")).decode()
        assert answer.startswith("HTTP/1.1 400 Bad Request\r\n")
        assert "Content-Security-Policy: default-src 'none'" in answer
        assert "Cache-Control: no-store" in answer
        assert "marmot" not in answer.lower()
        assert "marmot" not in clinic.machine.said().lower()


def test_settings_that_cannot_be_used_are_all_named_in_plain_lines_and_nothing_is_served(tmp_path):
    keys = tmp_path / "keys"
    keys.write_text("k" * 40)
    keys.chmod(0o644)
    done = start_with(
        CHECKLIST_HOSTS="https://clinic.example",
        CHECKLIST_PROXIES="one",
        CHECKLIST_IDLE="30",
        CHECKLIST_IDLE_MINUTES="5",
        CHECKLIST_SECRET_KEYS=None,
        CHECKLIST_SECRET_KEYS_FILE=str(keys),
        CHECKLIST_RULES=str(EVERY_KIND.parent / "bad" / "missing_key.yaml"),
    )
    assert done.returncode == 4
    lines = done.stderr.splitlines()
    said = ["IDLE is no setting", "HOSTS: 'https", "PROXIES: 'one'", "MINUTES: '5'", "chmod 600"]
    for line, words in zip(lines, [*said, "missing_key.yaml:25:5"], strict=True):
        assert words in line


def test_a_clinic_that_has_set_nothing_is_told_what_it_must_set():
    done = start_with(CHECKLIST_HOSTS=None, CHECKLIST_SECRET_KEYS=None)
    assert done.returncode == 4
    assert "CHECKLIST_HOSTS is not set" in done.stderr
    assert "CHECKLIST_SECRET_KEYS is not set" in done.stderr
    assert "Traceback" not in done.stderr
