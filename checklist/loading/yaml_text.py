"""From the bytes of a YAML file to plain values, safely, with the place of each.

The safe loaders of YAML libraries are not safe enough for a file from a stranger: deep
nesting can crash the parser, repeated keys pass in silence, and YAML 1.1 reads ``no`` as
false. So: the events are looked through first, and values are built here from the nodes'
text by the words of YAML 1.2.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import yaml

from checklist.errors import Place, Problem, RulesetError, quote
from checklist.loading.document import ROOT, Document, Path, Point
from checklist.text_rules import DEEPEST, LARGEST_FILE, MOST_DIGITS, first_refused, without_refused

_INTEGER = re.compile(r"[-+]?0*([0-9]+)|0x0*([0-9a-fA-F]+)|0o0*([0-7]+)")
_QUOTED = "; text that begins so must stand in quotes"
_STAND_IN = "\N{REPLACEMENT CHARACTER}"
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_BEGINS_A_NUMBER = "+-.0123456789"
_SPECIAL_FLOAT = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def read_yaml(content: bytes, file: str) -> Document:
    """Return the values of a YAML 1.2 file.

    Args:
        content: the file; at most 256 KiB of UTF-8, nested at most 10 deep, without
            aliases, anchors, tags or a second document.
        file: its name, for messages.

    Returns:
        The document; keys that stand twice and the like are in its ``problems``.

    Raises:
        RulesetError: it cannot be read any further.
    """
    document = Document(file)
    reader = _Reader(_decoded(content, document), document)
    try:
        return reader.read()
    except yaml.YAMLError as error:
        problem = _syntax_problem(error, file)
    except (ValueError, OverflowError) as error:
        problem = Problem(f"this cannot be read as YAML: {quote(error)}", ROOT, Place(file, 1, 1))
    raise RulesetError([*document.problems, problem])


def _decoded(content: bytes, document: Document) -> str:
    start = Place(document.file, 1, 1)
    if len(content) > LARGEST_FILE:
        raise RulesetError(
            [
                Problem(
                    "the file is larger than 256 KiB, the most that a ruleset may have", ROOT, start
                )
            ]
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        place = Place(document.file, line, column)
        raise RulesetError(
            [Problem("this is not UTF-8 text; save the file as UTF-8", ROOT, place)]
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if first_refused(text) is None:
        return text
    lines = text.split("\n")
    return "\n".join(_shown_line(line, number, document) for number, line in enumerate(lines, 1))


def _shown_line(line: str, number: int, document: Document) -> str:
    # Each refused character is held open by a stand-in, so that the places after it are right.
    if (at := first_refused(line)) is None:
        return line
    place = Place(document.file, number, at + 1)
    document.faults.append((_refusal(line[at]), (), place))
    return without_refused(line, _STAND_IN)


def _refusal(character: str) -> str:
    name = f"U+{ord(character):04X}"
    return f"the character {name} cannot be shown and may not stand in a ruleset; delete it"


def _refused_mark(event: yaml.NodeEvent) -> str:
    anchor = str(event.anchor or "")[:20]
    if isinstance(event, yaml.AliasEvent):
        return f"'*{anchor}' repeats another value, which is not allowed; write it out{_QUOTED}"
    if anchor:
        return (
            f"'&{anchor}' marks a value for repeating, which is not allowed; take it out{_QUOTED}"
        )
    return f"'!' and a word, which YAML calls a tag, are not allowed; take them out{_QUOTED}"


def _syntax_problem(error: yaml.YAMLError, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    said = getattr(error, "problem", None) or "it cannot be parsed"
    context = getattr(error, "context", None)
    place = _place(mark, file) if mark else Place(file, 1, 1)
    around = f", {context}" if context else ""
    hint = _hint(str(said), str(context))
    return Problem(f"this cannot be read: {hint} (YAML says: {said}{around})", ROOT, place)


def _hint(said: str, context: str) -> str:
    if "mapping values are not allowed" in said:
        return "text that holds ': ' must stand in quotes"
    if "tab character" in said:
        return "a tab stands at the start of the line; use spaces"
    if "cannot start any token" in said:
        return "use spaces, not tabs, and put text that begins with a sign in quotes"
    if "quoted scalar" in context:
        return "a quote is opened and not closed"
    return "look here and in the lines above, where a quote or bracket may be left open"


def _place(mark: Any, file: str) -> Place:
    return Place(file, *_point(mark))


def _point(mark: Any) -> Point:
    return mark.line + 1, mark.column + 1


class _Reader:
    # Builds values from the C parser's events, which need no stack of the parser's own: its
    # own tree builder ends the process on a hundred thousand open brackets.
    def __init__(self, text: str, document: Document) -> None:
        self.document = document
        self.stand_in = _STAND_IN if document.faults else ""
        self.next_event: Callable[[], Any] = yaml.CSafeLoader(text).get_event

    def read(self) -> Document:
        started = False
        while event := self.next_event():
            if isinstance(event, yaml.DocumentStartEvent):
                if started:
                    self._refuse(
                        event,
                        "'---' begins a second document, and a ruleset is one; take it out",
                    )
                started = True
                self.document.value = self._value(self._next(), ())
        if not started:
            start = Place(self.document.file, 1, 1)
            raise RulesetError(
                [
                    *self.document.problems,
                    Problem("the file is empty; begin with 'format: 1'", ROOT, start),
                ]
            )
        return self.document

    def _next(self) -> Any:
        event = self.next_event()
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            self._refuse(event, _refused_mark(event))
        return event

    def _refuse(self, event: yaml.Event, why: str) -> NoReturn:
        place = _place(event.start_mark, self.document.file)
        raise RulesetError([*self.document.problems, Problem(why, ROOT, place)])

    def _value(self, event: yaml.Event, path: Path) -> Any:
        self.document.values_at[path] = _point(event.start_mark)
        if type(event) is yaml.ScalarEvent:
            # Neither quoted nor a block: plain, so it may be a number or a word of YAML's.
            text = self._text(event, path)
            return text if event.style else _plain(text, path, self.document)
        if len(path) >= DEEPEST:
            self._refuse(
                event,
                f"more than {DEEPEST} lists or groups stand inside each other here; use fewer",
            )
        if isinstance(event, yaml.MappingStartEvent):
            return dict(self._pairs(path))
        return list(self._entries(path))

    def _entries(self, path: Path) -> Iterator[Any]:
        number = 0
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            yield self._value(event, (*path, number))
            number += 1

    def _pairs(self, path: Path) -> Iterator[tuple[str, Any]]:
        faults, seen = self.document.faults, self.document.keys_at
        while type(event := self._next()) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent:
                self._refuse(
                    event,
                    "a list or group stands where a key must; text in { } or [ ] needs quotes",
                )
            key = self._text(event, path)
            here = (*path, key)
            if here in seen:
                line = seen[here][0]
                message = (
                    f"the key {quote(key)} stands here again, after line {line}; keep one of them"
                )
                faults.append((message, path, _place(event.start_mark, self.document.file)))
                self._value(self._next(), (*path, f"{key} again"))
                continue
            seen[here] = _point(event.start_mark)
            yield key, self._value(self._next(), here)

    def _text(self, event: yaml.ScalarEvent, path: Path) -> str:
        # Escapes such as "\e" bring in what may not stand in the file itself.
        if event.value.isascii() and event.value.isprintable() and not self.stand_in:
            return str(event.value)
        text = str(event.value).replace("\r\n", "\n").replace("\r", "\n")
        if (at := first_refused(text)) is not None:
            place = _place(event.start_mark, self.document.file)
            self.document.faults.append((_refusal(text[at]), path, place))
            text = without_refused(text)
        if self.stand_in:
            text = text.replace(self.stand_in, "")
        return unicodedata.normalize("NFC", text)


def _plain(text: str, path: Path, document: Document) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _BEGINS_A_NUMBER:
        return text
    if found := _INTEGER.fullmatch(text):
        return _whole(text, found[1], path, document)
    if _FLOAT.fullmatch(text):
        return float(text)
    return float("nan") if _SPECIAL_FLOAT.fullmatch(text) else text


def _whole(text: str, digits: str | None, path: Path, document: Document) -> int:
    # Of base 8 or 16 where there are no plain ``digits``: these cost little, however many.
    if digits is None or len(digits) <= MOST_DIGITS:
        number = int(text, 0 if digits is None else 10)
        if number < 10**MOST_DIGITS:
            return number
    message = f"this number has too many digits; at most {MOST_DIGITS} can be read"
    document.faults.append((message, path, document.place(path)))
    document.unread.add(path)
    return 0
