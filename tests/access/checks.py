"""What is held of a page: each check returns what it found wrong, in words, or nothing.

The measuring itself is done in the page, by the scripts in ``measure``.
"""

import re
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from access.reading import Reading, read

MEASURES = "\n".join(
    file.read_text() for file in sorted(Path(__file__).with_name("measure").glob("*.js"))
)
TEXT_CONTRAST = 7  # WCAG 1.4.6, AAA
OTHER_CONTRAST = 3  # WCAG 1.4.11
TARGET = 48  # CSS pixels each way; WCAG 2.5.5, AAA, asks for 44
SMALLEST_TEXT = 20  # CSS pixels
LONGEST_LINE = 70  # characters


def measured(tab: Page, what: str) -> list[tuple[float, str]]:
    """Return each size or contrast that the page's script ``what`` finds, with its place."""
    return [(size, where) for size, where in tab.evaluate(f"measure.afresh().{what}()")]


def _found(tab: Page, what: str, limit: float | None = None) -> list[str]:
    return tab.evaluate(f"measure.afresh().{what}({'' if limit is None else limit})")


def _below(least: float, sizes: list[tuple[float, str]]) -> list[str]:
    return [f"{size:.2f}: {where}" for size, where in sizes if size < least]


# ---------------------------------------------------------------- seen


def weak_text(tab: Page) -> list[str]:
    return _below(TEXT_CONTRAST, measured(tab, "textContrast"))


def weak_controls(tab: Page) -> list[str]:
    return _below(OTHER_CONTRAST, measured(tab, "controlContrast"))


def weak_pictures(tab: Page) -> list[str]:
    return _below(OTHER_CONTRAST, measured(tab, "pictureContrast"))


def small_text(tab: Page) -> list[str]:
    return _found(tab, "smallText", SMALLEST_TEXT)


def hard_type(tab: Page) -> list[str]:
    return _found(tab, "hardType")


def long_lines(tab: Page) -> list[str]:
    return _found(tab, "longLines", LONGEST_LINE)


def moving(tab: Page) -> list[str]:
    return _found(tab, "moving")


# ---------------------------------------------------------------- room


def running_off(tab: Page) -> list[str]:
    return _found(tab, "sideways")


def sticking_out(tab: Page) -> list[str]:
    return _found(tab, "stickingOut")


def cut_off(tab: Page) -> list[str]:
    return _found(tab, "cutOff")


def overlapping(tab: Page) -> list[str]:
    return _found(tab, "overlapping")


# ---------------------------------------------------------------- pressed


def small_targets(tab: Page) -> list[str]:
    return _below(TARGET, measured(tab, "targets"))


def targets_in_each_other(tab: Page) -> list[str]:
    return _found(tab, "targetsInEachOther")


_ROUND_THE_END = 4  # stops between the last of a page and its first


def lost_with_the_tab_key(tab: Page) -> list[str]:
    """Go through the whole page with the Tab key; return what is skipped, unseen or astray."""
    tab.evaluate("measure.watchFocus()")
    for _ in range(tab.evaluate("measure.afresh().pressable().length") + _ROUND_THE_END):
        tab.keyboard.press("Tab")
    return [*_found(tab, "focusFaults"), *_found(tab, "notReached"), *_found(tab, "outOfOrder")]


# ---------------------------------------------------------------- told

_PRESSED = ("link", "button", "radio", "checkbox", "textbox")
_NAMED = (*_PRESSED, "group", "region", "navigation", "image", "heading")


def nameless(reading: Reading) -> list[str]:
    return [f"a {told.role} has no name" for told in reading.of(*_NAMED) if not told.name]


def named_otherwise(reading: Reading) -> list[str]:
    """Return what is called by other words than those seen on it, which a voice would say."""
    pairs = zip(reading.of(*_PRESSED), reading.seen, strict=True)
    return [
        f"seen as {words!r}, named {told.name!r}"
        for told, words in pairs
        if words.casefold() not in " ".join(told.name.split()).casefold()
    ]


def links_alike(reading: Reading) -> list[str]:
    """Return links of the same name that lead to different places (WCAG 2.4.9, AAA)."""
    names = [told.name.casefold() for told in reading.of("link")]
    leads = dict(zip(names, reading.leads, strict=True))
    return [
        f"{name!r} leads to {place} and to {leads[name]}"
        for name, place in zip(names, reading.leads, strict=True)
        if place != leads[name]
    ]


def headings_astray(reading: Reading) -> list[str]:
    """Return what the list of headings, as screen readers show it, would leave unclear."""
    levels = [told.level for told in reading.of("heading")]
    faults = [] if levels.count(1) == 1 else [f"{levels.count(1)} headings of level 1"]
    begun = levels[levels.index(1) :] if 1 in levels else levels  # a notice may come before
    return faults + [f"level {b} follows level {a}" for a, b in pairwise(begun) if b > a + 1]


