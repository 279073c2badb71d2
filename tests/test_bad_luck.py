"""The real program when things go wrong around it: nothing that was saved is lost in silence."""

import os
import random
import shutil
import signal
import socket
import struct
import subprocess
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from program import EVERY_KIND, command, end_of, port_in, posix_only, serving, without_settings
from wire import SOON, WAIT, OverTheWire, fill_in_the_whole_form

resource = pytest.importorskip("resource", reason="limits are POSIX's")
pytestmark = posix_only

GIVEN_KEY = without_settings(CHECKLIST_SECRET_KEYS="k" * 40)
FORM = "/section/singles"
SAVED = {"q-plain": "no", "q-weight": "34"}


def saved(person):
    """Save the first page, and return a later page as it lies open."""
    assert person.post(FORM, person.get(FORM).fields(**SAVED)).status_code == 303
    return person.get("/section/words")


def limited(kind, most):
    return lambda: resource.setrlimit(kind, (most, most))


# ---------------------------------------------------------------- the program ends


def test_after_kill_9_every_answer_is_there_again_when_the_key_was_given():
    with serving(environ=GIVEN_KEY) as program:
        person = program.person()
        open_page = saved(person)
        program.kill()
        program.wait()
        with serving(environ=GIVEN_KEY, port=program.port):
            sent = open_page.fields(**{"q-notes": "Typed before the fall."})
            assert person.post("/section/words", sent).status_code == 303
            listed = person.get("/check").body
    assert "34 kilograms" in listed
    assert "Typed before the fall." in listed


def test_after_kill_9_the_page_says_what_was_lost_and_keeps_what_was_typed():
    with serving() as program:
        person = program.person()
        open_page = saved(person)
        program.kill()
        program.wait()
        with serving(port=program.port):
            sent = open_page.fields(**{"q-notes": "Typed before the fall."})
            back = person.post("/section/words", sent)
            assert back.status_code == 409
            assert "Typed before the fall." in back.body
            assert "program was started again" in back.body
            assert person.post("/section/words", back.fields(**{"q-notes": "x"})).status_code == 303


def test_it_can_be_ended_and_started_again_and_again_on_the_same_port():
    with serving() as first:
        port = first.port
        with socket.create_connection(("127.0.0.1", port)):  # somebody is still there
            first.terminate()
            assert end_of(first) == (0, "")
    for _ in range(2):
        with serving(port=port) as again:
            assert again.person().get(FORM).status_code == 200
            again.send_signal(signal.SIGINT)
            assert end_of(again) == (0, "")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_it_ends_at_once_while_many_are_in_the_middle_of_a_page(sent):
    with serving() as program, ExitStack() as people:
        for _ in range(20):
            half_sent(people, program.port)
        program.send_signal(sent)
        program.send_signal(sent)  # some press it twice
        assert end_of(program) == (0, "")


# ---------------------------------------------------------------- its rules change


def emptied(file):
    file.write_text("")


def edited(file):
    file.write_text(file.read_text("utf-8").replace("type: yes_no", "type: no_such_type"))


def removed(file):
    file.unlink()


