"""What a screenshot shows of the focus: the pixels that change, and how far they stand out."""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page

Colour = tuple[int, int, int]
RING = 4  # CSS pixels
STANDS_OUT = 3  # WCAG 2.4.13
SEEN = 0.8  # of the ring: where it lies on an edge of its own colour, nothing changes


def unseen_focus(tab: Page) -> list[str]:
    """Return each kind of control on the page whose focus changes too little of the picture."""
    faults = []
    for number in range(tab.evaluate("measure.gatherKinds()")):
        box = tab.evaluate(f"measure.bringToTheMiddle({number})")
        clip = {side: box[side] for side in ("x", "y", "width", "height")}
        before = tab.screenshot(clip=clip)
        tab.evaluate(f"measure.focusOn({number})")
        changed = _changed(before, tab.screenshot(clip=clip))
        tab.evaluate("document.activeElement.blur()")
        if changed < SEEN * RING * box["around"]:
            faults.append(f"{box['name']}: {changed} pixels change around {box['around']:.0f} px")
    return faults


def _changed(before: bytes, after: bytes) -> int:
    """Count the pixels that differ by 3 to 1 or more."""
    pairs = Counter(zip(_pixels(before), _pixels(after), strict=True))
    return sum(count for (a, b), count in pairs.items() if contrast(a, b) >= STANDS_OUT)


def _pixels(shot: bytes) -> Iterator[Colour]:
    raw = Image.open(BytesIO(shot)).convert("RGB").tobytes()
    return zip(raw[0::3], raw[1::3], raw[2::3], strict=True)


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours as WCAG 2 reckons it, 1 to 21."""
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _light(colour: Colour) -> float:
    parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
