"""What stands in the cookie, and how it is sealed: as ``places``, compressed, then encrypted.

Knows nothing of Flask, nor of when a cookie is set, refused or deleted.
"""

import json
import zlib
from dataclasses import dataclass, field
from typing import Literal, Protocol

from msgspec import Struct

from checklist.display import Display
from checklist.errors import ChecklistError
from checklist.ruleset.model import Answers, Ruleset
from checklist.web.places import (
    answer_at,
    asks_at,
    display_at,
    fingerprint,
    not_known_at,
    place_of,
    places_of_asks,
    places_of_display,
)

# Browsers drop a cookie above 4096 bytes without a word; name and attributes need the rest.
BUDGET = 3800
_LARGEST_UNPACKED = 256 * 1024

Unreadable = Literal["restarted", "changed"]


class TooMuchError(ChecklistError):
    """The answers do not fit into one cookie."""


class Run(Struct, frozen=True):
    """One person's way through the form, as far as it was saved.

    ``secret`` ties form tokens to this run; ``begun`` and ``saved`` are seconds of the
    server's clock; ``not_known`` names what was left open on purpose: a question, or an
    item of a grid as ``question.item``. ``to_ask`` is what the person chose to ask, in their
    order: questions of the ruleset and their own. ``display`` is how they want to see it all.
    """

    id: str
    secret: str
    begun: int
    saved: int
    answers: Answers
    not_known: frozenset[str] = frozenset()
    to_ask: tuple[str, ...] = ()
    display: Display = Display()


class Seal(Protocol):
    """What a Fernet does."""

    def encrypt(self, data: bytes, /) -> bytes:
        """Return ``data`` sealed."""

    def decrypt(self, sealed: bytes, /) -> bytes:
        """Return what was sealed."""


@dataclass(frozen=True, slots=True)
class Sealer:
    """Turns a run of ``ruleset`` into the value of a cookie, and back."""

    ruleset: Ruleset
    fernet: Seal
    _sealed_for: str = field(init=False)

    def __post_init__(self) -> None:
        # Once: it takes longer than all else that is done with a cookie.
        object.__setattr__(self, "_sealed_for", fingerprint(self.ruleset))

    def seal(self, run: Run) -> str:
        """Return ``run`` as the value of a cookie, at most ``BUDGET`` characters.

        Raises:
            TooMuchError: it would be longer, or could not be unpacked again.
        """
        plain = self._plain(run)
        sealed = self._sealed(plain)
        if len(sealed) > BUDGET or len(plain) > _LARGEST_UNPACKED:
            raise TooMuchError(f"the answers need {len(sealed)} of {BUDGET} characters")
        return sealed

    def length(self, run: Run) -> int:
        """Return how many characters ``run`` takes, be that too many or not."""
        return len(self._sealed(self._plain(run)))

    def open(self, value: str) -> Run | Unreadable:
        """Return the run in a cookie, or why there is none.

        ``"restarted"``: not sealed with any of our keys, or damaged since; ``"changed"``:
        sealed by us, for other questions.
        """
        from cryptography.fernet import InvalidToken

        try:
            packed = self.fernet.decrypt(value.encode("utf-8", "replace"))
        except InvalidToken:
            return "restarted"
        try:
            return self._run_in(packed)
        except (LookupError, TypeError, ValueError, zlib.error):
            return "changed"

    def _plain(self, run: Run) -> bytes:
        questions = self.ruleset.questions
        if unknown := run.answers.keys() - questions.keys():
            raise KeyError(*unknown)
        places = [place_of(q, run.answers.get(q.id), run.not_known) for q in questions.values()]
        to_ask = places_of_asks(self.ruleset, run.to_ask)
        about = [self._sealed_for, run.id, run.secret, run.begun, run.saved]
        parts = [*about, places, to_ask, *places_of_display(run.display)]
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()

    def _sealed(self, plain: bytes) -> str:
        return self.fernet.encrypt(zlib.compress(plain, 9)).decode("ascii")

    def _run_in(self, packed: bytes) -> Run:
        parts = json.loads(_unpacked(packed))
        sealed_for, run_id, secret, begun, saved, places, asks, *looks = parts
        if sealed_for != self._sealed_for:
            raise ValueError("sealed for other questions")
        placed = zip(self.ruleset.questions.values(), places, strict=True)
        said = [(question, place) for question, place in placed if place is not None]
        found = {question.id: answer_at(question, place) for question, place in said}
        answers = {id: answer for id, answer in found.items() if answer is not None}
        not_known = {mark for question, place in said for mark in not_known_at(question, place)}
        to_ask = asks_at(self.ruleset, asks) if asks else ()
        display = display_at(looks)
        return Run(run_id, secret, begun, saved, answers, frozenset(not_known), to_ask, display)


def _unpacked(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    plain = unpacker.decompress(packed, _LARGEST_UNPACKED)
    if unpacker.unconsumed_tail:
        raise ValueError("more than any run of ours holds")
    return plain
