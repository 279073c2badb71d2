"""Places in a text that are left open while it is made, to be filled again and again.

Knows no page and no template.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

Place = TypeVar("Place")

# No text of a ruleset or of a template holds one.
_MARK = "\0"


class Marks(Generic[Place]):
    """What stands for each place until it is filled, and where it stands in a text."""

    def __init__(self) -> None:
        self._places: list[Place] = []

    def mark(self, place: Place) -> str:
        """Return what stands for a place; no escaping changes it."""
        self._places.append(place)
        return f"{_MARK}{len(self._places) - 1}{_MARK}"

    def between(self, text: str) -> Iterator[str | Place]:
        """Yield what stands between the marks of a text, and the places that they stand for."""
        for number, piece in enumerate(text.split(_MARK)):
            yield self._places[int(piece)] if number % 2 else piece
