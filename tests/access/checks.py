"""What is held of a page: each check returns what it found wrong, in words, or nothing.

The measuring itself is done in the page, by the scripts in ``measure``.
"""

import re
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from access.reading import read

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
    return [(size, where) for size, where in tab.evaluate(f"measure.{what}()")]


def _found(tab: Page, what: str, limit: float | None = None) -> list[str]:
    return tab.evaluate(f"measure.{what}({'' if limit is None else limit})")


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


def lost_with_the_tab_key(tab: Page) -> list[str]:
    """Go through the whole page with the Tab key; return what is skipped, unseen or astray."""
    tab.evaluate("measure.watchFocus()")
    for _ in range(tab.evaluate("measure.pressable().length") + 1):
        tab.keyboard.press("Tab")
    return [*_found(tab, "focusFaults"), *_found(tab, "notReached"), *_found(tab, "outOfOrder")]


# ---------------------------------------------------------------- told

_PRESSED = {"link", "button", "radio", "checkbox", "textbox"}
_NAMED = {*_PRESSED, "group", "region", "navigation", "image", "heading"}


def nameless(tab: Page) -> list[str]:
    return [
        f"a {told.role} has no name" for told in read(tab) if told.role in _NAMED and not told.name
    ]


def named_otherwise(tab: Page) -> list[str]:
    """Return what is called by other words than those seen on it, which a voice would say."""
    told = [told for told in read(tab) if told.role in _PRESSED]
    seen = tab.evaluate("measure.wordsOnWhatIsPressed()")
    pairs = [(one.name, words) for one, words in zip(told, seen, strict=True)]
    return [
        f"seen as {words!r}, named {name!r}"
        for name, words in pairs
        if words.casefold() not in " ".join(name.split()).casefold()
    ]


def links_alike(tab: Page) -> list[str]:
    """Return links of the same name that lead to different places (WCAG 2.4.9, AAA)."""
    links = [told.name.casefold() for told in read(tab) if told.role == "link"]
    leads = dict(zip(links, tab.evaluate("measure.whereLinksLead()"), strict=True))
    pairs = zip(links, tab.evaluate("measure.whereLinksLead()"), strict=True)
    return [
        f"{name!r} leads to {place} and to {leads[name]}"
        for name, place in pairs
        if place != leads[name]
    ]


def headings_astray(tab: Page) -> list[str]:
    """Return what the list of headings, as screen readers show it, would leave unclear."""
    levels = [told.level for told in read(tab) if told.role == "heading"]
    faults = [] if levels.count(1) == 1 else [f"{levels.count(1)} headings of level 1"]
    begun = levels[levels.index(1) :] if 1 in levels else levels  # a notice may come before
    return faults + [f"level {b} follows level {a}" for a, b in pairwise(begun) if b > a + 1]


def landmarks_astray(tab: Page) -> list[str]:
    reading = read(tab)
    counts = {role: sum(told.role == role for told in reading) for role in _ONCE}
    names = [told.name for told in reading if told.role in ("navigation", "region")]
    faults = [f"{count} of {role}" for role, count in counts.items() if count != 1]
    return faults + [f"two parts are called {name!r}" for name in names if names.count(name) > 1]


_ONCE = ("banner", "main", "contentinfo", "navigation")


def groups_astray(tab: Page) -> list[str]:
    """Return groups of controls whose name is not the heading that is seen on them."""
    return [
        f"the group {told.group!r} is headed {told.name!r}"
        for told in read(tab)
        if told.role == "heading" and "Legend" in told.inside and told.name != told.group
    ]


def said_twice(tab: Page) -> list[str]:
    """Return words that are told twice running in one part of the page."""
    told = [told for told in read(tab) if told.role in ("StaticText", "image") and told.name]
    words = [(one.name, one.inside[:2]) for one in told]
    return [f"{one[0]!r} is told twice" for one, other in pairwise(words) if one == other]


# ---------------------------------------------------------------- axe

_EVERY_RULE = """rules => axe.run({
  rules: Object.fromEntries(axe.getRules()
    .filter(rule => !rule.tags.includes("deprecated"))
    .map(rule => [rule.ruleId, { enabled: !rules || rules.includes(rule.ruleId) }])),
  resultTypes: ["violations", "incomplete"],
})"""
# What axe reads from colours and sizes, which alone differ from one look to another.
RULES_OF_LOOKS = ("color-contrast", "color-contrast-enhanced", "link-in-text-block", "target-size")


def against_axe(tab: Page, rules: tuple[str, ...] = ()) -> list[str]:
    """Return each violation, and each 'needs review' that ``REVIEWED`` gives no reason for.

    Args:
        tab: the page.
        rules: those to try; none named, every rule: AAA, best practices, experimental.
    """
    if not tab.evaluate("typeof axe === 'object'"):
        tab.evaluate(AXE_SCRIPT)
    results = tab.evaluate(_EVERY_RULE, list(rules) or None)
    unsettled = [one for one in _cases(results["incomplete"]) if not _is_reviewed(one)]
    return [
        f"{one.rule}: {one.place}: {one.words}" for one in _cases(results["violations"]) + unsettled
    ]


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


# 'Needs review' of axe that is settled: the rule, what the place matches, and the reason.
REVIEWED = (
    (
        "hidden-content",
        r"skip|header|footer|buttons|noprint|contents",
        "Left out on paper, where nothing can be pressed; on the screen axe looks at all of it.",
    ),
    (
        "color-contrast",
        r"^h1$",
        "On paper the heading starts at the window's edge, where axe finds another part in front; "
        "weak_text measures it there.",
    ),
    (
        "color-contrast",
        r"^text\[",
        "Numbers of one or two digits on the timeline, too short for axe; weak_text measures them.",
    ),
)


def _is_reviewed(case: Case) -> bool:
    return any(case.rule == rule and re.search(where, case.place) for rule, where, _ in REVIEWED)
