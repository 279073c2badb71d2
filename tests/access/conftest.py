"""A real browser, in which each page is opened once and looked at in many ways."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response

from access.checks import MEASURES
from access.looks import USUAL, wear
from access.places import PEOPLE_HERE, Place, cookie_of, make_app
from at_an_address import served

# The browser that is driven has no voice: with one, pages offer to be read aloud by it.
VOICE = """
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ name: "Own", lang: "en-GB", localService: true }],
  speak: () => {},
  cancel: () => {},
} });
"""


@dataclass(frozen=True, slots=True)
class Opened:
    """A page in the browser, and the markup that the program sent for it."""

    tab: Page
    markup: str


class Readers:
    """People at their browsers, each with their answers kept, on one running form."""

    def __init__(self, browser: Browser, address: str, cookies: dict[str, dict[str, str] | None]):
        self._browser = browser
        self.address = address
        self._cookies = cookies
        self._contexts: dict[str, BrowserContext] = {}
        self._last: tuple[Place, Opened] | None = None

    def at(self, place: Place) -> Opened:
        """Return the page as it comes; it stays open until another is asked for."""
        if self._last is None or self._last[0] != place:
            self._leave()
            self._last = place, self.go_to(place)
        _, opened = self._last
        wear(opened.tab, USUAL)
        return opened

    def _leave(self) -> None:
        if self._last:
            self._last[1].tab.close()

    def go_to(self, place: Place) -> Opened:
        """Open the page anew."""
        tab = self._context(place.who).new_page()
        sent: list[Response] = []
        tab.on("response", lambda response: sent.append(response))  # Playwright takes no built-in
        tab.goto(self.address + place.path)
        if place.then:
            place.then(tab)
        page = next(one for one in reversed(sent) if one.request.is_navigation_request())
        return Opened(tab, page.text())

    def context(self, who: str, **settings: object) -> BrowserContext:
        """Return a new browser of one of the people, with its own settings."""
        context = self._browser.new_context(**settings)
        if cookie := self._cookies[who]:
            context.add_cookies([{**cookie, "url": self.address}])
        return context

    def _context(self, who: str) -> BrowserContext:
        if who not in self._contexts:
            # The pages forbid all scripts, those that axe loads style sheets with among them.
            self._contexts[who] = self.context(who, bypass_csp=True)
            self._contexts[who].add_init_script(VOICE + MEASURES)
        return self._contexts[who]


@pytest.fixture(scope="session")
def readers(browser: Browser) -> Iterator[Readers]:
    app = make_app()
    cookies = {who: cookie_of(app, who) for who in PEOPLE_HERE}
    with served(app) as address:
        yield Readers(browser, address.rstrip("/"), cookies)


@pytest.fixture
def opened(readers: Readers, place: Place) -> Opened:
    """The page at ``place``, as it comes."""
    return readers.at(place)


@pytest.fixture
def tab(opened: Opened) -> Page:
    return opened.tab
