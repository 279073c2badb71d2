"""Every page in every look, measured in a real browser: see docs/accessibility.md."""

import pytest

from access import checks
from access.looks import COLOURS, LARGEST, NARROW, PAPER, ROOMS, USUAL, wear
from access.places import PLACES
from markup import faults_in

# Page by page, and all of one page in one worker: so each is opened once.
EACH = [pytest.param(p, id=str(p), marks=pytest.mark.xdist_group(f"page {p}")) for p in PLACES]
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("place", EACH, scope="module")]


def hold(tab, looks, *checks):
    """Let each check find nothing in any of the looks."""
    faults = []
    for look in looks:
        wear(tab, look)
        faults += [f"{look}: {fault}" for check in checks for fault in check(tab)]
    assert not faults, "\n".join(faults)


def test_words_controls_and_pictures_stand_out_in_all_colours(tab):
    hold(tab, (*COLOURS, PAPER), checks.weak_text, checks.weak_controls, checks.weak_pictures)


def test_there_is_room_however_narrow_the_window_and_large_the_text(tab):
    words = (checks.running_off, checks.sticking_out, checks.cut_off, checks.overlapping)
    what_is_pressed = (checks.small_targets, checks.targets_in_each_other)
    letters = (checks.small_text, checks.hard_type, checks.long_lines, checks.moving)
    hold(tab, ROOMS, *words, *what_is_pressed, *letters)


def test_the_tab_key_leads_through_the_page_and_shows_where_it_is(tab):
    hold(tab, (USUAL,), checks.lost_with_the_tab_key)


def test_a_screen_reader_tells_the_page_as_it_is_seen(tab):
    hold(tab, (USUAL,), checks.told_astray)


def test_the_markup_is_what_the_standard_says(opened):
    assert faults_in(opened.markup) == []


def test_axe_finds_nothing_by_any_of_its_rules(tab):
    hold(tab, (USUAL, NARROW, PAPER), checks.against_axe)


# With a system's own colours axe judges those that the page asked for, not those that are seen.
JUDGED_BY_AXE = [look for look in (*COLOURS[1:], LARGEST) if look.forced == "none"]


def test_axe_finds_nothing_in_any_colours(tab):
    hold(tab, JUDGED_BY_AXE, checks.colours_against_axe)
