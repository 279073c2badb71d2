"""The page on which a person chooses what to ask: ticks, places in their order, own questions.

A sheet is what that page shows and what it sends back. It carries all that a new order is
made from, so that an old tab can change only what it showed. Knows the ruleset's questions
for the doctor and WTForms; nothing of requests, the session or HTML.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from wtforms import Form

from checklist.ruleset.model import Ruleset
from checklist.web.fields import AnswerField, OwnWords, WholeNumber
from checklist.wording.asking import OWN_AT_MOST, OWN_LENGTH, all_asks, reference

_OWN = tuple(f"own-{number}" for number in range(1, OWN_AT_MOST + 1))


@dataclass(frozen=True, slots=True)
class Offer:
    """A question of the ruleset that can be ticked; ``key`` is its reference."""

    key: str
    text: str
    ticked: bool
    follows: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the person's list: a question with the box for its place."""

    key: str
    text: str
    own: bool
    field: WholeNumber


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page's controls: ``listed`` was shown as the list, ``shown`` could be ticked."""

    asks: Mapping[str, str]  # reference to question: all that the ruleset has
    following: tuple[str, ...]
    ticked: frozenset[str]
    shown: frozenset[str]
    listed: tuple[str, ...]
    form: Form

    def validate(self) -> bool:
        """Find what cannot be read, and return whether there is nothing of the kind."""
        return bool(self.form.validate())

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Return what can be ticked: what follows from the answers, then what is kept besides."""
        known = {ask: key for key, ask in self.asks.items()}
        following = {known[ask]: ask for ask in self.following}
        kept = {key: ask for key, ask in self.asks.items() if key in self.ticked}
        return tuple(
            Offer(key, ask, key in self.ticked, key in following)
            for key, ask in (following | kept).items()
        )

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the person's list as the page shows it, in its order."""
        return tuple(
            Entry(
                key,
                self.asks.get(key) or self._own_words(key),
                key not in self.asks,
                self.form[_place(key)],
            )
            for key in self.listed
        )

    @property
    def own(self) -> tuple[OwnWords, ...]:
        """Return the boxes for own questions."""
        return tuple(self.form[name] for name in _OWN)

    @property
    def faults(self) -> Iterator[tuple[str, AnswerField]]:
        """Yield each control that cannot be read, after what it is called."""
        places = ((f"Place of '{entry.text}':", entry.field) for entry in self.entries)
        boxes = ((f"{field.label.text}:", field) for field in self.own)
        yield from ((name, field) for name, field in (*places, *boxes) if field.errors)

    def chosen(self, before: Iterable[str]) -> tuple[str, ...]:
        """Return what is to be asked, in order, once the sheet has been found readable.

        The list comes first as it was put in order, then new questions, own ones before
        ticked ones, then what ``before`` held and this page did not show.
        """
        own = {field.name: " ".join((field.answer or "").split()) for field in self.own}
        ticked = {offer.key: offer.text for offer in self.offers if offer.ticked}
        taken = {key: ask for key, ask in (own | ticked).items() if ask}
        arranged = _arranged(self.listed, [entry.field.answer for entry in self.entries])
        order = dict.fromkeys((*(key for key in arranged if key in taken), *taken))
        unseen = (ask for ask in before if self._is_hidden(reference(ask)))
        return tuple(dict.fromkeys((*(taken[key] for key in order), *unseen)))

    def _own_words(self, key: str) -> str:
        field: OwnWords = self.form[key]
        return field.typed.strip() or str(field.label.text)

    def _is_hidden(self, key: str) -> bool:
        return key in self.asks and key not in self.shown


def saved_sheet(ruleset: Ruleset, following: tuple[str, ...], to_ask: Sequence[str]) -> Sheet:
    """Return a sheet that shows what was kept: ``to_ask``, and all that can be ticked."""
    asks = _by_reference(ruleset)
    boxes = iter(_OWN)
    keys = {ask: reference(ask) if reference(ask) in asks else next(boxes) for ask in to_ask}
    data: dict[str, object] = {key: ask for ask, key in keys.items() if key in _OWN}
    data |= {_place(key): number for number, key in enumerate(keys.values(), start=1)}
    ticked = frozenset(keys.values()) & asks.keys()
    shown = ticked.union(map(reference, following))
    listed = tuple(keys.values())
    return Sheet(asks, following, ticked, shown, listed, _form_class(listed)(data=data))


def sent_sheet(ruleset: Ruleset, following: tuple[str, ...], formdata: Any) -> Sheet:
    """Return a sheet that shows what was sent; what the ruleset does not have is left out."""
    asks = _by_reference(ruleset)
    known = {*asks, *_OWN}
    listed = tuple(dict.fromkeys(key for key in formdata.getlist("listed") if key in known))
    ticked = asks.keys() & set(formdata.getlist("take"))
    shown = asks.keys() & set(formdata.getlist("shown"))
    form = _form_class(listed)(formdata)
    return Sheet(asks, following, frozenset(ticked), frozenset(shown), listed, form)


@lru_cache(maxsize=8)
def _by_reference(ruleset: Ruleset) -> Mapping[str, str]:
    return {reference(ask): ask for ask in all_asks(ruleset)}


def _place(key: str) -> str:
    return f"place-{key}"


def _form_class(listed: Sequence[str]) -> type[Form]:
    if not listed:
        return _own_boxes()
    places = {
        _place(key): WholeNumber(
            label="Place", minimum=1, maximum=len(listed), units=(), not_known=""
        )
        for key in listed
    }
    return type("TakeAlongForm", (_own_boxes(),), places)


@lru_cache(maxsize=1)
def _own_boxes() -> type[Form]:
    boxes = {
        name: OwnWords(label=f"Your own question {number}", max_length=OWN_LENGTH)
        for number, name in enumerate(_OWN, start=1)
    }
    return type("OwnQuestionsForm", (Form,), boxes)


def _arranged(keys: Sequence[str], places: Sequence[int | None]) -> tuple[str, ...]:
    """Return ``keys`` with each that was given another place there, the others around them.

    Where two are given the same place, the one that stood first gets it, the other the next.
    """
    wanted = {
        key: place - 1
        for number, (key, place) in enumerate(zip(keys, places, strict=True), start=1)
        if place is not None and place != number
    }
    slots: dict[int, str] = {}
    for key in sorted(wanted, key=lambda key: wanted[key]):
        free = [slot for slot in range(len(keys)) if slot not in slots]
        slots[next((slot for slot in free if slot >= wanted[key]), free[-1])] = key
    rest = iter(key for key in keys if key not in wanted)
    return tuple(slots[slot] if slot in slots else next(rest) for slot in range(len(keys)))
