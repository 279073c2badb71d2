"""The real program, started as a person starts it."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from wire import SOON, OverTheWire

RULESETS = Path(__file__).parent / "rulesets"
EVERY_KIND = RULESETS / "every_kind.yaml"
posix_only = pytest.mark.skipif(os.name != "posix", reason="signals and limits are POSIX's")


def command(*arguments):
    return [sys.executable, "-m", "checklist", *map(str, arguments)]


def without_settings(**more):
    """Return this environment without the settings of the tester; None takes one more away."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CHECKLIST_")}
    return {k: v for k, v in {**kept, **more}.items() if v is not None}


@contextmanager
def serving(*arguments, rules=EVERY_KIND, port=0, environ=None, **more):
    """Serve a ruleset until the block ends; the running program knows its ``port``."""
    started = subprocess.Popen(
        command("serve", "--port", port, "--no-browser", "--rules", rules, *arguments),
        env=environ or without_settings(),
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **more},
    )
    try:
        if started.stdout:
            started.port = port_in(started.stdout.readline())
            started.person = lambda: OverTheWire(started.port)
        yield started
    finally:
        started.kill()
        started.communicate()


def port_in(line):
    [address] = [word for word in line.split() if word.startswith("http://")]
    return int(address.rstrip("/").rpartition(":")[2])


def end_of(program):
    """Return how a program ended, which waits for nobody, and what it complained of."""
    _, complaints = program.communicate(timeout=SOON)
    return program.returncode, complaints
