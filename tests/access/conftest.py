"""A real browser that has every page open: each is opened once and looked at in many ways."""

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response
from werkzeug.serving import WSGIRequestHandler, make_server

from access.checks import MEASURES
from access.looks import USUAL, wear
from access.places import PEOPLE_HERE, Place, cookie_of, make_app

# The browser that is driven has no voice: with one, pages offer to be read aloud by it.
VOICE = """
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ name: "Own", lang: "en-GB", localService: true }],
  speak: () => {},
  cancel: () => {},
} });
"""


class _Quiet(WSGIRequestHandler):
    def log_request(self, *args: object) -> None:
        """Say nothing: the tests' own output is enough."""


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
        self._opened: dict[Place, Opened] = {}

    def at(self, place: Place) -> Opened:
        """Return the page, opened once, as it comes."""
        if place not in self._opened:
            self._opened[place] = self.go_to(place)
        opened = self._opened[place]
        wear(opened.tab, USUAL)
        return opened

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
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield Readers(browser, f"http://127.0.0.1:{server.server_port}", cookies)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def opened(readers: Readers, place: Place) -> Opened:
    """The page at ``place``, as it comes."""
    return readers.at(place)


@pytest.fixture
def tab(opened: Opened) -> Page:
    return opened.tab
