"""What pydantic found wrong with a document's shape, said for the file's author.

pydantic names keys, types and limits in a programmer's words and points at the parent of
what is missing; here each of its findings becomes one sentence at the right line.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import ValidationError

from checklist import schema
from checklist.errors import Problem, nearest, quote
from checklist.yaml_text import Document, Path

_KINDS = {dict: "a mapping", list: "a list", str: "text", bool: "true or false", float: "a number"}
_WANTED = {
    "string_type": "text in quotes or plain words",
    "int_type": "a whole number, without quotes",
    "list_type": "a list, in [ ] or with a dash before each entry",
    "dict_type": "a mapping of keys to values",
    "model_type": "a mapping of keys to values",
    "model_attributes_type": "a mapping of keys to values",
}


_DROPPABLE = ("questions", "rules", "sections", "criteria", "outcomes", "promises", "cases")
_DROPPABLE_MAPS = ("facts", "sources", "evidence", "start", "about", "labels")


@dataclass(frozen=True, slots=True)
class Shaped:
    """What could be read of a document: ``ruleset`` is None where nothing could.

    ``document`` is the part that ``ruleset`` was made from; ``dropped`` the names whose
    definitions were left out, so that nobody is told that they do not exist.
    """

    ruleset: schema.Ruleset | None
    document: Document
    problems: tuple[Problem, ...]
    dropped: frozenset[str]
    dropped_at: tuple[Path, ...]


def read_shape(document: Document) -> Shaped:
    """Return the document as typed data, with every fault in its shape.

    Faulty parts are left out and the rest is read all the same, so that faults of other
    kinds can be reported in the same go.
    """
    problems: list[Problem] = []
    dropped: set[str] = set()
    dropped_at: list[Path] = []
    for _ in range(8):
        try:
            ruleset = schema.Ruleset.model_validate(document.value)
        except ValidationError as error:
            faults = error.errors(include_url=False)
        else:
            return Shaped(ruleset, document, tuple(problems), frozenset(dropped), tuple(dropped_at))
        problems.extend(_problem(fault, document) for fault in faults if not dropped_at)
        paths = {path for fault in faults if (path := _to_drop(fault, document.value))}
        if not paths:
            break
        dropped |= {name for path in paths for name in _names_in(path, document.value)}
        dropped_at += [document.in_file(path) for path in paths]
        document = document.without(paths)
    return Shaped(None, document, tuple(problems), frozenset(dropped), tuple(dropped_at))


def _to_drop(fault: Mapping[str, Any], value: Any) -> Path | None:
    path = _real_path(fault["loc"], value)
    if fault["type"] == "extra_forbidden":
        return path
    for end in range(len(path), 0, -1):
        if isinstance(path[end - 1], int) and path[end - 2] in _DROPPABLE:
            return path[:end]
        if end == 2 and path[0] in _DROPPABLE_MAPS:
            return path[:2]
        if end == 1 and path[0] not in ("sections", "criteria", "outcomes", "sources"):
            return path[:1] if fault["loc"] != path[:1] or len(path) == 1 else None
    return None


def _names_in(path: Path, value: Any) -> Iterator[str]:
    if len(path) == 2 and isinstance(path[1], str):
        yield path[1]
    for step in path:
        value = value[step]
    yield from _ids_below(value)


def _ids_below(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"]
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _ids_below(part)


def _problem(fault: Mapping[str, Any], document: Document) -> Problem:
    path = _real_path(fault["loc"], document.value)
    kind = fault["type"]
    if kind == "extra_forbidden":
        advice = nearest(str(path[-1]), _keys_beside(path[:-1], document.value))
        message = f"unknown key {quote(path[-1])}; {advice}"
        return Problem(message, document.spell(path[:-1]), document.key_place(path))
    if kind == "missing":
        key = fault["loc"][-1]
        return Problem(f"the key {key} is missing", document.spell(path), document.place(path))
    if kind == "union_tag_invalid":
        path = (*path, "type")
    if fault["loc"][-1:] == ("[key]",):
        message = f"the name {quote(path[-1])} may hold only a-z, 0-9, _ and -, a letter first"
        return Problem(message, document.spell(path[:-1]), document.key_place(path))
    return Problem(_sentence(fault), document.spell(path), document.place(path))


def _real_path(location: tuple[str | int, ...], value: Any) -> Path:
    # pydantic puts the names of alternatives among the keys: leave out what is no key.
    path: list[str | int] = []
    for number, step in enumerate(location):
        last = number == len(location) - 1
        if step in _steps(value):
            path.append(step)
            value = value[step]
        elif isinstance(value, Mapping) and last and step != "[key]":
            break
    return tuple(path)


def _steps(value: Any) -> Container[str | int]:
    if isinstance(value, list):
        return range(len(value))
    return value if isinstance(value, Mapping) else ()


def _sentence(fault: Mapping[str, Any]) -> str:
    kind, given, context = fault["type"], fault["input"], fault.get("ctx", {})
    if kind in _WANTED:
        return f"this must be {_WANTED[kind]}; it is {_kind_of(given)}"
    if kind == "literal_error":
        allowed = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        return f"{_shown(given)} is not one of its values; {nearest(str(given), allowed)}"
    if kind == "union_tag_invalid":
        allowed = context["expected_tags"].replace("'", "").split(", ")
        return (
            f"there is no type {_shown(given.get('type'))}; {nearest(given.get('type'), allowed)}"
        )
    if kind == "union_tag_not_found":
        types = "yes_no, choice, integer, multi_choice, grid, text"
        return f"the key type is missing; it can be {types}"
    if kind == "too_short":
        return "at least one entry must stand here"
    if kind == "string_too_short":
        return "this is empty; write something"
    if kind == "string_too_long":
        return f"this is longer than {context['max_length']:,} characters"
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = context.get("ge", context.get("le"))
        return f"{given} is outside what is allowed; the limit is {limit}"
    if kind == "string_pattern_mismatch":
        return _pattern_sentence(given, context["pattern"])
    return f"this cannot stand here ({kind})"


def _pattern_sentence(given: object, pattern: str) -> str:
    if "d{4}" in pattern:
        return f'{_shown(given)} is not a date; write it in quotes as "2026-01-31"'
    if "A-Z" in pattern:
        return f"{_shown(given)} is not a language; write en, de or pt-BR"
    return f"the name {_shown(given)} may hold only a-z, 0-9, _ and -, a letter first"


def _shown(given: object) -> str:
    return "nothing" if given is None else quote(given)


def _kind_of(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"the number {value}"
    return next((words for kind, words in _KINDS.items() if isinstance(value, kind)), "else")


def _keys_beside(path: Path, value: Any) -> Iterable[str]:
    # The keys that the mapping at ``path`` may have, by walking the schema along the path.
    here: Any = schema.Ruleset
    for step in path:
        shape = _chosen(here, value)
        fields = getattr(shape, "model_fields", None)
        here = fields[step].annotation if fields else get_args(shape)[-1]
        value = value[step]
    return getattr(_chosen(here, value), "model_fields", ())


def _chosen(annotation: Any, value: Any) -> Any:
    # Which of the shapes that may stand here is meant by ``value``.
    while hasattr(annotation, "__metadata__"):
        annotation = annotation.__origin__
    members = [part for part in get_args(annotation) if part is not type(None)]
    if get_origin(annotation) not in (Union, UnionType):
        return annotation
    if len(members) == 1:
        return _chosen(members[0], value)
    shapes = [_chosen(part, value) for part in members]
    if schema.Tally in shapes:
        return schema.Tally if "tally" in value else schema.Count
    by_type = {get_args(shape.model_fields["type"].annotation)[0]: shape for shape in shapes}
    return by_type.get(value.get("type"), shapes[0])