def landmarks_astray(reading: Reading) -> list[str]:
    counts = {role: len(reading.of(role)) for role in ("banner", "main", "contentinfo")}
    names = [told.name for told in reading.of("navigation", "region")]
    faults = [f"{count} of {role}" for role, count in counts.items() if count != 1]
    return faults + [f"two parts are called {name!r}" for name in names if names.count(name) > 1]


def groups_astray(reading: Reading) -> list[str]:
    """Return groups of controls whose name is not the heading that is seen on them."""
    return [
        f"the group {told.group!r} is headed {told.name!r}"
        for told in reading.of("heading")
        if "Legend" in told.inside and told.name != told.group
    ]


def said_twice(reading: Reading) -> list[str]:
    """Return words that are told twice running in one part of the page."""
    told = [told for told in reading.of("StaticText", "image") if told.name]
    words = [(one.name, one.inside[:2]) for one in told]
    return [f"{one[0]!r} is told twice" for one, other in pairwise(words) if one == other]


OF_READING = (
    *(nameless, named_otherwise, links_alike, headings_astray),
    *(landmarks_astray, groups_astray, said_twice),
)


def told_astray(tab: Page) -> list[str]:
    """Return what all of the checks of a reading find."""
    reading = read(tab)
    return [fault for check in OF_READING for fault in check(reading)]


# ---------------------------------------------------------------- axe

# axe has two rules of contrast, and reckons every colour once for each: of AA, and of AAA for what
# keeps to AA. Here the first one asks for what the two of them ask for together.
_ASK = """([place, rules]) => axe.run(place ? { include: measure.afresh()[place]() } : document, {
  rules: Object.fromEntries(axe.getRules()
    .filter(rule => !rule.tags.includes("deprecated"))
    .map(({ ruleId: id }) => [id, { enabled: !rules.length || rules.includes(id) }])
    .concat([["color-contrast-enhanced", { enabled: false }]])),
  checks: { "color-contrast": { options: {
    ignoreUnicode: true, ignoreLength: false, ignorePseudo: false, pseudoSizeThreshold: 0.25,
    boldValue: 700, boldTextPt: 14, largeTextPt: 18, textStrokeEmMin: 0.03,
    shadowOutlineEmMax: 0.1, contrastRatio: { normal: { expected: 7 }, large: { expected: 4.5 } },
  } } },
  resultTypes: ["violations", "incomplete"],
})"""
_RULES_OF_COLOUR = ("color-contrast", "link-in-text-block")


def against_axe(tab: Page) -> list[str]:
    """Return what breaks any rule of axe: AAA, best practices and experimental ones among them.

    What axe leaves to a person to review counts too, unless ``REVIEWED`` settles it.
    """
    return _judged(tab, "", ())


def colours_against_axe(tab: Page) -> list[str]:
    """Return what breaks a rule of axe about colours, in one of each kind of words."""
    return _judged(tab, "oneOfEachKindOfWords", _RULES_OF_COLOUR)


def _judged(tab: Page, place: str, rules: tuple[str, ...]) -> list[str]:
    if not tab.evaluate("typeof axe === 'object'"):
        tab.evaluate(AXE_SCRIPT)
    media = "print" if tab.evaluate("matchMedia('print').matches") else "screen"
    results = tab.evaluate(_ASK, [place, rules])
    unsettled = [one for one in _cases(results["incomplete"]) if not _is_reviewed(one, media)]
    found = _cases(results["violations"]) + unsettled
    return [f"{one.rule}: {one.place}: {one.words}" for one in found]


class Case(NamedTuple):
    """What axe says of one place on a page."""

    rule: str
    place: str
    words: str


def _cases(results: list[dict]) -> list[Case]:
    return [
        Case(one["id"], " ".join(node["target"]), _words(node))
        for one in results
        for node in one["nodes"]
    ]


def _words(node: dict) -> str:
    return "; ".join(check["message"] for kind in ("any", "all", "none") for check in node[kind])


class Reviewed(NamedTuple):
    """A 'needs review' of axe that is settled, where it comes up, and why."""

    rule: str
    place: str
    media: str
    reason: str


REVIEWED = (
    Reviewed(
        "hidden-content",
        r".",
        "print",
        "What can only be pressed is left out on paper; on the screen axe looks at all of it.",
    ),
    Reviewed(
        "color-contrast",
        r"^(h1|\.step|\.plain(:nth-child\(\d+\))?)$",
        "print",
        "Stands at the edge of the window or its row, where axe sees another part in front; "
        "weak_text measures it.",
    ),
    Reviewed(
        "color-contrast",
        r"^text\[",
        "screen print",
        "Numbers of one or two digits on the timeline, too short for axe; weak_text measures them.",
    ),
)


def _is_reviewed(case: Case, media: str) -> bool:
    return any(
        case.rule == known.rule and media in known.media and re.search(known.place, case.place)
        for known in REVIEWED
    )
