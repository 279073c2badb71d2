"""Every fault in the shape of a document's value, found by going along the shapes of ``schema``.

msgspec reads a sound file in one go, and stops at the first fault of any other: such a file
is gone through here, by the same shapes.
"""

import re
from collections.abc import Iterator
from typing import Any, Literal

from msgspec import Struct, inspect
from msgspec.structs import fields

from checklist.loading import schema
from checklist.loading.document import Path

Wanted = inspect.Type
Kind = Literal[
    "missing",  # a key that may not be left out
    "unknown_key",
    "bad_name",  # of an entry in a mapping
    "long_name",
    "nothing",  # a key that may be left out is left blank
    "other_kind",  # text for a number, and so on
    "not_among",
    "no_type",  # which tells the kinds of a question apart
    "unknown_type",
    "no_fact",  # neither a count nor a tally, or both
    "too_few",
    "too_short",
    "too_long",
    "bad_pattern",
    "too_small",
    "too_large",
]


class Fault(Struct, frozen=True):
    """What stands at ``path`` cannot.

    ``given`` stands there and ``wanted`` may; ``holder`` is the shape of what it stands in.
    ``allowed`` is the least or the most, the pattern, or the words that may stand there.
    """

    kind: Kind
    path: Path
    given: Any
    wanted: Wanted
    holder: Wanted | None
    allowed: Any = None

    @property
    def is_of_a_name(self) -> bool:
        """Return whether the fault is in the last key of ``path``, not in what stands there."""
        return self.kind in ("bad_name", "long_name")

    @property
    def may_be_left_out(self) -> bool:
        """Return whether the file does without what stands at ``path``."""
        fields = self.holder.fields if isinstance(self.holder, inspect.StructType) else ()
        return any(field.name == self.path[-1] and not field.required for field in fields)


_Found = tuple[Kind, Any] | None  # what is wrong with a value, and what is allowed


def faults_in(value: object) -> Iterator[Fault]:
    """Yield every fault in the shape of what should be a ruleset."""
    return _faults(value, inspect.type_info(schema.Ruleset), (), None)


def bare(wanted: Wanted) -> Wanted:
    """Return what may stand somewhere, without what only editors are told of it."""
    if not isinstance(wanted, inspect.Metadata):
        return wanted
    if wanted.extra_json_schema == {"$comment": "Fact"}:
        return inspect.UnionType(inspect.multi_type_info([schema.Count, schema.Tally]))
    return bare(wanted.type)


def keys_of(shape: Wanted | None) -> list[str]:
    """Return the keys that a mapping of this shape may have."""
    if not isinstance(shape, inspect.StructType):
        return []
    keys = [field.name for field in shape.fields]
    if shape.tag_field:  # told after what all kinds have, before what only this one has
        keys.insert(len(fields(schema.YesNo)), shape.tag_field)
    return keys


def _faults(given: Any, wanted: Wanted, path: Path, holder: Wanted | None) -> Iterator[Fault]:
    wanted = bare(wanted)
    if isinstance(wanted, inspect.UnionType):
        alternative = _alternative(given, wanted)
        if isinstance(alternative, inspect.Type):
            yield from _faults(given, alternative, path, holder)
        else:
            yield Fault(alternative, path, given, wanted, holder)
        return
    found = _of_the_value(given, wanted)
    if found is None or found[0] == "too_few":
        yield from _inside(given, wanted, path)
    if found:
        kind, allowed = found
        yield Fault(kind, path, given, wanted, holder, allowed)


def _alternative(given: Any, wanted: inspect.UnionType) -> Wanted | Kind:
    shapes = [shape for shape in wanted.types if isinstance(shape, inspect.StructType)]
    if not shapes:
        return inspect.AnyType()
    if not isinstance(given, dict):
        return "other_kind"
    tag = shapes[0].tag_field
    if tag is None:
        kind = schema.fact_shape(given)
        return next((shape for shape in shapes if shape.cls is kind), "no_fact")
    if tag not in given:
        return "no_type"
    return next((shape for shape in shapes if shape.tag == given[tag]), "unknown_type")


def _inside(given: Any, wanted: Wanted, path: Path) -> Iterator[Fault]:
    match wanted:
        case inspect.StructType():
            return _in_shape(given, wanted, path)
        case inspect.DictType():
            return _in_mapping(given, wanted, path)
        case inspect.VarTupleType():
            return _in_list(given, wanted, path)
    return iter(())


def _in_shape(given: dict[str, Any], wanted: inspect.StructType, path: Path) -> Iterator[Fault]:
    for field in wanted.fields:
        here = (*path, field.name)
        if field.name in given and (given[field.name] is not None or field.required):
            yield from _faults(given[field.name], field.type, here, wanted)
        elif field.name in given:
            # It would pass for a key left out: an empty `when` for one that always holds.
            yield Fault("nothing", here, None, bare(field.type), wanted)
        elif field.required:
            yield Fault("missing", here, None, bare(field.type), wanted)
    known = keys_of(wanted)
    for key in (key for key in given if key not in known):
        yield Fault("unknown_key", (*path, key), given[key], inspect.AnyType(), wanted)


def _in_mapping(given: dict[str, Any], wanted: inspect.DictType, path: Path) -> Iterator[Fault]:
    for name, value in given.items():
        here = (*path, name)
        if found := _of_the_value(name, bare(wanted.key_type)):
            kind: Kind = "long_name" if found[0] == "too_long" else "bad_name"
            yield Fault(kind, here, value, bare(wanted.value_type), wanted)
        yield from _faults(value, wanted.value_type, here, wanted)


def _in_list(given: list[Any], wanted: inspect.VarTupleType, path: Path) -> Iterator[Fault]:
    for number, entry in enumerate(given):
        yield from _faults(entry, wanted.item_type, (*path, number), wanted)


def _of_the_value(given: Any, wanted: Wanted) -> _Found:
    match wanted:
        case inspect.AnyType():
            return None
        case inspect.LiteralType():
            alike = [word for word in wanted.values if type(word) is type(given)]
            return None if given in alike else ("not_among", schema.in_order(wanted.values))
        case inspect.StrType() if isinstance(given, str):
            return _of_text(given, wanted)
        case inspect.IntType() if type(given) is int:
            return _of_a_number(given, wanted)
        case inspect.StructType() if isinstance(given, dict):
            return None
        case inspect.DictType() if isinstance(given, dict):
            return _of_a_size(len(given), wanted.min_length)
        case inspect.VarTupleType() if isinstance(given, list):
            return _of_a_size(len(given), wanted.min_length)
    return "other_kind", None


def _of_text(given: str, wanted: inspect.StrType) -> _Found:
    if wanted.max_length is not None and len(given) > wanted.max_length:
        return "too_long", wanted.max_length
    if len(given) < (wanted.min_length or 0):
        return "too_short", wanted.min_length
    wrong = wanted.pattern and not re.search(wanted.pattern, given)
    return ("bad_pattern", wanted.pattern) if wrong else None


def _of_a_number(given: int, wanted: inspect.IntType) -> _Found:
    if wanted.ge is not None and given < wanted.ge:
        return "too_small", wanted.ge
    return ("too_large", wanted.le) if wanted.le is not None and given > wanted.le else None


def _of_a_size(size: int, fewest: int | None) -> _Found:
    return ("too_few", fewest) if size < (fewest or 0) else None
