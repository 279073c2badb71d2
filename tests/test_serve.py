"""The real program, started as a person starts it."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

PLANTING = Path(__file__).parent / "rulesets" / "good" / "planting_out.yaml"
posix_only = pytest.mark.skipif(os.name != "posix", reason="signals are sent the POSIX way")


def command(*arguments):
    return [sys.executable, "-m", "checklist", "serve", *map(str, arguments)]


@contextmanager
def serving(*arguments):
    started = subprocess.Popen(
        command("--port", "0", "--no-browser", *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        line = started.stdout.readline()
        started.address = next(word for word in line.split() if word.startswith("http://"))
        yield started
    finally:
        started.kill()
        started.communicate()


def page(address):
    with urlopen(address, timeout=20) as response:  # noqa: S310  # our own server
        return response.read().decode()


def test_it_says_where_it_is_and_shows_the_first_page():
    with serving() as program:
        assert program.address.startswith("http://127.0.0.1:")
        assert "<h1" in page(program.address)


@posix_only
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_it_ends_quietly(sent):
    with serving("--rules", PLANTING) as program:
        program.send_signal(sent)
        _, complaints = program.communicate(timeout=20)
        assert (program.returncode, complaints) == (0, "")


def test_a_port_that_is_taken_is_one_line_that_says_what_to_do():
    with serving("--rules", PLANTING) as program:
        port = program.address.rstrip("/").rsplit(":", 1)[1]
        second = subprocess.run(
            command("--port", port, "--no-browser"), capture_output=True, text=True, timeout=60
        )
    assert second.returncode == 1
    [line] = second.stderr.splitlines()
    assert port in line
    assert "--port" in line


def test_it_goes_on_with_the_rules_that_it_read_when_the_file_is_gone(tmp_path):
    mine = shutil.copy(PLANTING, tmp_path / "mine.yaml")
    with serving("--rules", mine) as program:
        Path(mine).unlink()
        assert "seedlings" in page(f"{program.address}section/weather")


def test_a_broken_ruleset_is_told_with_its_line_before_anything_is_served():
    broken = PLANTING.parents[1] / "bad" / "missing_key.yaml"
    done = subprocess.run(
        command("--rules", broken, "--no-browser"), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "missing_key.yaml:25:5: criteria.drawn: the key 'title' is missing" in done.stderr
    assert done.stdout == ""
