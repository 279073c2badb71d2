"""The few fields that WTForms lacks: each reads what a browser sent, and keeps what was typed.

A field never fails on what it is sent: nothing at all is an open answer, and whatever
cannot be read becomes a sentence that says how to put it right. Knows no ruleset, no
session and no HTML.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import Field

from checklist.text_rules import clean, first_refused

# Marks that no option can have for its id, sent by the boxes that are not options.
NOT_KNOWN = "?"
NONE_OF_THESE = "-"
ON = "on"

_LONGEST_NUMBER = 12
_CANNOT_BE_SHOWN = "\N{REPLACEMENT CHARACTER}"


class AnswerField(Field):  # type: ignore[misc]  # WTForms has no types
    """What all of these fields share.

    ``data`` holds what the page shows: a mark, several marks, or text. ``answer`` is what
    the rules may see, None being open; ``said_not_known`` tells an open answer that was
    chosen from one that was skipped.
    """

    data: Any
    first_control = ".0"

    @property
    def answer(self) -> Any:
        """Return the answer, or None while it is open."""
        return None if self.said_not_known else self.data

    @property
    def said_not_known(self) -> bool:
        """Return whether the person chose to leave it open."""
        return self.is_marked(NOT_KNOWN)

    @property
    def first_id(self) -> str:
        """Return the id of the control that a link from the list of errors goes to."""
        return f"{self.id}{self.first_control}"

    def is_marked(self, mark: str) -> bool:
        """Return whether the box or button with this mark is on."""
        return bool(self.data == mark)

    def checked(self, mark: str) -> str:
        """Return what the box or button with this mark says in a page, if it is on."""
        return " checked" if self.is_marked(mark) else ""


class OneChoice(AnswerField):
    """Radio buttons: one option, or the mark of 'I do not know', or nothing yet."""

    def __init__(self, *, options: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.options = options

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Take the one mark that was sent."""
        marks = set(valuelist)
        if len(marks) > 1:
            raise ValueError("Choose only one of these answers.")
        if marks - {*self.options, NOT_KNOWN}:
            raise ValueError("Choose one of the answers shown here.")
        self.data = valuelist[0] if valuelist else None


class ManyChoices(AnswerField):
    """Check boxes: any options, or one of the two marks that exclude all others."""

    def __init__(self, *, options: Mapping[str, str], alone: Mapping[str, str], **kwargs: Any):
        super().__init__(**kwargs)
        self.options = options
        self.alone = alone

    @property
    def answer(self) -> tuple[str, ...] | None:
        """Return the ticked options in the order shown, none of them, or None while open."""
        if not self.data or self.said_not_known:
            return None
        return tuple(option for option in self.options if option in self.data)

    def is_marked(self, mark: str) -> bool:
        """Return whether the box with this mark is ticked."""
        return mark in (self.data or ())

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Take the marks that were sent, refusing those that contradict each other."""
        self.data = tuple(mark for mark in valuelist if mark in self.options or mark in self.alone)
        if set(valuelist) - set(self.data):
            raise ValueError("Tick only boxes that are shown here.")
        ticked = [words for mark, words in self.alone.items() if mark in self.data]
        if ticked and len(set(self.data)) > 1:
            raise ValueError(
                f"You ticked '{ticked[0]}' and another box too. Untick one or the other."
            )


class Tick(AnswerField):
    """One check box that stands for itself, never ticked when a page is first shown."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Take the tick; whatever else is sent is none."""
        self.data = ON if ON in valuelist else None


class WholeNumber(AnswerField):
    """A text box for a whole number, with a box for 'I do not know' under the same name."""

    first_control = ".box"

    def __init__(
        self, *, minimum: int, maximum: int, units: Sequence[str], not_known: str, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.span = f"from {minimum} to {maximum}"
        self.allowed = range(minimum, maximum + 1)
        self.units = units
        self.not_known = not_known
        self.typed = ""
        self.is_left_open = False

    @property
    def said_not_known(self) -> bool:
        """Return whether the box for 'I do not know' is ticked."""
        return self.is_left_open

    def is_marked(self, mark: str) -> bool:
        """Return whether the box with this mark is ticked."""
        return mark == NOT_KNOWN and self.is_left_open

    def process_data(self, value: int | str | None) -> None:
        """Show the number that was kept, or the tick."""
        self.is_left_open = value == NOT_KNOWN
        self.data = None if value == NOT_KNOWN else value
        self.typed = "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the number; the unit's word may follow it."""
        written = [text for text in valuelist if text.strip() not in ("", NOT_KNOWN)]
        self.is_left_open = NOT_KNOWN in [text.strip() for text in valuelist]
        self.typed = showable(written[0]) if written else ""
        self.data = None
        if len(set(written)) > 1:
            raise ValueError("Write one number only.")
        if written and self.is_left_open:
            raise ValueError(
                f"You wrote a number and ticked '{self.not_known}' too. "
                "Empty the box for the number, or take out the tick."
            )
        if written:
            self.data = self._read(written[0])

    def _read(self, text: str) -> int:
        digits = _without_unit(text, self.units)
        unsigned = digits.removeprefix("-")
        if not (unsigned.isascii() and unsigned.isdigit() and len(unsigned) <= _LONGEST_NUMBER):
            raise ValueError(f"Write a whole number {self.span}, in digits only.")
        if int(digits) not in self.allowed:
            raise ValueError(f"Write a number {self.span}.")
        return int(digits)


class OwnWords(AnswerField):
    """A box for the person's own words."""

    first_control = ".box"

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_length = max_length
        self.typed = ""

    @property
    def said_not_known(self) -> bool:
        """Return False: an empty box says nothing."""
        return False

    def process_data(self, value: str | None) -> None:
        """Show the words that were kept."""
        self.data = value
        self.typed = value or ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Take the words, without the blanks around them."""
        written = "\n".join(text for text in valuelist if text.strip())
        self.typed = showable(written)
        self.data = None
        words = clean(written).strip()
        if len(words) > self.max_length:
            raise ValueError(
                f"Your text has {len(words)} characters. Make it {self.max_length} or fewer."
            )
        self.data = words or None


def showable(text: str) -> str:
    """Return text fit to be shown again, each character that no text may hold made visible."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        _CANNOT_BE_SHOWN if first_refused(character) is not None else character
        for character in unified
    )


def _without_unit(text: str, units: Sequence[str]) -> str:
    bare = text.strip().replace("\N{MINUS SIGN}", "-")
    for word in units:
        if word and bare.casefold().endswith(word.casefold()):
            return bare[: -len(word)].strip()
    return bare
