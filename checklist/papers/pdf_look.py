"""How a PDF looks: how large the letters are, and how much room is around them.

For the template in ``templates/print/``. Knows nothing of a paper's words.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Literal

from checklist.display import LARGE_FROM, Display
from checklist.paper_names import Letters, Page

_ORDINARY_POINTS = 12
_LARGE_POINTS = 18
_MOST_POINTS = 24  # beyond it a line on paper holds three words


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the template needs to know: sizes in points, lengths in millimetres, gaps in em."""

    page: Page
    size: float
    small: float = 11
    title: float = 20
    heading: float = 14.5
    margin: float = 20
    top: float = 23
    bottom: float = 21
    ascent: float = 6
    leading: float = 0.55
    gap: float = 0.95
    before: float = 1.3
    after: float = 0.6
    row: float = 0.45
    line: float = 8.5
    reasons: Literal["beside", "below"] = "beside"
    stacked: bool = False
    bold: bool = False
    wide: bool = False


def looks_for_one_side(page: Page, display: Display) -> Iterator[Look]:
    """Yield what the person chose, then ever less room between the lines.

    Args:
        page: the size of the sheet.
        display: weight and spacing are followed, in this order; the letters stay as they are.
    """
    # The page is filled to the measure, so there is no use in trying a roomier look first.
    full = _tightened(Look(page=page, size=_ORDINARY_POINTS, line=8, reasons="below"), 0.75)
    bold, wide = display.weight == "bold", display.spacing == "wide"
    if bold or wide:
        yield _widened(replace(full, bold=bold, wide=wide))
    if bold and wide:
        yield replace(full, bold=True)
    yield full
    yield _tightened(full, 1)


def _tightened(look: Look, part: float) -> Look:
    """Return the look with ``part`` of the way gone to the least room around the letters."""
    least = {"margin": 17, "top": 15, "bottom": 15, "ascent": 2.5, "title": 18, "heading": 13}
    least |= {"leading": 0.45, "gap": 0.5, "before": 0.75, "after": 0.4, "row": 0.07}
    now = asdict(look)
    between = {name: now[name] + part * (end - now[name]) for name, end in least.items()}
    return replace(look, **between)


def look_for(page: Page, letters: Letters, display: Display) -> Look:
    """Return the look of a paper of any length.

    Args:
        page: the size of the sheet.
        letters: ``large`` is a layout of its own, which large display choices have as well.
        display: how the person wants to read.
    """
    points = min(_MOST_POINTS, _ORDINARY_POINTS * display.size / 100)
    if letters == "large" or display.size >= LARGE_FROM:
        look = _large(page, max(_LARGE_POINTS, points))
    else:
        scale = points / _ORDINARY_POINTS
        look = Look(page=page, size=points, title=20 * scale, heading=14.5 * scale)
    return _widened(replace(look, bold=display.weight == "bold", wide=display.spacing == "wide"))


def _large(page: Page, points: float) -> Look:
    return Look(
        page=page,
        size=points,
        small=16,
        title=points * 1.5,
        heading=points * 1.22,
        margin=25,
        top=32,
        bottom=28,
        ascent=8,
        leading=0.6,
        line=13,
        stacked=True,
    )


def _widened(look: Look) -> Look:
    return replace(look, leading=look.leading + 0.25, gap=look.gap + 0.3) if look.wide else look
