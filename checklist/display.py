"""How a person wants pages and papers to look: size, spacing, weight and colours.

Plain data, checked when it is made. Knows nothing of pages, of paper, or of how it is kept.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct

SIZES = (100, 125, 150, 175, 200, 250)
SPACINGS = ("normal", "wide")
WEIGHTS = ("normal", "bold")
COLOURS = ("system", "light", "cream", "dark", "yellow")
LARGE_FROM = 150  # percent: from here on paper takes the layout of large print
# All that can be chosen, by the name that ``Display`` has for it.
OFFERED: Mapping[str, tuple[Any, ...]] = MappingProxyType(
    {"size": SIZES, "spacing": SPACINGS, "weight": WEIGHTS, "colours": COLOURS}
)


class Display(Struct, frozen=True, kw_only=True):
    """The display choices of one person; the defaults are those of somebody who chose none.

    Args:
        size: of the text, in percent of the usual size: one of ``SIZES``.
        spacing: between letters, words and lines: one of ``SPACINGS``.
        weight: of the letters: one of ``WEIGHTS``.
        colours: one of ``COLOURS``; ``system`` follows the system's own setting and
            ``yellow`` is yellow on black. Paper is black on white whatever this says.

    Raises:
        ValueError: one of them is not offered.
    """

    size: int = 100
    spacing: str = "normal"
    weight: str = "normal"
    colours: str = "system"

    def __post_init__(self) -> None:
        for name, among in OFFERED.items():
            if getattr(self, name) not in among:
                raise ValueError(f"{getattr(self, name)!r} is not one of {among}")
