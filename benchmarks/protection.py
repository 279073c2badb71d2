"""What the protection costs: each page with all of it on, and the same page without.

python benchmarks/protection.py
"""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from time import process_time
from typing import Any

from flask import Flask
from flask.sessions import SessionMixin
from werkzeug.test import create_environ

from checklist.loading.loader import load_ruleset
from checklist.paths import RULES
from checklist.ruleset.model import Ruleset
from checklist.web import create_app
from checklist.web.cookie import Run
from checklist.web.sessions import Keeper, Visit

ALLOWED = 1.3
ROUNDS = 100
HERE = "http://127.0.0.1:8765"
RUN = Run("run", "secret", 0, 2**40, {})


class _Unsealed:
    """Takes the place of what seals: keeps nothing, measures nothing."""

    def seal(self, run: Run) -> str:
        """Return a cookie that holds nothing."""
        return ""


class _Known(Keeper):
    """Takes the place of the cookie: every request is from one person, known beforehand."""

    run = RUN

    def open_session(self, app: Flask, request: object) -> Visit:
        """Return that person's visit, from memory."""
        return Visit(self.run, "nothing", known=True)

    def save_session(self, app: Flask, session: SessionMixin, response: object) -> None:
        """Keep nothing."""


def bare(ruleset: Ruleset, run: Run) -> Flask:
    """Return the form with its pages alone: no guard, no cookie, no token, no headers."""
    app = create_app(ruleset)
    app.config.update(TRUSTED_HOSTS=None, WTF_CSRF_ENABLED=False)
    app.jinja_env.globals["csrf_token"] = lambda: "token"
    protected: Any = app.session_interface
    app.session_interface = _Known(_Unsealed(), protected.terms)  # type: ignore[arg-type]
    app.session_interface.run = run
    app.wsgi_app = Flask.wsgi_app.__get__(app)  # type: ignore[method-assign]
    return app


@dataclass(frozen=True, slots=True)
class Pair:
    """Both forms, and the cookie of one person with the same answers kept in each."""

    protected: Flask
    bare: Flask
    cookie: str


def pair(ruleset: Ruleset) -> Pair:
    """Return both forms, half filled in."""
    app = create_app(ruleset)
    case = next(case for case in ruleset.cases if case.answers)
    keeper: Any = app.session_interface
    new = keeper.new_run()
    run = Run(new.id, new.secret, new.begun, new.saved, dict(case.answers))
    cookie = f"{keeper.terms.name}={keeper.sealer.seal(run)}"
    return Pair(app, bare(ruleset, run), cookie)


def pages(ruleset: Ruleset) -> Iterator[tuple[str, str]]:
    """Yield what each measured page is called, and its address."""
    section = next(iter(ruleset.sections))
    yield "first page", "/"
    yield "page of questions", f"/section/{section.id}"
    yield "list of answers", "/check"
    yield "result", "/result"


def milliseconds(action: Callable[[], object]) -> float:
    """Return how much of a processor's time ``action`` takes."""
    start = process_time()
    action()
    return 1000 * (process_time() - start)


def get(app: Flask, address: str, cookie: str) -> None:
    """Ask for a page as a server does."""
    environ = create_environ(address, HERE, headers={"Cookie": cookie})
    statuses: list[str] = []
    b"".join(app(environ, lambda status, *_: statuses.append(status)))  # type: ignore[arg-type,return-value]
    assert statuses == ["200 OK"], (address, statuses)  # not a time of a fault


def measured(both: Pair, address: str) -> tuple[float, float]:
    """Return medians of ``ROUNDS`` rounds, protected and bare in turn."""
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(-5, ROUNDS):
        for app, times in zip((both.protected, both.bare), taken, strict=True):
            took = milliseconds(lambda app=app: get(app, address, both.cookie))  # type: ignore[misc]
            if number >= 0:  # the first rounds only fill caches
                times.append(took)
    return median(taken[0]), median(taken[1])


def report() -> str:
    """Return the table as a section in Markdown."""
    os.environ.pop("CHECKLIST_SECRET_KEYS", None)
    ruleset = load_ruleset(RULES)
    both = pair(ruleset)
    rows = []
    for name, address in pages(ruleset):
        on, off = measured(both, address)
        verdict = "" if on <= ALLOWED * off else f" (over {ALLOWED})"
        rows.append(f"| {name} | {off:.2f} | {on:.2f} | {on / off:.2f}{verdict} |")
    return "\n".join(
        [
            "## What the protection costs",
            "",
            "Each page with all of it on (who may ask, the sealed cookie, the form token, the "
            "headers) and without any, from the same templates and answers. Processor time, "
            f"medians of {ROUNDS} rounds in turn. At most {ALLOWED} times is allowed.",
            "",
            "| page | without, ms | with, ms | times |",
            "| --- | ---: | ---: | ---: |",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    sys.stdout.write(report())
