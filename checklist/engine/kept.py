"""A look-up that makes what it does not have yet, and keeps it while there is room."""

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Made = TypeVar("Made")


class Kept(dict[Key, Made]):
    """What ``make`` returns for each key; at most ``most`` of it is kept."""

    def __init__(self, make: Callable[[Key], Made], most: int) -> None:
        super().__init__()
        self._make = make
        self._most = most

    def __missing__(self, key: Key) -> Made:
        made = self._make(key)
        if len(self) < self._most:
            self[key] = made
        return made
