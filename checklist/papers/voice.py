"""How a paper says things: every text cleaned once, terms taught once, sources counted."""

import re
import unicodedata
from collections.abc import Iterable

from msgspec.structs import replace

from checklist.papers.visit import Block, Points, Words
from checklist.ruleset.content import Term
from checklist.ruleset.model import Ruleset
from checklist.text_rules import without_refused
from checklist.wording.terms import teach, terms_in, terms_of
from checklist.wording.views import NoteView

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z0-9'\"])")
_LONGEST = 4000  # letters of one text; longer ones are cut, and the paper says so


def tidy(text: str, most: int = _LONGEST) -> str:
    """Return a text as paper takes it: composed, on one line, with nothing that shows nothing.

    Args:
        text: any string.
        most: how many letters may stand; what is cut is said in its place.
    """
    if not (text.isascii() and text.isprintable()):  # else there is nothing to refuse or compose
        text = unicodedata.normalize("NFC", without_refused(text, " "))
    return clipped(" ".join(text.split()), most)


def clipped(text: str, most: int) -> str:
    """Return a text of at most about ``most`` letters, cut between words; it says what is cut."""
    if len(text) <= most:
        return text
    kept = text[:most].rsplit(" ", 1)[0] if " " in text[most // 2 : most] else text[:most]
    return f"{kept} ... ({len(text) - len(kept)} more letters)"


def first_sentence(text: str) -> str:
    """Return what stands before the second sentence of a text."""
    return _SENTENCE_END.split(text, maxsplit=1)[0]


class Voice:
    """The voice of one paper: remembers the terms that it has taught and the sources cited."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._terms = terms_of(ruleset)
        self._taught: set[str] = set()
        self.cited: set[int] = set()

    def __call__(self, text: str) -> str:
        """Return a text of the form or the ruleset; terms that are new on this paper are taught."""
        return teach(tidy(text), self._terms, self._taught)

    def words(self, text: str) -> Words:
        """Return the same as words of a block."""
        return Words(self(text))

    def new_words(self, texts: Iterable[str]) -> tuple[Term, ...]:
        """Return the terms in some texts that this paper has not taught; they then count as taught.

        For texts that are said as they stand, such as questions that somebody reads out.
        """
        new = [each for each in terms_in(texts, self._terms) if each.term not in self._taught]
        self._taught.update(each.term for each in new)
        return tuple(new)

    def noted(self, note: NoteView) -> str:
        """Return a paragraph with the numbers of its sources and how sure it is."""
        return f"{self(note.text)}{self.numbers(note.numbers)} {tidy(note.confidence)}".rstrip()

    def numbers(self, numbers: tuple[int, ...]) -> str:
        """Return the numbers of sources in brackets, with a blank before them, or nothing."""
        self.cited.update(numbers)
        return f" [{', '.join(map(str, sorted(numbers)))}]" if numbers else ""


def taught(block: Block, voice: Voice) -> Block:
    """Return a block with new terms taught, where its texts are sentences of the ruleset."""
    match block:
        case Points(rows=rows):
            return replace(
                block, rows=tuple(replace(row, reason=voice(row.reason)) for row in rows)
            )
        case _:
            return block


def own_lines(text: str) -> tuple[Words, ...]:
    """Return what the person wrote, line by line; empty lines are left out."""
    lines = (tidy(line) for line in text.splitlines())
    return tuple(Words(line, own=True) for line in lines if line)
