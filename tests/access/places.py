"""Every page as somebody may come to see it, and how to get there.

A page of the program that is not named here is added by itself, so that none is left out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from flask import Flask, abort
from playwright.sync_api import Page

from checklist.ruleset.model import Integer, MultiChoice
from checklist.web import create_app
from people import HEALTHY, OURS, PEOPLE, fields_of, link, medicines
from visitor import Visitor
from walks import IN_CI, ruleset

REFUSALS = (400, 403, 404, 405, 413, 500, 503)
PEOPLE_HERE = {
    "nobody": {},
    "halfway": {
        **OURS,
        **HEALTHY,
        "age": 58,
        "medicines": medicines(azathioprine="attacks", rituximab="too_early"),
        "conditions": ("heart",),
    },
    "answered": PEOPLE["the man of the report"],
}
OWN_WORDS = {"own-1": "Could my sister come along?", "own-2": "How long would I be away?"}


@dataclass(frozen=True, slots=True)
class Place:
    """A page in one of its states.

    Args:
        name: what it is called in the tests.
        path: where it is.
        who: whose answers are kept, by the name they have in ``PEOPLE_HERE``.
        then: what is done there before it is looked at; it may lead to another page.
    """

    name: str
    path: str
    who: str = "nobody"
    then: Callable[[Page], None] | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return self.name


def make_app() -> Flask:
    """Return the form, with an address for each kind of refusal besides."""
    app = create_app(ruleset())
    app.add_url_rule("/refused/<int:code>", "refused", abort)
    return app


def cookie_of(app: Flask, who: str) -> dict[str, str] | None:
    """Return the cookie that the browser of one of ``PEOPLE_HERE`` would hold."""
    if who == "nobody":
        return None
    visitor = Visitor(app.test_client())
    shown = visitor(link(visitor("/"), "Start"))
    while shown.h1 != "Check your answers":
        shown = shown.send(fields_of(shown, PEOPLE_HERE[who]))
    sheet = visitor("/questions")
    sheet.send({"take": sheet.fields().getlist("shown")[:2], **OWN_WORDS})
    kept = visitor.client.get_cookie("checklist-8765")
    return {"name": kept.key, "value": kept.value}


def press(tab: Page, name: str) -> None:
    with tab.expect_navigation():
        tab.locator("main").get_by_role("button", name=name).first.click()


def _write_what_cannot_be_read(tab: Page) -> None:
    for box in tab.locator("input[inputmode=numeric]").all():
        box.fill("many")
    for group in tab.locator(".question:has([type=checkbox])").all():
        for option in group.locator("[type=checkbox]").all():
            option.check()
    press(tab, "Continue")


def _write_too_much(tab: Page) -> None:
    for box in tab.locator("textarea").all():
        box.fill("much " * 200)
    press(tab, "Continue")


def _misplace(tab: Page) -> None:
    for box in tab.locator("input[inputmode=numeric]").all():
        box.fill("first")
    tab.locator("textarea").first.fill("much " * 200)
    press(tab, "Save")


def _send_with_another_cookie(tab: Page) -> None:
    kept = tab.context.cookies()
    tab.context.clear_cookies()
    tab.context.request.get(tab.url)
    press(tab, "Clear all" if tab.url.endswith("/clear") else "Continue")
    tab.context.add_cookies(kept)


def _have_it_read_aloud(tab: Page) -> None:
    tab.get_by_role("button", name="Read aloud", exact=True).click()


def _with_what_can_be_unread() -> Iterator[str]:
    """Yield one page of questions for each kind of answer that may come out unreadable."""
    for kind in (Integer, MultiChoice):
        sections = ruleset().sections
        yield next(s.id for s in sections if any(isinstance(q, kind) for q in s.questions))


def _named() -> Iterator[Place]:
    sections = [section.id for section in ruleset().sections]
    yield Place("start", "/")
    yield Place("start-again", "/", "halfway")
    yield from (Place(id, f"/section/{id}") for id in sections)
    yield Place("section-from-check", f"/section/{sections[1]}?from=check", "answered")
    for id in _with_what_can_be_unread():
        yield Place(f"{id}-unread", f"/section/{id}", "halfway", _write_what_cannot_be_read)
    yield Place("section-too-much", f"/section/{sections[-1]}", "halfway", _write_too_much)
    yield Place(
        "section-not-saved", f"/section/{sections[0]}", "halfway", _send_with_another_cookie
    )
    for path in ("check", "result", "trail", "questions"):
        yield from (Place(f"{path}-{who}", f"/{path}", who) for who in PEOPLE_HERE)
    yield Place("questions-unread", "/questions", "halfway", _misplace)
    yield Place("section-aloud", f"/section/{sections[2]}", "halfway", _have_it_read_aloud)
    yield Place("result-aloud", "/result", "answered", _have_it_read_aloud)
    yield Place("clear", "/clear", "halfway")
    yield Place("clear-not-saved", "/clear", "halfway", _send_with_another_cookie)
    yield Place("cleared", "/cleared")
    yield from (Place(f"refused-{code}", f"/refused/{code}") for code in REFUSALS)


def _others(named: tuple[Place, ...]) -> Iterator[Place]:
    """Yield each page that has an address of its own and is not among those ``named``."""
    app = make_app()
    visited = {place.path for place in named}
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.arguments or rule.rule in visited:
            continue
        if client.get(rule.rule).mimetype == "text/html":
            yield Place(rule.rule.strip("/").replace("/", "-"), rule.rule, "answered")


def _has_a_twin(place: Place) -> bool:
    """Tell whether another place is made of the same parts, with fewer or other words."""
    name, _, state = place.name.partition("-")
    return (
        (
            state in ("nobody", "answered", "aloud")
            and name in ("check", "result", "trail", "questions")
        )
        or (name == "refused" and state != "404")
        or place.path.endswith(ruleset().sections[3].id)
        or state == "from-check"
    )


_NAMED = tuple(_named())
EVERY_PLACE = (*_NAMED, *_others(_NAMED))
# By hand, twins are left out; a build looks at them all.
PLACES = EVERY_PLACE if IN_CI else tuple(p for p in EVERY_PLACE if not _has_a_twin(p))
