"""Where answers are kept between two requests: in one sealed cookie, and nowhere else.

A GET never changes an answer. A cookie that came but cannot be used counts as none once
``what_was_lost`` was asked, that is, once the page says so; until then it is left alone.
Knows nothing of pages and of what answers mean.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import cast

from flask import current_app, request, session
from msgspec.structs import replace

from checklist.display import Display
from checklist.ruleset.model import Answer
from checklist.web.cookie import Run, Sealer
from checklist.web.cookie import TooMuchError as TooMuchError
from checklist.web.sessions import Checklist, Keeper, Lost, Visit, is_said
from checklist.wording.saved_file import Said


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
    return is_said(_visit().run)


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
