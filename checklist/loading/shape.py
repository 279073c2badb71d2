"""What pydantic found wrong with a document's shape, and the rest of it as typed data.

Where a value is missing or wrong, the plainest right one takes its place, so that one look
finds the faults of shape and the next steps still find all others. Nobody is told of a
fault in such a stand-in: see ``Shaped.stand_ins``.
"""

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from pydantic import ValidationError

from checklist.errors import Problem
from checklist.loading import schema
from checklist.loading.content_schema import is_id
from checklist.loading.document import Document, Path, value_at

_STAND_IN = "stand-in-"
_IDS = ("sections", "questions", "criteria", "outcomes")


@dataclass(frozen=True, slots=True)
class Shaped:
    """What could be read of a document: ``ruleset`` is None where nothing could.

    ``stand_ins`` are the paths at which something was put in or left out; ``lost`` the ids
    that stood there in the file, so that nobody is told that they do not exist.
    """

    ruleset: schema.Ruleset | None
    document: Document
    problems: tuple[Problem, ...] = ()
    stand_ins: frozenset[Path] = frozenset()
    lost: frozenset[str] = frozenset()


def read_shape(document: Document) -> Shaped:
    """Return the document as typed data, with every fault in its shape."""
    try:
        ruleset = schema.Ruleset.model_validate(document.value)
        return Shaped(ruleset, document, stand_ins=frozenset(document.unread))
    except ValidationError:
        return _mended(document)


def _mended(document: Document) -> Shaped:
    from checklist.loading.fault_words import FaultWords  # most files have no fault

    words = FaultWords(document)
    problems: dict[Problem, None] = {}
    mender = _Mender(document)
    # A list is counted only once its entries are right: mending may bring up a fault or two.
    while faults := _faults(mender.value):
        found = dict.fromkeys(words.problem(fault) for fault in faults)
        if not isinstance(document.value, dict) or found.keys() <= problems.keys():
            return Shaped(None, document, tuple(problems | found))
        problems |= found
        for fault in sorted(faults, key=_is_of_a_name):  # until then the paths lead somewhere
            mender.mend(fault)
    return Shaped(
        schema.Ruleset.model_validate(mender.value),
        document,
        tuple(problems),
        frozenset(mender.stand_ins),
        frozenset(mender.lost),
    )


def is_stand_in(name: str) -> bool:
    """Return whether ``name`` is one that was put in, and no author's."""
    return name.startswith(_STAND_IN)


def _is_of_a_name(fault: Mapping[str, Any]) -> bool:
    from checklist.loading.annotations import bad_name_in

    return bad_name_in(fault) is not None


def _faults(value: Any) -> Sequence[Mapping[str, Any]]:
    try:
        schema.Ruleset.model_validate(value)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


class _Mender:
    def __init__(self, document: Document) -> None:
        self.value = copy.deepcopy(document.value)
        self.stand_ins: set[Path] = set(document.unread)
        self.lost: set[str] = set()
        self.renamed = document.renamed
        self.unused = (f"{_STAND_IN}{number}" for number in count())

    def mend(self, fault: Mapping[str, Any]) -> None:
        from checklist.loading.annotations import bad_name_in, is_required, located

        if (named := bad_name_in(fault)) is not None:
            self._rename(named)
            return
        path, annotation, holder = located(fault["loc"])
        if fault["type"] == "extra_forbidden":
            del self._holder(path)[path[-1]]
            return
        self.stand_ins.add(path)
        self.lost.update(_ids_at(path, value_at(self._holder(path), path[-1])))
        if is_required(holder, path[-1]):
            self._holder(path)[path[-1]] = self._stand_in(path, annotation)
        else:
            self._holder(path).pop(path[-1], None)

    def _stand_in(self, path: Path, annotation: Any) -> Any:
        from checklist.loading.annotations import plainest

        made = plainest(annotation, self.unused)
        given = value_at(self._holder(path), path[-1])
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