@pytest.mark.parametrize("change", [edited, emptied, removed])
def test_it_keeps_the_rules_of_its_start_and_the_next_start_names_the_file(tmp_path, change):
    rules = Path(shutil.copy(EVERY_KIND, tmp_path / "mine.yaml"))
    with serving(rules=rules) as program:
        change(rules)
        fill_in_the_whole_form(program.person(), 7)
    done = subprocess.run(
        command("serve", "--no-browser", "--rules", rules),
        capture_output=True,
        text=True,
        timeout=WAIT,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "mine.yaml" in done.stderr.splitlines()[0]
    assert "Traceback" not in done.stderr


def test_other_wording_between_two_starts_costs_no_answer_and_other_questions_are_told(tmp_path):
    rules = Path(shutil.copy(EVERY_KIND, tmp_path / "mine.yaml"))
    with serving(rules=rules, environ=GIVEN_KEY) as program:
        person, port = program.person(), program.port
        saved(person)
    rules.write_text(rules.read_text("utf-8").replace("How heavy is it?", "What does it weigh?"))
    with serving(rules=rules, environ=GIVEN_KEY, port=port):
        assert "34 kilograms" in person.get("/check").body
    rules.write_text(rules.read_text("utf-8").replace("maximum: 120", "maximum: 130"))
    with serving(rules=rules, environ=GIVEN_KEY, port=port):
        told = person.get(FORM)
        assert "questions have changed" in told.body
        assert person.post(FORM, told.fields(**SAVED)).status_code == 303


# ---------------------------------------------------------------- what is around it goes


def test_it_needs_no_disk_no_home_and_no_temporary_folder():
    nowhere = without_settings(HOME="/nonexistent", TMPDIR="/nonexistent", XDG_RUNTIME_DIR=None)
    no_disk = limited(resource.RLIMIT_FSIZE, 0)  # no file takes a byte
    with serving(environ=nowhere, preexec_fn=no_disk) as program:
        person = program.person()
        fill_in_the_whole_form(person, 5)
        page = person.get("/section/words")
        long = page.fields(**{"q-notes": "a" * 200_000})
        assert person.post("/section/words", long).status_code == 422
        for address in ("/print", "/how", "/trail", "/questions"):
            assert person.get(address).status_code == 200
        program.terminate()
        assert end_of(program) == (0, "")


@pytest.mark.parametrize("room", [0, 1000], ids=["full disk", "nearly full disk"])
def test_on_a_full_disk_a_result_is_refused_in_one_line_and_the_old_one_stays(tmp_path, room):
    old, answers = tmp_path / "result.txt", tmp_path / "answers.json"
    old.write_text("the old result")
    answers.write_text('{"format": 1, "ruleset": "every-kind", "version": "1", "answers": {}}')
    done = subprocess.run(
        command("assess", answers, "--rules", EVERY_KIND, "--output", old),
        preexec_fn=limited(resource.RLIMIT_FSIZE, room),
        capture_output=True,
        text=True,
        timeout=WAIT,
    )
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert "result.txt: cannot be written" in line
    assert old.read_text() == "the old result"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["answers.json", "result.txt"]


def test_it_goes_on_when_its_terminal_is_closed():
    terminal, end = os.openpty()
    with serving(
        stdin=end, stdout=end, stderr=end, start_new_session=True, preexec_fn=take_terminal
    ) as program:
        os.close(end)
        said = b""
        while b"Ctrl" not in said:
            said += os.read(terminal, 1000)
        os.close(terminal)  # the system sends SIGHUP, and printing fails from now on
        fill_in_the_whole_form(OverTheWire(port_in(said.decode())), 3)
        program.terminate()
        assert program.wait(SOON) == 0


def take_terminal():
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_it_goes_on_when_nobody_reads_what_it_prints():
    with serving() as program:
        program.stdout.close()
        program.stdout = None
        fill_in_the_whole_form(program.person(), 3)
        program.send_signal(signal.SIGTERM)
        assert end_of(program) == (0, "")


# ---------------------------------------------------------------- people who misbehave


def half_sent(people, port):
    slow = people.enter_context(socket.create_connection(("127.0.0.1", port), timeout=WAIT))
    slow.sendall(
        f"POST {FORM} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 99\r\n\r\nhalf".encode()
    )
    return slow


def test_nobody_waits_for_the_end_of_sixty_who_never_finish():
    with serving() as program, ExitStack() as people:
        slow = [half_sent(people, program.port) for _ in range(60)]
        assert program.person().get(FORM).status_code == 200
        for connection in slow:
            connection.setblocking(False)
            with pytest.raises(BlockingIOError):  # neither answered nor sent away until now
                connection.recv(1)


def test_twenty_who_hang_up_at_once_harm_nobody():
    with serving() as program:
        for number in range(20):
            with socket.create_connection(("127.0.0.1", program.port), timeout=WAIT) as hasty:
                lines = f"GET /result HTTP/1.1\r\nHost: 127.0.0.1:{program.port}\r\n\r\n"
                hasty.sendall(lines.encode()[: 200 if number % 2 else 20])
                at_once = struct.pack("ii", 1, 0)
                hasty.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
        fill_in_the_whole_form(program.person(), 9)
        program.terminate()
        assert end_of(program) == (0, "")


def test_with_sixty_four_file_handles_the_form_can_still_be_filled_in():
    few = limited(resource.RLIMIT_NOFILE, 64)
    with serving(preexec_fn=few) as program, ExitStack() as people:
        for _ in range(25):
            people.enter_context(
                socket.create_connection(("127.0.0.1", program.port), timeout=WAIT)
            )
        fill_in_the_whole_form(program.person(), 11)
        program.terminate()
        assert end_of(program) == (0, "")


def test_noise_in_place_of_a_request_harms_nobody():
    chance = random.Random(2026)  # noqa: S311 - noise that does harm must do so again
    little_memory = limited(resource.RLIMIT_AS, 600 * 2**20)
    with serving(preexec_fn=little_memory) as program:
        sound = (
            f"POST {FORM} HTTP/1.1\r\nHost: 127.0.0.1:{program.port}\r\nCookie: checklist-1=x\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\nq-plain=a"
        )
        for _ in range(150):
            spoilt = bytearray(sound.encode())
            for _ in range(chance.choice([1, 3, 30])):
                at = chance.randrange(len(spoilt))
                spoilt[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(4))
            assert not answer_to(program.port, bytes(spoilt)).startswith(b"HTTP/1.1 500")
        fill_in_the_whole_form(program.person(), 13)
        program.terminate()
        assert end_of(program) == (0, "")


def answer_to(port, request):
    with socket.create_connection(("127.0.0.1", port), timeout=WAIT) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        with suppress(ConnectionResetError):
            return connection.recv(100)
        return b""


# ---------------------------------------------------------------- the clock


def faked_clock():
    """Return the library that lets a program see another time, or skip where it is missing."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not found:
        reason = "libfaketime is not installed here"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    return str(found[0])


def test_a_clock_that_is_set_back_loses_nothing(tmp_path):
    shift = tmp_path / "shift"
    shift.write_text("+0")
    environ = without_settings(
        LD_PRELOAD=faked_clock(), FAKETIME_TIMESTAMP_FILE=str(shift), FAKETIME_NO_CACHE="1"
    )
    with serving(environ=environ) as program:
        person = program.person()
        open_page = saved(person)
        for back in ("-1d", "-400d", "+1h"):
            shift.write_text(back)
            sent = open_page.fields(**{"q-notes": f"The clock says {back}."})
            assert person.post("/section/words", sent).status_code == 303
            listed = person.get("/check").body
            assert "34 kilograms" in listed
            assert f"The clock says {back}." in listed
        shift.write_text("+3d")
        assert "34 kilograms" not in person.get("/check").body  # so the clock did change
