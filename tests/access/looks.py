"""How a page may look: what the person chose, what their system says, the window, paper."""

from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Page

from checklist.display import Display
from checklist.web.looks import classes


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How somebody looks at a page.

    Args:
        name: what it is called in the tests.
        display: what the person chose.
        scheme: what the system says of light and dark.
        contrast: whether the system asks for more of it.
        forced: whether the system puts its own few colours in place of ours.
        media: the screen or paper.
        width: of the window, in CSS pixels. 320 by 256 is a window of 1280 by 1024 at 400% zoom.
        spacing: of the text: the page's own, or as WCAG 1.4.12 lets a reader set it.
    """

    name: str
    display: Display = field(default_factory=Display)
    scheme: Literal["light", "dark"] = "light"
    contrast: Literal["no-preference", "more"] = "no-preference"
    forced: Literal["none", "active"] = "none"
    media: Literal["screen", "print"] = "screen"
    width: int = 1280
    spacing: Literal["own", "wcag"] = "own"

    def __str__(self) -> str:
        return self.name


# As a reader's own style sheet would; taken up by the page without touching its markup.
_SPACED_OUT = """
* { line-height: 1.5 !important }
* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-block-end: 2em !important }
"""
_DRESS = """([classes, sheet]) => {
  document.documentElement.className = classes;
  const reader = new CSSStyleSheet();
  reader.replaceSync(sheet);
  document.adoptedStyleSheets = [reader];
  document.activeElement.blur();
  scrollTo(0, 0);
}"""


def wear(tab: Page, look: Look) -> None:
    """Show the page in ``look``, from its top, with nothing in focus."""
    tab.set_viewport_size({"width": look.width, "height": 256 if look.width == 320 else 900})
    tab.emulate_media(
        media=look.media,
        color_scheme=look.scheme,
        contrast=look.contrast,
        forced_colors=look.forced,
        reduced_motion="reduce",  # so that nothing is caught half way
    )
    # What the program sends for these choices: held by the tests of the page for them.
    tab.evaluate(_DRESS, [classes(look.display), _SPACED_OUT if look.spacing == "wcag" else ""])


USUAL = Look(name="as-it-comes")
DARK_SYSTEM = Look(name="dark-system", scheme="dark")
LIGHT = Look(name="light", scheme="dark", display=Display(colours="light"))
CREAM = Look(name="cream", display=Display(colours="cream"))
DARK = Look(name="dark", display=Display(colours="dark"))
YELLOW = Look(name="yellow", display=Display(colours="yellow"))
CONTRAST = Look(name="more-contrast", contrast="more")
DARK_CONTRAST = Look(name="more-contrast-dark", contrast="more", scheme="dark")
FORCED = Look(name="forced-colours", forced="active")
FORCED_DARK = Look(name="forced-colours-dark", forced="active", scheme="dark")
PAPER = Look(name="paper", media="print", display=Display(colours="yellow"))
COLOURS = (
    *(USUAL, DARK_SYSTEM, LIGHT, CREAM, DARK, YELLOW),
    *(CONTRAST, DARK_CONTRAST, FORCED, FORCED_DARK),
)

NARROW = Look(name="320-px", width=320)
LARGEST = Look(name="250%", display=Display(size=250))
NARROW_AND_LARGEST = Look(name="320-px-at-250%", width=320, display=Display(size=250))
SPACED = Look(name="wcag-spacing", width=640, spacing="wcag")
NARROW_AND_SPACED = Look(name="320-px-with-wcag-spacing", width=320, spacing="wcag")
NARROW_AND_WIDE = Look(
    name="320-px-wide-and-bold", width=320, display=Display(spacing="wide", weight="bold")
)
ROOMS = (USUAL, NARROW, LARGEST, NARROW_AND_LARGEST, SPACED, NARROW_AND_SPACED, NARROW_AND_WIDE)
