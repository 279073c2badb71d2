"""A page's markup, parsed strictly, and what stands where the HTML standard does not let it."""

from collections.abc import Iterator

import html5lib

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
INTERACTIVE = {"a", "button", "input", "select", "textarea", "label", "summary"}
WORDS = {"a", "b", "bdi", "br", "button", "code", "input", "label", "select", "span", "strong"}
WORDS |= {"em", "small", "sub", "sup", "svg", "textarea", "time", "wbr", "abbr", "audio", "output"}
# What may stand in these; in all others anything may, so far as we care.
HOLDS = {
    **dict.fromkeys(("p", "span", "b", "bdi", "label", "button", "time", *HEADINGS), WORDS),
    "legend": WORDS | HEADINGS,
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "tr": {"th", "td"},
    "thead": {"tr"},
    "tbody": {"tr"},
}
ONLY_FIRST = {"legend": "fieldset", "caption": "table", "summary": "details"}


def parsed(html: str):
    """Return the page's tree.

    Raises:
        html5lib.html5parser.ParseError: the markup breaks the grammar of HTML.
    """
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


def faults_in(html: str) -> list[str]:
    """Return what breaks the grammar of HTML, and what stands where it may not."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html)
    return [*(f"{name} at {where}" for where, name, _ in parser.errors), *misplaced(tree)]


def misplaced(tree) -> Iterator[str]:
    """Yield each element that stands where it may not."""
    for outer in tree.iter():
        for place, inner in enumerate(_html_in(outer)):
            if inner.tag not in HOLDS.get(outer.tag, {inner.tag}):
                yield f"<{inner.tag}> stands in <{outer.tag}>"
            if inner.tag in ONLY_FIRST and (outer.tag, place) != (ONLY_FIRST[inner.tag], 0):
                yield f"<{inner.tag}> is not first in its <{ONLY_FIRST[inner.tag]}>"
        if outer.tag in ("a", "button"):
            yield from (f"<{e.tag}> stands in <{outer.tag}>" for e in _below(outer, INTERACTIVE))
        if outer.tag == "label" and len(list(_below(outer, INTERACTIVE))) > 1:
            yield "<label> holds more than one control"
        if int(outer.get("tabindex", 0)) > 0:
            yield f"<{outer.tag}> changes the order of the Tab key"


def _html_in(element) -> list:
    if not isinstance(element.tag, str) or "svg" in element.tag:
        return []
    return [inner for inner in element if isinstance(inner.tag, str) and "}" not in inner.tag]


def _below(element, tags):
    return (inner for inner in element.iter() if inner is not element and inner.tag in tags)
