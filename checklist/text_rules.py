"""What text and files may hold, wherever they come from: typed, loaded, or in a ruleset.

Characters that show nothing but change how the rest is shown are refused by name rather
than dropped in silence.
"""

import re
import unicodedata

# Of a file from a stranger, be it a ruleset or answers: bytes, how deep it may nest, and
# digits of a number.
LARGEST_FILE = 256 * 1024
DEEPEST = 10
MOST_DIGITS = 15

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_NONCHARACTERS = "\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)
)
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_REFUSED = re.compile(f"[{_CONTROLS}{_BIDI}{_NONCHARACTERS}\ud800-\udfff\ufeff\u2028\u2029]")


def first_refused(text: str) -> int | None:
    """Return the index of the first character that no text may hold, or None.

    Refused are control characters other than tab and line feed, marks that change the
    direction of text, surrogates, noncharacters and byte order marks.
    """
    if text.replace("\n", "").isprintable():
        return None  # what prints is never refused, and quickly told
    found = _REFUSED.search(text)
    return found.start() if found else None


def without_refused(text: str, stand_in: str = "") -> str:
    """Return text with ``stand_in`` for each character that no text may hold."""
    return _REFUSED.sub(stand_in, text)


def escaped(text: str) -> str:
    """Return text with each character that no text may hold spelled out by its number."""
    return _REFUSED.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def clean(text: str) -> str:
    """Return text in its composed form (Unicode NFC), every line break as a line feed.

    Raises:
        ValueError: it holds a character that is refused; the message is for the person.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    at = first_refused(unified)
    if at is not None:
        raise ValueError(
            f"Your text holds a sign that cannot be kept (U+{ord(unified[at]):04X}). "
            "It is shown as \N{REPLACEMENT CHARACTER}. Delete it."
        )
    return unicodedata.normalize("NFC", unified)
