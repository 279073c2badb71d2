"""Each check finds a fault of its kind: one is planted in a page that was sound before."""

import pytest

from access import checks, pixels
from access.places import PLACES
from access.reading import read
from markup import faults_in

pytestmark = pytest.mark.browser

SICK = {
    "pale words": (checks.weak_text, "main p", "e.style.color = '#767676'"),
    "words on a picture": (
        checks.weak_text,
        "main",
        "e.style.background = 'linear-gradient(#fff, #fff)'",
    ),
    "a pale box": (
        checks.weak_controls,
        ".box",
        "e.style.borderColor = e.style.backgroundColor = '#ddd'",
    ),
    "a pale mark of what is chosen": (
        checks.weak_controls,
        ".option input",
        "e.checked = true, e.style.borderColor = '#ddd'",
    ),
    "a pale picture": (
        checks.weak_pictures,
        "main",
        'e.innerHTML += \'<svg><path d="M0 0H9V9" fill="#ccc"/></svg>\'',
    ),
    "small letters": (checks.small_text, "main p", "e.style.fontSize = '19px'"),
    "slanting letters": (checks.hard_type, "main p", "e.style.fontStyle = 'italic'"),
    "capitals": (checks.hard_type, "main p", "e.style.textTransform = 'uppercase'"),
    "underlined words": (checks.hard_type, "main p", "e.style.textDecoration = 'underline'"),
    "lines close together": (checks.hard_type, "main p", "e.style.lineHeight = '1.2'"),
    "long lines": (
        checks.long_lines,
        "main p",
        "e.textContent = 'word '.repeat(200), e.style.maxInlineSize = 'none'",
    ),
    "a header that stays": (checks.moving, "header", "e.style.position = 'sticky'"),
    "something wide": (checks.running_off, "main p", "e.style.minInlineSize = '3000px'"),
    "words that leave the window": (
        checks.sticking_out,
        "main p",
        "e.style.position = 'relative', e.style.left = '-900px'",
    ),
    "words that leave their box": (
        checks.sticking_out,
        ".option__label",
        "e.textContent = 'word '.repeat(60), e.style.whiteSpace = 'nowrap'",
    ),
    "words cut off": (
        checks.cut_off,
        ".about",
        "e.style.blockSize = '1em', e.style.overflow = 'hidden'",
    ),
    "words on words": (checks.overlapping, "h1", "e.style.marginBlockEnd = '-3rem'"),
    "a low button": (
        checks.small_targets,
        ".button",
        "e.style.minBlockSize = e.style.paddingBlock = '0', e.style.alignSelf = 'start'",
    ),
    "a lone link as low as its words": (
        checks.small_targets,
        "main p",
        "e.innerHTML = '<a href=\"/how\">Rules</a>', e.firstChild.style.all = 'unset'",
    ),
    "buttons on each other": (
        checks.targets_in_each_other,
        ".buttons--end .button",
        "e.style.marginInlineEnd = '-4rem'",
    ),
    "no ring": (checks.lost_with_the_tab_key, ".box", "e.style.outline = 'none'"),
    "a thin ring": (checks.lost_with_the_tab_key, ".box", "e.style.outlineWidth = '1px'"),
    "a pale ring": (
        checks.lost_with_the_tab_key,
        ".box",
        "e.style.outlineColor = '#eee', e.style.boxShadow = 'none'",
    ),
    "something over the page": (
        checks.lost_with_the_tab_key,
        "header",
        "e.style.position = 'fixed', e.style.inset = '0'",
    ),
    "a button that the Tab key skips": (checks.lost_with_the_tab_key, ".button", "e.tabIndex = -1"),
    "a button out of its order": (checks.lost_with_the_tab_key, ".button", "e.tabIndex = 1"),
    "a box without a name": (checks.nameless, ".box-label", "e.remove()"),
    "a button named otherwise": (checks.named_otherwise, ".button", "e.ariaLabel = 'Next'"),
    "two links of one name": (
        checks.links_alike,
        "main",
        "e.innerHTML += '<a href=\"/elsewhere\">Clear my answers</a>'",
    ),
    "a heading too deep": (checks.headings_astray, "h2", "e.outerHTML = '<h4>Deep</h4>'"),
    "no main heading": (checks.headings_astray, "h1", "e.remove()"),
    "no main part": (
        checks.landmarks_astray,
        "main",
        "e.outerHTML = '<div>' + e.innerHTML + '</div>'",
    ),
    "two parts of one name": (
        checks.landmarks_astray,
        "main",
        "e.innerHTML += '<nav aria-label=\"All pages\"></nav>'",
    ),
    "a group named otherwise": (checks.groups_astray, "fieldset", "e.ariaLabel = 'Group'"),
    "words said twice": (checks.said_twice, "main p", "e.after(e.cloneNode(true))"),
    "no language": (checks.against_axe, "html", "e.removeAttribute('lang')"),
    "a state that is none": (checks.against_axe, ".button", "e.setAttribute('aria-sort', 'up')"),
    "pale words, to axe": (checks.colours_against_axe, "main p", "e.style.color = '#767676'"),
    "paler words, to axe": (checks.colours_against_axe, "main p", "e.style.color = '#999'"),
    "a focus that changes nothing": (
        pixels.unseen_focus,
        ".box",
        "e.style.outline = 'none', e.style.boxShadow = 'none'",
    ),
    "a ring in the colour of the page": (
        pixels.unseen_focus,
        ".box",
        "e.style.outlineColor = 'transparent', e.style.boxShadow = '0 0 0 4px #eee'",
    ),
}
PAGE = next(place for place in PLACES if place.name == "about_you")


def found(check, tab):
    return check(read(tab) if check in checks.OF_READING else tab)


@pytest.mark.parametrize("fault", SICK)
def test_a_check_finds_what_is_planted(readers, fault):
    check, where, plant = SICK[fault]
    tab = readers.go_to(PAGE).tab
    assert not found(check, tab)
    tab.evaluate(f"() => {{ const e = document.querySelector('{where}'); {plant}; }}")
    assert found(check, tab)
    tab.close()


@pytest.mark.parametrize(
    "html",
    [
        "<p><ul><li>A list ends its paragraph</li></ul></p>",
        "<span><p>A block in a line</p></span>",
        "<ul><p>Not an item</p></ul>",
        "<fieldset><p>First</p><legend>Second</legend></fieldset>",
        "<a href='/'><button>One in the other</button></a>",
        "<p tabindex=3>Out of order</p>",
    ],
)
def test_markup_against_the_standard_is_found(html):
    page = (
        f"<!doctype html><html lang=en><head><title>A page</title></head><body>{html}</body></html>"
    )
    assert faults_in(page)
