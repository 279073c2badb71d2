"""What stands on a page, unit by unit and sentence by sentence, and how hard it is to read.

A heading, a label, a list item and a short lead-in such as 'Who may know:' are units of
their own: they are never run together with what follows.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import syllapy

from checklist.ruleset.model import Question, Ruleset

# Syllables are counted by syllapy, which ships its own list of words. The usual library,
# textstat 0.7.13, downloads a dictionary when it is first used, and raises where there is no
# network; syllables 1.1.5 gives 'disease' and 'before' three; pyphen finds places for a hyphen.
FEWEST_WORDS_GRADED = 4

_BLOCKS = re.compile(
    "html|head|body|header|footer|main|nav|section|div|form|fieldset|legend|label|button|p|ul|ol"
    "|li|dl|dt|dd|h[1-6]|table|caption|thead|tbody|tr|th|td|figure|figcaption|details|summary"
    "|svg|title|desc|text|tspan|br|hr"
)
_UNSEEN = frozenset(["script", "style", "textarea"])
_SPOKEN = ("aria-label", "alt", "title", "placeholder")
_CITED = re.compile(r"\s*\[(?:(?:Source )?\d+(?:, )?)+\]")
_ABBREVIATION = re.compile(r"\b(Dr|St|No|vs|e\.g|i\.e|et al)\.(?=\s)")
_BETWEEN = re.compile(
    r"(?:(?<=[.!?])|(?<=[.!?]['\")]))\s+(?=[A-Z0-9'\"(])|;\s+(?:or\s+)?(?=[A-Z0-9'\"])"
)
_LEAD_IN = re.compile(r"^([^.:;!?]+):\s+(?=[A-Z0-9'\"])")
_WORD = re.compile(r"[^\W_]+(?:[-'\u2019.,/][^\W_]+)*")

# Names are read as they are: each counts as one easy word.
_NAMES = re.compile(
    r"\b(?i:\w+mab|azathioprine|mycophenolate|cyclophosphamide|methotrexate|fludarabine)\b"
    r"|\b(?:AQP4|MOG)(?:[ -]antibod(?:y|ies))?\b"
    r"|\b(?=[A-Za-z]*[A-Z][A-Za-z]*-?[A-Z0-9])[A-Za-z0-9]+(?:-[A-Z0-9]+)?\b"  # NMOSD, IL-6, CAR-T
)
_EASY = "it"


@dataclass(frozen=True)
class Unit:
    """A piece of text that stands alone, and the elements around it, the outermost first."""

    text: str
    around: tuple[str, ...]

    @property
    def tag(self) -> str:
        return self.around[-1]


def units(element) -> list[Unit]:
    """Return all text of a page in order, and what only readers of the screen hear."""
    reader = _Reader()
    reader.read(element, ())
    return reader.found


class _Reader:
    def __init__(self):
        self.found: list[Unit] = []
        self.waiting: list[str] = []

    def read(self, element, around: tuple[str, ...]) -> None:
        tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if not tag or tag in _UNSEEN:
            return
        for name in _SPOKEN:
            self._keep(element.get(name) or "", (*around, f"@{name}"))
        label = {"button", "status"} & set((element.get("class") or "").split())
        stands_alone = bool(label or _BLOCKS.fullmatch(tag))
        inside = (*around, tag) if stands_alone else around
        if stands_alone:
            self._end(around)
        self.waiting.append(element.text or "")
        for child in element:
            self.read(child, inside)
            self.waiting.append(child.tail or "")
        if stands_alone:
            self._end(inside)

    def _end(self, around: tuple[str, ...]) -> None:
        self._keep("".join(self.waiting), around)
        self.waiting.clear()

    def _keep(self, text: str, around: tuple[str, ...]) -> None:
        parts = text.split(" \N{EN DASH} ") if around[-1:] == ("title",) else [text]
        for part in parts:
            tidy = " ".join(_CITED.sub("", " ".join(part.split())).split())
            if tidy:
                self.found.append(Unit(tidy, around))


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a unit, lead-ins and the parts of an enumeration by themselves."""
    whole = _ABBREVIATION.sub(r"\1", text)
    for sentence in _BETWEEN.split(whole):
        if lead_in := _LEAD_IN.match(sentence):
            yield lead_in[1]
            yield from sentences(sentence[lead_in.end() :])
        elif sentence.strip():
            yield sentence.strip()


def word_count(sentence: str) -> int:
    return len(_WORD.findall(sentence))


def grade(sentence: str) -> float:
    """Return the Flesch-Kincaid grade of one sentence, never below 0."""
    words = _WORD.findall(sentence)
    spoken = sum(map(syllables, words))
    return max(0.0, 0.39 * len(words) + 11.8 * spoken / len(words) - 15.59)


@cache
def syllables(word: str) -> int:
    """Return how many syllables a word has; a number counts as one."""
    return sum(_syllables(part) for part in re.split(r"[-/]", word.lower()))


def _syllables(part: str) -> int:
    bare = part.replace("\u2019", "'")
    if any(character.isdigit() for character in bare):
        return 1
    # A plural is said as long as its singular, but for 'diseases' and its like.
    singular = re.sub(r"(?<![scgxz]e)(?<!s)s$", "", bare.removesuffix("'s").removesuffix("'"))
    return max(1, syllapy.count(singular))


class Plain:
    """Sets aside, in a sentence, what a reader is not to be tested on."""

    def __init__(self, ruleset: Ruleset):
        terms = [words for t in ruleset.glossary.values() for words in (t.term, t.plain)]
        self.terms = _any_of(terms)
        self.labels = re.compile("|".join(map(re.escape, _by_length(_labels(ruleset)))))

    def names_shortened(self, sentence: str) -> str:
        """Return it with every quoted label as one word: each is a unit of its own elsewhere."""
        return self.labels.sub(_EASY, sentence)

    def set_aside(self, sentence: str) -> str:
        """Return it with labels, taught words, medicines and antibodies as one easy word each."""
        return _NAMES.sub(_EASY, self.terms.sub(_EASY, self.names_shortened(sentence)))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    either = "|".join(map(re.escape, _by_length(words)))
    return re.compile(rf"(?<![\w-])(?:{either})(?:s|es)?(?![\w-])" if either else r"(?!)", re.I)


def _by_length(words: Iterable[str]) -> list[str]:
    return sorted(set(words), key=lambda word: (-len(word), word))


def _labels(ruleset: Ruleset) -> Iterator[str]:
    for question in ruleset.questions.values():
        yield from (f"'{label}'" for label in labels_of(question))


def labels_of(question: Question) -> list[str]:
    """Return the texts by which a question, its items and its options are named."""
    labels = [question.text, question.short]
    for kind in ("items", "options"):
        labels += getattr(question, kind, {}).values()
    return [label for label in labels if label]
