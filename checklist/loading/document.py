"""A file's values, with the place in the file where each of them stands.

Knows no YAML: ``yaml_text`` fills a document, and everything after asks it for places.
"""

from typing import Any

from msgspec import Struct, field

from checklist.errors import Place, Problem

# Where in the file a value stands: the keys and list positions that lead to it.
Path = tuple[str | int, ...]
Point = tuple[int, int]  # line and column, both counted from 1

ROOT = "ruleset"
_STAND_IN = "stand-in-"
_LONGEST_STEP = 60


class Document(Struct):
    """A file's values, and where each value and each key of it stands.

    ``unread`` are the values that could not be read, and something stands in for;
    ``renamed`` tells what a key is in the file that paths call otherwise.
    """

    file: str
    value: Any = None
    values_at: dict[Path, Point] = field(default_factory=dict)
    keys_at: dict[Path, Point] = field(default_factory=dict)
    faults: list[tuple[str, Path, Place]] = field(default_factory=list)
    unread: set[Path] = field(default_factory=set)
    renamed: dict[str | int, str] = field(default_factory=dict)

    @property
    def problems(self) -> list[Problem]:
        """Return what is wrong with the values themselves, such as repeated keys."""
        return [Problem(message, self.spell(path), place) for message, path, place in self.faults]

    def place(self, path: Path) -> Place:
        """Return where the value at ``path`` stands, or else the nearest thing around it."""
        path = self._in_file(path)
        while path and path not in self.values_at:
            path = path[:-1]
        return Place(self.file, *self.values_at.get(path, (1, 1)))

    def key_place(self, path: Path) -> Place:
        """Return where the key that ends ``path`` stands."""
        point = self.keys_at.get(self._in_file(path))
        return Place(self.file, *point) if point else self.place(path)

    def spell(self, path: Path) -> str:
        """Return ``path`` in dots: by id where an entry has one, else counted from 1."""
        parts: list[str] = []
        here = self.value
        for step in self._in_file(path):
            here = value_at(here, step)
            name = str(step + 1) if isinstance(step, int) else step
            if isinstance(step, int) and isinstance(here, dict) and isinstance(here.get("id"), str):
                name = here["id"] or name
            parts.append(name.encode("unicode_escape").decode("ascii")[:_LONGEST_STEP])
        return ".".join(parts) or ROOT

    def _in_file(self, path: Path) -> Path:
        return tuple(self.renamed.get(step, step) for step in path) if self.renamed else path


def value_at(value: Any, step: str | int) -> Any:
    """Return what stands at a key or list position of ``value``, or None."""
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


def stand_in(number: int) -> str:
    """Return a name to put in where the author's cannot be used."""
    return f"{_STAND_IN}{number}"


def is_stand_in(name: str) -> bool:
    """Return whether ``name`` is one that was put in, and no author's."""
    return name.startswith(_STAND_IN)
