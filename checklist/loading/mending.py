"""A document's value with its faults mended, so that the steps to come find all others.

Where a value is missing or wrong, the plainest right one takes its place. Nobody is told of
a fault in such a stand-in: see ``Shaped.stand_ins``.
"""

import copy
import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from msgspec import inspect

from checklist.loading.content_schema import is_id
from checklist.loading.document import Document, Path, stand_in, value_at
from checklist.loading.faults import Fault, Wanted, bare
from checklist.loading.schema import in_order

_TEXTS = ("x", "en", "2000-01-01")
_IDS = ("sections", "questions", "criteria", "outcomes")


class Mender:
    """Mends a copy of a document's value, and notes what it put in and what went lost."""

    def __init__(self, document: Document) -> None:
        self.value = copy.deepcopy(document.value)
        self.stand_ins: set[Path] = set(document.unread)
        self.lost: set[str] = set()
        self.renamed = document.renamed
        self.unused = map(stand_in, count())

    def mend(self, faults: Iterable[Fault]) -> None:
        """Put right every one of ``faults``."""
        for fault in sorted(faults, key=_is_of_a_name):  # until then the paths lead somewhere
            path = fault.path
            if fault.is_of_a_name:
                self._rename(path)
            elif fault.kind == "unknown_key":
                del self._holder(path)[path[-1]]
            else:
                self._replace(fault)

    def _replace(self, fault: Fault) -> None:
        path, holder = fault.path, self._holder(fault.path)
        self.stand_ins.add(path)
        self.lost.update(_ids_at(path, value_at(holder, path[-1])))
        if fault.may_be_left_out:
            holder.pop(path[-1], None)
        else:
            holder[path[-1]] = self._stand_in(value_at(holder, path[-1]), fault.wanted)

    def _stand_in(self, given: Any, wanted: Wanted) -> Any:
        made = plainest(wanted, self.unused)
        if isinstance(made, dict) and isinstance(given, dict) and "id" in made:
            # An entry that is of no use keeps its name, if that can be read.
            name = given.get("id")
            if isinstance(name, str) and is_id(name):
                made["id"] = name
        return made

    def _rename(self, path: Path) -> None:
        self.stand_ins.add(path)
        self.lost.add(str(path[-1]))
        holder, name = self._holder(path), next(self.unused)
        holder[name] = holder.pop(path[-1])
        self.renamed[name] = str(path[-1])

    def _holder(self, path: Path) -> Any:
        here: Any = self.value
        for step in path[:-1]:
            here = here[step]
        return here


def _is_of_a_name(fault: Fault) -> bool:
    return fault.is_of_a_name


def plainest(wanted: Wanted, unused: Iterator[str]) -> Any:
    """Return the plainest value of the kind that is ``wanted``.

    Args:
        wanted: of a value that may not be left out.
        unused: gives names that nothing else has.
    """
    match bare(wanted):
        case inspect.UnionType(types):
            return plainest(types[-1], unused)
        case inspect.StructType(_, fields, tag_field, tag):
            made = {f.name: plainest(f.type, unused) for f in fields if f.required}
            return {**made, tag_field: tag} if tag_field else made
        case inspect.LiteralType(words):
            return in_order(words)[0]
        case inspect.VarTupleType(inner, fewest):
            return [plainest(inner, unused) for _ in range(fewest or 0)]
        case inspect.DictType(_, inner, fewest):
            return {next(unused): plainest(inner, unused) for _ in range(fewest or 0)}
        case inspect.IntType() as number:
            return max(0, number.ge or 0)
        case inspect.StrType() as text:
            return _text(text.pattern, unused)
    return None


def _text(pattern: str | None, unused: Iterator[str]) -> str:
    if pattern is None or not re.fullmatch(pattern, "x"):
        return next(text for text in _TEXTS if not pattern or re.fullmatch(pattern, text))
    return next(unused)  # an id


def _ids_at(path: Path, value: Any) -> Iterator[str]:
    if path[-1] == "id" and isinstance(value, str):
        yield value
    elif len(path) == 1 or path[-1] in _IDS or isinstance(path[-1], int):
        yield from _ids_below(value, path[-1] == "facts")


def _ids_below(value: Any, keys_are_ids: bool = False) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"]
        if keys_are_ids:
            yield from value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _ids_below(part)
