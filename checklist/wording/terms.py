"""Words taught where they first stand: 'plain words (term)', once on each page.

Which words, and the plain ones for them, come from the ruleset's glossary.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from checklist.ruleset.content import Term
from checklist.ruleset.model import Ruleset
from checklist.wording.phrases import capital

Terms = Mapping[str, Term]  # the term as it is written, and what is taught of it

_OPEN_QUOTES = ("'", "\N{LEFT SINGLE QUOTATION MARK}")
_CLOSE_QUOTES = ("'", "\N{RIGHT SINGLE QUOTATION MARK}")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where a text uses a term: what stands there while it is new, and once it is not."""

    term: str
    first: str
    again: str

    def said(self, seen: set[str]) -> str:
        """Return what stands here after the terms in ``seen``; this one is then among them."""
        if self.term in seen:
            return self.again
        seen.add(self.term)
        return self.first


def teach(text: str, terms: Terms, seen: set[str]) -> str:
    """Return ``text`` with the first use of each term as 'plain words (term)'.

    Args:
        text: what is to be shown, without markup.
        terms: each term, as it is written in running text.
        seen: the terms that were taught before; those taught here are added.
    """
    return with_spots(text, terms, lambda spot: spot.said(seen))


def with_spots(text: str, terms: Terms, said: Callable[[Spot], str]) -> str:
    """Return ``text`` with what ``said`` makes of each place where it uses a term."""
    if not terms:
        return text

    def at(found: re.Match[str]) -> str:
        spot = _spot(found, terms)
        return said(spot) if spot else found.group()

    return _pattern(tuple(terms)).sub(at, text)


def terms_in(texts: Iterable[str], terms: Terms) -> tuple[Term, ...]:
    """Return the terms that are used in some text, in the order of the alphabet."""
    if not terms:
        return ()
    pattern = _pattern(tuple(terms))
    used = {word for text in texts for word in pattern.findall(text)}
    return tuple(sorted((terms[word] for word in used), key=lambda term: term.term.casefold()))


@lru_cache(maxsize=8)
def terms_of(ruleset: Ruleset) -> Terms:
    """Return the terms that a ruleset teaches."""
    return {term.term: term for term in ruleset.glossary.values()}


@lru_cache(maxsize=8)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    # Longer words first, so that a term inside a longer one is not taught in its stead. By their
    # first letters, which a search can look for, before it is asked what stands before them.
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_letter.setdefault(re.escape(word[0]), []).append(re.escape(word[1:]))
    either = "|".join(
        rf"{letter}(?<![\w-]{letter})(?:{'|'.join(rests)})" for letter, rests in by_letter.items()
    )
    return re.compile(rf"(?:{either})(?![\w-]|['\u2019]s\b)")


def _spot(found: re.Match[str], terms: Terms) -> Spot | None:
    word, text = found.group(), found.string
    before, after = text[: found.start()], text[found.end() :]
    plain = terms[word].plain
    if _is_told(before, after, plain):
        return Spot(word, word, word)
    if _stands_apart(before, after):
        return None  # it is taught where it next stands
    begins = not before.strip() or before.rstrip().endswith((".", "?", "!"))
    return Spot(word, f"{capital(plain) if begins else plain} ({word})", word)


def _is_told(before: str, after: str, plain: str) -> bool:
    # The text teaches the word itself: 'plain words (term)', or 'term (plain words)'.
    in_brackets = before.endswith("(") and after.startswith(")")
    plain_before = before.rstrip(" (").casefold().endswith(plain.casefold())
    plain_after = after.startswith(" (") and plain.casefold() in after.partition(")")[0].casefold()
    return in_brackets or plain_before or plain_after


def _stands_apart(before: str, after: str) -> bool:
    # A word in quotes is named, not used; and brackets within brackets are hard to hear.
    in_quotes = before.endswith(_OPEN_QUOTES) and after.startswith(_CLOSE_QUOTES)
    return in_quotes or before.count("(") > before.count(")")
