"""What stands in the cookie, and how it is sealed.

Answers by position in the ruleset, so that 200 of them fit; compressed, then encrypted.
Knows nothing of Flask, nor of when a cookie is set, refused or deleted.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256, shake_256
from string import ascii_letters, digits
from typing import Any, Literal, Protocol, assert_never

from checklist.display import OFFERED, Display
from checklist.errors import ChecklistError
from checklist.ruleset.model import (
    Answer,
    Answers,
    Choice,
    Grid,
    Integer,
    MultiChoice,
    Question,
    Ruleset,
    Text,
    YesNo,
)
from checklist.wording.asking import OWN_AT_MOST, OWN_LENGTH, all_asks

# Browsers drop a cookie above 4096 bytes without a word; name and attributes need the rest.
BUDGET = 3800
_LARGEST_UNPACKED = 256 * 1024
_FORMAT = 2
_HARD_TO_PACK = ascii_letters + digits + " ."

Unreadable = Literal["restarted", "changed"]
# An answer's place; False where it was left open on purpose, None where nothing was said.
Place = int | str | list[int] | list[int | None] | None


class TooMuchError(ChecklistError):
    """The answers do not fit into one cookie."""


@dataclass(frozen=True, slots=True)
class Run:
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
    display: Display = field(default_factory=Display)


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
        places = [_place(q, run.answers.get(q.id), run.not_known) for q in questions.values()]
        to_ask = _ask_places(self.ruleset, run.to_ask)
        about = [self._sealed_for, run.id, run.secret, run.begun, run.saved]
        parts = [*about, places, to_ask, *_display_places(run.display)]
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
        found = {question.id: _answer(question, place) for question, place in said}
        answers = {id: answer for id, answer in found.items() if answer is not None}
        not_known = {mark for question, place in said for mark in _marks(question, place)}
        to_ask = _asks_at(self.ruleset, asks) if asks else ()
        display = _display_at(looks)
        return Run(run_id, secret, begun, saved, answers, frozenset(not_known), to_ask, display)


def longest_cookie(ruleset: Ruleset) -> int:
    """Return how long the cookie gets when every question has its longest answer.

    Every question for the doctor is taken along too, and as many own ones as there may be.
    Text counts as letters and digits in no order, which is more than words in an alphabet
    need. What does not fit all the same is refused when somebody saves it.
    """
    from cryptography.fernet import Fernet, MultiFernet

    answers = {id: _longest_answer(question) for id, question in ruleset.questions.items()}
    run = Run(
        _noise("run", 22),
        _noise("secret", 20),
        10**10,
        10**10,
        answers,
        to_ask=_longest_list(ruleset),
        display=Display(**{name: among[-1] for name, among in OFFERED.items()}),
    )
    sealer = Sealer(ruleset, MultiFernet([Fernet(Fernet.generate_key())]))
    return len(sealer._sealed(sealer._plain(run)))


@lru_cache(maxsize=8)
def fingerprint(ruleset: Ruleset) -> str:
    """Return what tells apart rulesets whose answers have different positions or meanings.

    Wording may change freely; ids, types, options, items, ranges and units may not, nor the
    questions for the doctor, which have no other name.
    """
    shapes = [_shape(question) for question in ruleset.questions.values()]
    form = [_FORMAT, ruleset.id, shapes, all_asks(ruleset)]
    return sha256(json.dumps(form).encode()).hexdigest()[:16]


def _shape(question: Question) -> list[Any]:
    return [question.id, type(question).__name__, *_allowed(question)]


def _allowed(question: Question) -> list[Any]:
    match question:
        case YesNo() | Choice() | MultiChoice():
            return [list(question.options)]
        case Integer():
            return [question.minimum, question.maximum, question.unit]
        case Grid():
            return [list(question.items), list(question.options)]
        case Text():
            return []
        case _:
            assert_never(question)


def _place(question: Question, answer: Answer | None, not_known: frozenset[str]) -> Place:
    match question, answer:
        case Grid(), (Mapping() | None):
            places = [_item_place(question, item, answer, not_known) for item in question.items]
            return None if all(place is None for place in places) else places
        case _, None:
            return _open_place(question.id, not_known)
        case ((YesNo() | Choice()), str()):
            return _index(question.options, answer)
        case Integer(), int():
            return answer
        case MultiChoice(), tuple():
            return [_index(question.options, option) for option in answer]
        case Text(), str():
            return answer
        case _:
            raise TypeError(f"{question.id} cannot be answered by a {type(answer).__name__}")


def _item_place(
    grid: Grid, item: str, answer: Mapping[str, str] | None, not_known: frozenset[str]
) -> int | None:
    if answer and item in answer:
        return _index(grid.options, answer[item])
    return _open_place(f"{grid.id}.{item}", not_known)


def _open_place(name: str, not_known: frozenset[str]) -> Literal[False] | None:
    return False if name in not_known else None


def _index(ids: Iterable[object], id: object) -> int:
    return list(ids).index(id)


def _answer(question: Question, place: Any) -> Answer | None:
    if _is_open(place):
        return None
    match question:
        case YesNo() | Choice():
            return _option(question, place)
        case Integer():
            return int(place)
        case MultiChoice():
            return tuple(_option(question, index) for index in place)
        case Grid():
            pairs = zip(question.items, place, strict=True)
            said = {item: index for item, index in pairs if not _is_open(index)}
            return {item: _option(question, index) for item, index in said.items()} or None
        case Text():
            return str(place)
        case _:
            assert_never(question)


def _is_open(place: Any) -> bool:
    # By identity: the first option's place is 0, and 0 equals False.
    return place is None or place is False


def _option(question: YesNo | Choice | MultiChoice | Grid, index: int) -> str:
    return list(question.options)[index]


def _marks(question: Question, place: Any) -> Iterator[str]:
    if place is False:
        yield question.id
    if isinstance(question, Grid) and place:
        pairs = zip(question.items, place, strict=True)
        yield from (f"{question.id}.{item}" for item, index in pairs if index is False)


def _ask_places(ruleset: Ruleset, asks: Iterable[str]) -> list[int | str]:
    position = {ask: number for number, ask in enumerate(all_asks(ruleset))}
    return [position.get(ask, ask) for ask in asks]


def _asks_at(ruleset: Ruleset, places: Iterable[int | str]) -> tuple[str, ...]:
    asks = all_asks(ruleset)
    return tuple(place if isinstance(place, str) else asks[place] for place in places)


def _display_places(display: Display) -> list[int]:
    # Nothing at all where nothing was chosen, as in cookies from before there was a choice.
    if display == Display():
        return []
    return [_index(among, getattr(display, name)) for name, among in OFFERED.items()]


def _display_at(places: list[int]) -> Display:
    if not places:
        return Display()
    chosen = zip(OFFERED.items(), places, strict=True)
    return Display(**{name: among[place] for (name, among), place in chosen})


def _longest_list(ruleset: Ruleset) -> tuple[str, ...]:
    # In no order, which packs worst.
    asks = sorted(all_asks(ruleset), key=lambda ask: _noise(ask, 8))
    return (*asks, *(_noise(f"own {n}", OWN_LENGTH) for n in range(OWN_AT_MOST)))


def _longest_answer(question: Question) -> Answer:
    match question:
        case YesNo() | Choice():
            return list(question.options)[-1]
        case Integer():
            return max(question.minimum, question.maximum, key=lambda number: len(str(number)))
        case MultiChoice():
            return tuple(question.options)
        case Grid():
            return dict.fromkeys(question.items, list(question.options)[-1])
        case Text():
            return _noise(question.id, question.max_length)
        case _:
            assert_never(question)


def _noise(seed: str, length: int) -> str:
    noise = shake_256(seed.encode()).digest(length)
    return "".join(_HARD_TO_PACK[byte % len(_HARD_TO_PACK)] for byte in noise)


def _unpacked(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    plain = unpacker.decompress(packed, _LARGEST_UNPACKED)
    if unpacker.unconsumed_tail:
        raise ValueError("more than any run of ours holds")
    return plain
