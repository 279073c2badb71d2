"""From the bytes of a YAML file to plain values, safely, with the place of each.

The safe loaders of YAML libraries are not safe enough for a file from a stranger: deep
nesting can crash the parser, repeated keys pass in silence, and YAML 1.1 reads ``no`` as
false. So: the events are looked through first, and values are built here from the nodes'
text by the words of YAML 1.2.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from checklist.errors import Place, Problem, RulesetError, quote
from checklist.text_rules import first_refused

LARGEST_FILE = 256 * 1024
DEEPEST = 10
_INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
_LONG_INTEGER = re.compile(r"[-+]?[0-9]{16,}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_SPECIAL_FLOAT = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}

# Where in the file a value stands: the keys and list positions that lead to it.
Path = tuple[str | int, ...]


@dataclass(slots=True)
class Document:
    """A file's values, and where each value and each key of it stands.

    ``origin`` is set on what ``without`` returns: the path here to the path in the file.
    """

    file: str
    value: Any = None
    values_at: dict[Path, Place] = field(default_factory=dict)
    keys_at: dict[Path, Place] = field(default_factory=dict)
    faults: list[tuple[str, Path, Place]] = field(default_factory=list)
    origin: dict[Path, Path] | None = None
    whole: Any = None

    @property
    def problems(self) -> list[Problem]:
        """Return what is wrong with the values themselves, such as repeated keys."""
        return [Problem(message, self.spell(path), place) for message, path, place in self.faults]

    def place(self, path: Path) -> Place | None:
        """Return where the value at ``path`` stands, or else the nearest thing around it."""
        path = self.in_file(path)
        while path and path not in self.values_at:
            path = path[:-1]
        return self.values_at.get(path)

    def key_place(self, path: Path) -> Place | None:
        """Return where the key that ends ``path`` stands."""
        return self.keys_at.get(self.in_file(path)) or self.place(path)

    def spell(self, path: Path) -> str:
        """Return ``path`` in dots: by id where an entry has one, else counted from 1."""
        parts: list[str] = []
        here = self.whole if self.origin else self.value
        for step in self.in_file(path):
            here = _step(here, step)
            name = str(step + 1) if isinstance(step, int) else str(step)
            if isinstance(step, int) and isinstance(here, dict) and isinstance(here.get("id"), str):
                name = here["id"]
            parts.append(name.encode("unicode_escape").decode("ascii")[:60])
        return ".".join(parts)

    def in_file(self, path: Path) -> Path:
        """Return where ``path`` leads in the file as it was read."""
        if self.origin is None:
            return path
        known = len(path)
        while path[:known] not in self.origin:
            known -= 1
        return self.origin[path[:known]] + path[known:]

    def without(self, dropped: Collection[Path]) -> "Document":
        """Return the document less some values, so that the rest can still be looked at."""
        origin: dict[Path, Path] = {}
        value = _kept(self.value, (), (), frozenset(dropped), origin)
        whole = self.whole if self.origin else self.value
        origin = {new: self.in_file(old) for new, old in origin.items()}
        return Document(self.file, value, self.values_at, self.keys_at, [], origin, whole)


def _step(value: Any, step: str | int) -> Any:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


def _kept(
    value: Any, old: Path, new: Path, dropped: frozenset[Path], origin: dict[Path, Path]
) -> Any:
    origin[new] = old
    if isinstance(value, dict):
        return {
            key: _kept(part, (*old, key), (*new, key), dropped, origin)
            for key, part in value.items()
            if (*old, key) not in dropped
        }
    if isinstance(value, list):
        left = [number for number in range(len(value)) if (*old, number) not in dropped]
        return [
            _kept(value[number], (*old, number), (*new, position), dropped, origin)
            for position, number in enumerate(left)
        ]
    return value


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
    text = _decoded(content, file)
    reader = _Reader(text, Document(file))
    try:
        return reader.read()
    except yaml.YAMLError as error:
        raise RulesetError([_syntax_problem(error, file)]) from None
    except (ValueError, OverflowError) as error:
        raise RulesetError([Problem(f"this cannot be read as YAML: {quote(error)}")]) from None


def _decoded(content: bytes, file: str) -> str:
    start = Place(file, 1, 1)
    if len(content) > LARGEST_FILE:
        raise RulesetError([Problem("the file is larger than 256 KiB", place=start)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        place = Place(file, line, column)
        raise RulesetError([Problem("this is not UTF-8 text", place=place)]) from None
    text = text.replace("\r\n", "\n")
    at = first_refused(text)
    if at is not None:
        line, column = text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1
        name = f"U+{ord(text[at]):04X}"
        message = f"the character {name} cannot be shown and may not stand in a ruleset"
        raise RulesetError([Problem(message, place=Place(file, line, column))])
    return text


def _refused_mark(event: yaml.Event) -> str:
    anchor = str(getattr(event, "anchor", None) or "")[:20]
    if isinstance(event, yaml.AliasEvent):
        return f"aliases such as *{anchor} are not allowed; write it out"
    if anchor:
        return f"anchors such as &{anchor} are not allowed; take it out"
    if getattr(event, "tag", None):
        return "tags such as !!str are not allowed; take it out"
    return ""


def _syntax_problem(error: yaml.YAMLError, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    said = getattr(error, "problem", None) or "it cannot be parsed"
    context = getattr(error, "context", None)
    place = _place(mark, file) if mark else Place(file, 1, 1)
    around = f" ({context})" if context else ""
    hint = _hint(str(said), str(context))
    return Problem(f"this is not YAML 1.2: {said}{around}{hint}", place=place)


def _hint(said: str, context: str) -> str:
    if "mapping values are not allowed" in said:
        return "; text that holds ': ' must stand in quotes"
    if "cannot start any token" in said:
        return "; use blanks, not tabs, and put text that begins with a sign in quotes"
    if "quoted scalar" in context:
        return "; a quote is opened and not closed"
    return "; look here and in the lines above, where a quote or bracket may be left open"


def _place(mark: Any, file: str) -> Place:
    return Place(file, mark.line + 1, mark.column + 1)


class _Reader:
    # Builds values from the C parser's events, which need no stack of the parser's own: its
    # own tree builder ends the process on a hundred thousand open brackets.
    def __init__(self, text: str, document: Document) -> None:
        self.document = document
        self.events = yaml.parse(text, Loader=yaml.CSafeLoader)

    def read(self) -> Document:
        started = False
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if started:
                    self._refuse(event, "a second document begins here; a ruleset is one")
                started = True
                self.document.value = self._value(self._next(), ())
        if not started:
            raise RulesetError(
                [Problem("the file is empty", place=Place(self.document.file, 1, 1))]
            )
        return self.document

    def _next(self) -> yaml.Event:
        event: yaml.Event = next(self.events)
        if refused := _refused_mark(event):
            self._refuse(event, refused)
        return event

    def _refuse(self, event: yaml.Event, why: str) -> NoReturn:
        raise RulesetError([Problem(why, place=_place(event.start_mark, self.document.file))])

    def _value(self, event: yaml.Event, path: Path) -> Any:
        self.document.values_at[path] = _place(event.start_mark, self.document.file)
        if isinstance(event, yaml.ScalarEvent):
            # Neither quoted nor a block: plain, so it may be a number or a word of YAML's.
            return event.value if event.style else _plain(event.value, path, self.document)
        if len(path) >= DEEPEST:
            self._refuse(event, f"this is nested more than {DEEPEST} deep")
        if isinstance(event, yaml.MappingStartEvent):
            return dict(self._pairs(path))
        return list(self._entries(path))

    def _entries(self, path: Path) -> Iterator[Any]:
        number = 0
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            yield self._value(event, (*path, number))
            number += 1

    def _pairs(self, path: Path) -> Iterator[tuple[str, Any]]:
        faults, seen = self.document.faults, self.document.keys_at
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            place = _place(event.start_mark, self.document.file)
            if not isinstance(event, yaml.ScalarEvent):
                self._refuse(event, "a key must be a word, not a list or a mapping")
            here = (*path, str(event.value))
            if here in seen:
                line = seen[here].line
                message = (
                    f"the key {quote(event.value)} stands here again; it stands in line {line}"
                )
                faults.append((message, path, place))
                self._value(self._next(), (*path, f"{event.value} again"))
                continue
            seen[here] = place
            yield str(event.value), self._value(self._next(), here)


def _plain(text: str, path: Path, document: Document) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _LONG_INTEGER.fullmatch(text):
        message = "a number has more than 15 digits"
        document.faults.append((message, path, document.values_at[path]))
        return 0
    if _FLOAT.fullmatch(text):
        return float(text)
    return float("nan") if _SPECIAL_FLOAT.fullmatch(text) else text
