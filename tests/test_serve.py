"""The real program at its start and at its end."""

import signal
import subprocess

import pytest

from checklist.paths import RULES
from program import RULESETS, command, end_of, posix_only, serving
from wire import WAIT


def test_it_says_where_it_is_and_shows_the_first_page():
    with serving(rules=RULES) as program:
        assert "<h1" in program.person().get("/").body


@posix_only
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_it_ends_quietly(sent):
    with serving() as program:
        program.send_signal(sent)
        assert end_of(program) == (0, "")


def test_a_port_that_is_taken_is_one_line_that_says_what_to_do():
    with serving() as program:
        second = subprocess.run(
            command("serve", "--port", program.port, "--no-browser"),
            capture_output=True,
            text=True,
            timeout=WAIT,
        )
    assert (second.returncode, second.stdout) == (1, "")
    [line] = second.stderr.splitlines()
    assert str(program.port) in line
    assert "--port" in line


def test_a_broken_ruleset_is_told_with_its_line_before_anything_is_served():
    broken = RULESETS / "bad" / "missing_key.yaml"
    done = subprocess.run(
        command("serve", "--rules", broken, "--no-browser"),
        capture_output=True,
        text=True,
        timeout=WAIT,
    )
    assert done.returncode == 1
    assert "missing_key.yaml:25:5: criteria.drawn: the key 'title' is missing" in done.stderr
    assert done.stdout == ""
