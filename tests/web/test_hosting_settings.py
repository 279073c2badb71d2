"""What a clinic sets, what its log says and what a load balancer learns."""

import logging
from pathlib import Path

import pytest
from flask import render_template

from checklist.loading.loader import load_ruleset
from checklist.web import Hosting, create_app
from checklist.web.hosting import SettingsError, hosting_from

KINDS = load_ruleset(Path(__file__).parents[1] / "rulesets" / "every_kind.yaml")
OLD, NEW = "o" * 40, "n" * 40
ENOUGH = {"CHECKLIST_HOSTS": "Clinic.example", "CHECKLIST_SECRET_KEYS": NEW}
CLINIC = Hosting(hosts=frozenset({"clinic.example"}), health_hosts=frozenset({"192.0.2.7"}))
THERE = "https://clinic.example"
FORM = "/section/singles"


@pytest.fixture(autouse=True)
def no_keys_of_the_tester(monkeypatch):
    monkeypatch.delenv("CHECKLIST_SECRET_KEYS_FILE", raising=False)
    monkeypatch.setenv("CHECKLIST_SECRET_KEYS", OLD)


def hosted():
    return create_app(KINDS, hosting=CLINIC).test_client()


def faults(**changed):
    with pytest.raises(SettingsError) as refusal:
        hosting_from({k: v for k, v in {**ENOUGH, **changed}.items() if v is not None})
    return list(refusal.value.faults)


def test_a_name_and_a_key_are_enough_to_be_hosted():
    assert hosting_from(ENOUGH) == Hosting(hosts=frozenset({"clinic.example"}))


def test_everything_else_can_be_set():
    more = {"CHECKLIST_PROXIES": "2", "CHECKLIST_IDLE_MINUTES": "15"}
    names = {"CHECKLIST_HOSTS": "a.example, b.example", "CHECKLIST_HEALTH_HOSTS": "192.0.2.7"}
    assert hosting_from({**ENOUGH, **more, **names}) == Hosting(
        hosts=frozenset({"a.example", "b.example"}),
        health_hosts=frozenset({"192.0.2.7"}),
        proxies=2,
        idle_minutes=15,
    )


@pytest.mark.parametrize(
    "name", ["https://a.example", "a.example:443", "*.example", ".example", "*", "a/b", "\x1b[31m"]
)
def test_a_host_that_could_let_others_in_is_refused(name):
    [fault] = faults(CHECKLIST_HOSTS=name)
    assert "is no name of a host" in fault
    assert fault.isprintable()


@pytest.mark.parametrize("number", ["x", "-1", "10", "1e1", "\uff11", "99999", "0 1"])
def test_a_number_that_cannot_be_read_is_never_guessed(number):
    assert "CHECKLIST_PROXIES" in faults(CHECKLIST_PROXIES=number)[0]
    assert "CHECKLIST_IDLE_MINUTES" in faults(CHECKLIST_IDLE_MINUTES=number)[0]


def test_a_setting_that_is_misspelt_is_named_with_the_right_name():
    assert faults(CHECKLIST_HOST="a.example") == [
        "CHECKLIST_HOST is no setting; did you mean 'CHECKLIST_HOSTS'?"
    ]


def test_all_that_is_wrong_is_named_at_once_and_no_key_is_shown():
    wrong = {"CHECKLIST_PROXIES": "x", "CHECKLIST_IDLE_MINUTES": "14"}
    found = faults(CHECKLIST_HOSTS=" ", CHECKLIST_SECRET_KEYS=f"{NEW},hunter2", **wrong)
    assert len(found) == 4
    assert "hunter2" not in str(found)
    assert NEW not in str(found)


def test_without_a_key_of_its_own_a_clinic_cannot_start():
    assert "CHECKLIST_SECRET_KEYS is not set" in faults(CHECKLIST_SECRET_KEYS=None)[0]


def test_answers_sealed_with_the_older_key_are_read_after_a_new_one_is_put_in_front(monkeypatch):
    def cookie_after(answer):
        return answer.headers["Set-Cookie"].partition(";")[0]

    before = cookie_after(hosted().get(FORM, base_url=THERE))
    monkeypatch.setenv("CHECKLIST_SECRET_KEYS", f"{NEW},{OLD}")
    both = create_app(KINDS, hosting=CLINIC).test_client(use_cookies=False)
    assert "Set-Cookie" not in both.get(FORM, base_url=THERE, headers={"Cookie": before}).headers
    monkeypatch.setenv("CHECKLIST_SECRET_KEYS", NEW)
    later = create_app(KINDS, hosting=CLINIC).test_client(use_cookies=False)
    assert "Set-Cookie" in later.get(FORM, base_url=THERE, headers={"Cookie": before}).headers


@pytest.mark.parametrize("host", ["clinic.example", "192.0.2.7", "192.0.2.7:8000"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_balancer_is_told_that_the_form_is_well(scheme, host):
    answer = hosted().get("/healthz", base_url=f"{scheme}://{host}")
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", FORM, "/healthz/", "/static/style.css", "/HEALTHZ"])
def test_the_address_for_a_balancer_shows_it_nothing_else(path):
    assert hosted().get(path, base_url="https://192.0.2.7").status_code == 400


def test_nobody_can_send_anything_to_where_health_is_told():
    assert hosted().post("/healthz", base_url="https://192.0.2.7").status_code == 400
    assert hosted().post("/healthz", base_url=THERE).status_code in (400, 404, 405)


def test_a_stranger_learns_nothing_of_health_and_a_local_form_has_no_such_place():
    assert hosted().get("/healthz", base_url="https://evil.example").status_code == 400
    assert (
        create_app(KINDS).test_client().get("/healthz", base_url="http://127.0.0.1").status_code
        == 404
    )


@pytest.mark.parametrize(
    ("method", "path", "logged"),
    [
        ("GET", "/section/singles?weight=77", "GET /section/<section_id> 200"),
        ("GET", "/static/style.css", "GET /static/<path:filename> 200"),
        ("GET", "/my-own-words", "GET - 404"),
        ("POST", "/section/singles", "POST /section/<section_id> 4"),
        ("MYWORDS", "/", "OTHER - 405"),
    ],
)
def test_the_log_of_a_clinic_tells_no_page_no_person_and_no_words(caplog, method, path, logged):
    with caplog.at_level(logging.INFO, "checklist.web.access_log"):
        more = {"headers": {"Referer": THERE + "/my-referer", "Cookie": "a=mycookie"}}
        hosted().open(path, method=method, base_url=THERE, data={"q": "mybody"}, **more).close()
    [line] = caplog.messages
    assert line.startswith(logged)
    for told in ("singles", "style", "my", "MY", "77", "127.0.0.1", "clinic"):
        assert told not in line


def test_a_balancers_questions_do_not_fill_the_log(caplog):
    with caplog.at_level(logging.INFO, "checklist.web.access_log"):
        hosted().get("/healthz", base_url=THERE)
    assert caplog.messages == []


def test_a_page_of_a_clinic_tells_how_long_answers_are_kept():
    app = create_app(KINDS, hosting=Hosting(hosts=CLINIC.hosts, idle_minutes=45))
    with app.test_request_context(base_url=THERE):
        assert "45 minutes after you last save" in render_template("cleared.html")


def test_a_setting_that_is_empty_counts_as_not_set():
    more = {"CHECKLIST_PROXIES": "", "CHECKLIST_IDLE_MINUTES": " "}
    empty = hosting_from({**ENOUGH, **more})
    assert (empty.proxies, empty.idle_minutes) == (0, 120)
