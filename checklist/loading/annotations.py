"""Looks along the shapes of ``schema``: what may stand at a place of a ruleset file.

pydantic checks values but does not tell which keys a place could have had, nor offer a
value that would do; both are read off the shapes' annotations here.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, Tag
from pydantic.fields import FieldInfo

from checklist.loading import schema
from checklist.loading.document import Path

_TEXTS = ("x", "en", "2000-01-01")


def located(location: tuple[str | int, ...]) -> tuple[Path, Any, Any]:
    """Return where pydantic found a fault: its path, what may stand there, what holds it.

    pydantic puts the names of alternatives among the keys; they are left out of the path.
    What may stand there is None for a key that is not known.
    """
    holder: Any = None
    here: Any = schema.Ruleset
    path: list[str | int] = []
    for step in location:
        if len(members := _members(here)) > 1:
            here = next(member for member in members if step in _tags(member))
            continue
        holder = members[0]
        path.append(step)
        here = _below(holder, step)
    return tuple(path), here, holder


def bad_name_in(fault: Mapping[str, Any]) -> Path | None:
    """Return the path that ends in a name which cannot be one, if that is the fault."""
    location = fault["loc"]
    if location[-1:] != ("[key]",) or not fault["type"].startswith("string_"):
        return None
    path, _, holder = located(location[:-1])
    return path if get_origin(holder) is dict else None


def keys_of(shape: Any) -> list[str]:
    """Return the keys that a mapping of this shape may have."""
    return list(getattr(shape, "model_fields", ()))


def is_required(shape: Any, key: str | int) -> bool:
    """Return whether ``key`` may not be left out; what is no key of a shape's own always is."""
    fields: Mapping[str, FieldInfo] = getattr(shape, "model_fields", {})
    return key not in fields or fields[str(key)].is_required()


def plainest(annotation: Any, unused: Iterator[str]) -> Any:
    """Return the plainest value that may stand where ``annotation`` says.

    Args:
        annotation: of a value that is required.
        unused: gives names that nothing else has.
    """
    bare, constraints = _bare(annotation)
    members = _members(bare)
    if len(members) > 1:
        return plainest(members[-1], unused)
    bare, more = _bare(members[0])
    limits = _limits([*constraints, *more])
    fewest = limits.get("min_length", 0)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        hints = _hints(bare)
        required = [key for key, field in bare.model_fields.items() if field.is_required()]
        return {key: plainest(hints[key], unused) for key in required}
    if get_origin(bare) is Literal:
        return get_args(bare)[0]
    if get_origin(bare) is list:
        return [plainest(get_args(bare)[0], unused) for _ in range(fewest)]
    if get_origin(bare) is dict:
        return {next(unused): plainest(get_args(bare)[1], unused) for _ in range(fewest)}
    if bare is int:
        return max(0, limits.get("ge", 0))
    return _text(limits.get("pattern"), unused) if bare is str else None


def _text(pattern: str | None, unused: Iterator[str]) -> str:
    if pattern is None or not re.fullmatch(pattern, "x"):
        return next(text for text in _TEXTS if not pattern or re.fullmatch(pattern, text))
    return next(unused)  # an id


def _members(annotation: Any) -> list[Any]:
    bare, _ = _bare(annotation)
    if get_origin(bare) not in (Union, UnionType):
        return [bare]
    members = [part for part in get_args(bare) if part is not type(None)]
    return _members(members[0]) if len(members) == 1 else members


def _tags(member: Any) -> tuple[str, ...]:
    bare, metadata = _bare(member)
    named = tuple(part.tag for part in metadata if isinstance(part, Tag))
    return named or get_args(_hints(bare)["type"])


def _below(shape: Any, step: str | int) -> Any:
    if hasattr(shape, "model_fields"):
        return _hints(shape).get(str(step))
    inner = get_args(shape)
    return inner[-1] if inner else None


def _bare(annotation: Any) -> tuple[Any, list[Any]]:
    metadata: list[Any] = []
    while get_origin(annotation) is Annotated:
        annotation, *more = get_args(annotation)
        metadata += more
    return annotation, metadata


def _limits(constraints: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for constraint in constraints:
        parts = constraint.metadata if isinstance(constraint, FieldInfo) else [constraint]
        for part in parts:
            for name in ("min_length", "ge", "pattern"):
                if (limit := getattr(part, name, None)) is not None:
                    found[name] = limit
    return found


@cache
def _hints(shape: Any) -> dict[str, Any]:
    return get_type_hints(shape, include_extras=True)
