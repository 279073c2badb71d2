"""Where answers are kept between two requests: in one sealed cookie, and nowhere else.

A GET never changes an answer. It sets a cookie only for a visitor who has none, and only
with a page that holds a form. A cookie that came but cannot be used counts as none once
``what_was_lost`` was asked, that is, once the page says so; until then it is left alone.
Knows nothing of pages and of what answers mean.
"""

import secrets
import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, NoReturn, cast

from flask import Flask, Request, Response, current_app, g, request, session
from flask.sessions import SessionInterface, SessionMixin

from checklist.display import Display
from checklist.ruleset.model import Answer, Ruleset
from checklist.web.cookie import Run, Sealer, Unreadable
from checklist.web.cookie import TooMuchError as TooMuchError
from checklist.wording.saved_file import Said

Lost = Literal["nothing", "restarted", "expired", "changed", "cleared"]
_FEW = 100
TOKEN = "csrf_token"  # noqa: S105  # a name, not a secret: Flask-WTF calls it so


@dataclass(frozen=True, slots=True)
class Checklist:
    """What ``current_app.extensions["checklist"]`` holds for the views.

    ``files`` seals the content of a file that waits on a page; it opens no cookie.
    """

    ruleset: Ruleset
    files: Sealer


@dataclass(frozen=True, slots=True, kw_only=True)
class CookieTerms:
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


def answers() -> dict[str, Answer]:
    """Return the visitor's answers, question id to answer; open questions are absent."""
    return dict(_visit().run.answers)


def not_known() -> frozenset[str]:
    """Return what was left open on purpose: question ids, and grid items as question.item."""
    return _visit().run.not_known


def to_ask() -> tuple[str, ...]:
    """Return the questions that the visitor chose to ask, their own among them, in their order."""
    return _visit().run.to_ask


def display() -> Display:
    """Return how the visitor chose to see pages, as it was last saved."""
    return _visit().run.display


def said() -> Said:
    """Return all of that together."""
    return _said_in(_visit().run)


def is_anything_kept() -> bool:
    """Return whether there is anything said that a clear would forget; a look says nothing."""
    return said() != Said({})


def keep(changes: Mapping[str, Answer | None], not_known: Collection[str] = ()) -> None:
    """Save the answers in ``changes`` beside the others; None makes a question open again.

    Args:
        changes: question id to answer. All that was saved of these questions is replaced.
        not_known: which of them, or of their grid items, were left open on purpose.

    Raises:
        TooMuchError: they do not fit. What was saved before stays as it was.
    """
    before = _visit_to_change().run
    merged = {**before.answers, **changes}
    given = {id: answer for id, answer in merged.items() if answer is not None}
    untouched = frozenset(
        mark for mark in before.not_known if mark.partition(".")[0] not in changes
    )
    _save(replace(before, answers=given, not_known=untouched.union(not_known)))


def keep_to_ask(asks: Iterable[str]) -> None:
    """Save which questions the visitor chose to ask, and no other thing.

    Raises:
        TooMuchError: they do not fit. What was saved before stays as it was.
    """
    _save(replace(_visit_to_change().run, to_ask=tuple(asks)))


def keep_display(display: Display) -> None:
    """Save how the visitor wants to see pages, and no other thing.

    Raises:
        TooMuchError: it does not fit beside the answers. What was saved before stays as it was.
    """
    _save(replace(_visit_to_change().run, display=display))


def seal_for_page(said: Said) -> str:
    """Return ``said`` in a form that a page can carry until the visitor confirms it.

    Nobody can read it there, and only this visitor can confirm it, in this run.

    Raises:
        TooMuchError: it could not be kept.
    """
    return _files().seal(_holding(replace(_visit().run, saved=_keeper().now()), said))


def take_over(sealed: str) -> bool:
    """Let what ``seal_for_page`` sealed take the place of everything kept, in a new run.

    Pages that are still open were made from other answers: the new run keeps them from
    mixing theirs in. A copy of the old cookie is refused, as after a clear.

    Returns:
        False if it was sealed for another run, or too long ago: then nothing changes.

    Raises:
        TooMuchError: it does not fit. What was saved before stays as it was.
    """
    visit, keeper = _visit_to_change(), _keeper()
    before, offered = visit.run, _files().open(sealed)
    if not isinstance(offered, Run) or offered.id != before.id or keeper.is_too_old(offered):
        return False
    fresh = replace(keeper.new_run(), display=before.display)
    _save(_holding(fresh, _said_in(offered)))
    visit.start_again(visit.run)
    keeper.forget(before)
    return True


def run_id() -> str:
    """Return what tells this run from the one before a clear; every form carries it."""
    return _visit().run.id


def clear() -> None:
    """Forget everything: delete the cookie and refuse any copy of it. Redirect afterwards."""
    visit, keeper = _visit_to_change(), _keeper()
    keeper.forget(visit.run)
    visit.start_again(keeper.new_run())
    visit.fate = "delete"


def what_was_lost() -> Lost:
    """Return why the cookie of this request could not be used, for the page to say so.

    Asking counts as saying: from then on a new cookie may take the place of the old one,
    and says the same until something is kept again.
    """
    visit = _visit()
    visit.told = True
    return visit.lost


def _lost_before(run: Run) -> Lost:
    # Every window is told, not only the first that asks: until something is kept again.
    before, named, _ = run.id.partition(".")
    return cast(Lost, before) if named and _said_in(run) == Said({}) else "nothing"


def _visit() -> Visit:
    return cast(Visit, session)


def _visit_to_change() -> Visit:
    if request.method != "POST":
        raise RuntimeError("only a POST may change what is kept")
    return _visit()


def _holding(run: Run, said: Said) -> Run:
    return replace(run, answers=said.answers, not_known=said.not_known, to_ask=said.to_ask)


def _said_in(run: Run) -> Said:
    return Said(run.answers, run.not_known, run.to_ask)


def _files() -> Sealer:
    checklist: Checklist = current_app.extensions["checklist"]
    return checklist.files


def _save(run: Run) -> None:
    visit, keeper = _visit(), _keeper()
    # Never earlier than before: a clock set back and then put right must not look like a long wait.
    saved = replace(run, saved=max(run.saved, keeper.now()))
    keeper.sealer.seal(saved)
    visit.run = saved
    visit.fate = "write"


def _keeper() -> Keeper:
    return cast(Keeper, current_app.session_interface)


def _wants_first_cookie(visit: Visit) -> bool:
    # Flask-WTF leaves its token in g when the page holds a form.
    return not visit.known and visit.told and TOKEN in g and request.method in ("GET", "POST")
