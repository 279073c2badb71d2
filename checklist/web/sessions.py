"""A session: the sealed cookie, read when a request comes, written when the answer goes.

A GET sets a cookie only for a visitor who has none, and only with a page that holds a form.
Knows nothing of pages and of what answers mean.
"""

import secrets
import threading
import time
from collections.abc import Callable
from typing import Any, Literal, NoReturn, cast

from flask import Flask, Request, Response, g, request
from flask.sessions import SessionInterface, SessionMixin
from msgspec import Struct

from checklist.ruleset.model import Ruleset
from checklist.web.cookie import Run, Sealer, Unreadable

Lost = Literal["nothing", "restarted", "expired", "changed", "cleared"]
_FEW = 100
TOKEN = "csrf_token"  # noqa: S105  # a name, not a secret: Flask-WTF calls it so


class Checklist(Struct, frozen=True):
    """What ``current_app.extensions["checklist"]`` holds for the views.

    ``files`` seals the content of a file that waits on a page; it opens no cookie.
    """

    ruleset: Ruleset
    files: Sealer


class CookieTerms(Struct, frozen=True, kw_only=True):
    """How the cookie is named and sent, and for how many seconds it is good.

    ``idle`` counts from the last save, ``whole`` from the start; None sets no such end.
    """

    name: str
    secure: bool
    idle: int
    whole: int | None = None


class Visit(dict[str, Any], SessionMixin):
    """What one request knows of its visitor.

    As a mapping it holds the secret of the form token alone, which is all that Flask-WTF
    asks of a session; answers go through ``keep``.
    """

    def __init__(self, run: Run, lost: Lost, *, known: bool) -> None:
        super().__init__({TOKEN: run.secret})
        self.run = run
        self.lost = lost
        self.known = known  # a cookie came that can be used
        self.told = lost == "nothing"
        self.fate: Literal["leave", "write", "delete"] = "leave"

    def __setitem__(self, key: str, value: Any) -> NoReturn:
        raise TypeError(f"the session takes no {key!r}: nothing but answers is kept")

    def start_again(self, run: Run) -> None:
        """Let ``run`` take the place of what was known."""
        self.run = run
        self.update({TOKEN: run.secret})


class ClearedRuns:
    """The runs that must not be taken up again, each until all copies of it are too old."""

    def __init__(self) -> None:
        self._until: dict[str, int] = {}
        self._prune_above = _FEW
        self._lock = threading.Lock()

    def add(self, run_id: str, *, now: int, until: int) -> None:
        """Remember a run until a point in time, and forget those whose time is over."""
        with self._lock:
            self._until[run_id] = until
            if len(self._until) > self._prune_above:  # not each time: there may be many
                self._until = {id: end for id, end in self._until.items() if end > now}
                self._prune_above = max(_FEW, 2 * len(self._until))

    def __contains__(self, run_id: str) -> bool:
        return run_id in self._until


class Keeper(SessionInterface):
    """Reads the cookie when a request comes, writes it when the answer goes."""

    def __init__(
        self, sealer: Sealer, terms: CookieTerms, clock: Callable[[], float] = time.time
    ) -> None:
        self.sealer = sealer
        self.terms = terms
        self.clock = clock
        self.cleared = ClearedRuns()

    def open_session(self, app: Flask, request: Request) -> Visit:
        """Return what the request's cookie tells; never fails."""
        # More than one when another program on this computer has set one of the same name.
        found = [self._usable_run(value) for value in request.cookies.getlist(self.terms.name)]
        for run in found:
            if isinstance(run, Run):
                return Visit(run, _lost_before(run), known=True)
        lost: list[Lost] = [reason for reason in found if not isinstance(reason, Run)]
        why = lost[0] if lost else "nothing"
        return Visit(self.new_run(why), why, known=False)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write, delete or leave the cookie."""
        visit = cast(Visit, session)
        if visit.accessed:
            response.vary.add("Cookie")
        if visit.fate == "delete":
            self._delete_cookie(response)
        elif (visit.fate == "write" and response.status_code < 400) or _wants_first_cookie(visit):
            self._set_cookie(visit.run, response)

    def new_run(self, lost: Lost = "nothing") -> Run:
        """Return a run that nobody has had before; its id names what was lost before it."""
        now = self.now()
        id = secrets.token_urlsafe(9)
        named = id if lost == "nothing" else f"{lost}.{id}"
        return Run(named, secrets.token_urlsafe(15), now, now, {})

    def forget(self, run: Run) -> None:
        """Refuse every copy of ``run`` from now on."""
        now = self.now()
        # A clock that was set back since must not let a copy live longer.
        self.cleared.add(run.id, now=now, until=max(now, run.saved) + self.terms.idle)

    def now(self) -> int:
        """Return the time in whole seconds."""
        return int(self.clock())

    def get_cookie_name(self, app: Flask) -> str:
        """Return the name under which the browser keeps the cookie."""
        return self.terms.name

    def _usable_run(self, value: str) -> Run | Literal[Unreadable, "expired", "cleared"]:
        found = self.sealer.open(value)
        if not isinstance(found, Run):
            return found
        if found.id in self.cleared:
            return "cleared"
        return "expired" if self.is_too_old(found) else found

    def is_too_old(self, run: Run) -> bool:
        """Return whether a run was left alone for too long, or began too long ago."""
        now = self.now()
        whole = self.terms.whole
        return now - run.saved > self.terms.idle or (whole is not None and now - run.begun > whole)

    def _set_cookie(self, run: Run, response: Response) -> None:
        response.set_cookie(
            self.terms.name,
            self.sealer.seal(run),
            path="/",
            secure=self.terms.secure,
            httponly=True,
            samesite="Lax",
        )

    def _delete_cookie(self, response: Response) -> None:
        response.delete_cookie(
            self.terms.name, path="/", secure=self.terms.secure, httponly=True, samesite="Lax"
        )
        # Not "cookies": other programs on this computer have theirs under the same name.
        response.headers["Clear-Site-Data"] = '"cache", "storage"'


def is_said(run: Run) -> bool:
    """Return whether anything was said in this run; a look says nothing."""
    return bool(run.answers or run.not_known or run.to_ask)


def _lost_before(run: Run) -> Lost:
    # Every window is told, not only the first that asks: until something is kept again.
    before, named, _ = run.id.partition(".")
    return cast(Lost, before) if named and not is_said(run) else "nothing"


def _wants_first_cookie(visit: Visit) -> bool:
    # Flask-WTF leaves its token in g when the page holds a form.
    return not visit.known and visit.told and TOKEN in g and request.method in ("GET", "POST")
