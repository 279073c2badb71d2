"""One line for each request to a hosted form: what kind of page, how it ended, how long it took.

Never who asked, which address, what was sent or which cookie came: a route is written as its
pattern, so that not even the part of the form that somebody is at can be read from the log.
"""

import logging
from collections.abc import Callable, Iterable
from time import perf_counter
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from msgspec import Struct

from checklist.web.guard import HEALTH_PATH, METHODS

log = logging.getLogger(__name__)

ROUTE_KEY = "checklist.route"


class AccessLog(Struct, frozen=True):
    """Stand outermost and log each answer. The app leaves a route's pattern in ``ROUTE_KEY``."""

    app: WSGIApplication
    clock: Callable[[], float] = perf_counter

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        begun, status = self.clock(), "000"

        def start_noted(line: str, headers: list[tuple[str, str]], *more: object) -> object:
            nonlocal status
            status = line[:3]
            return start_response(line, headers, *more)  # type: ignore[arg-type]

        try:
            return self.app(environ, start_noted)  # type: ignore[arg-type]
        finally:
            if not _is_a_balancers(environ, status):
                took = round(1000 * (self.clock() - begun))
                log.info("%s %s %s %d ms", _method(environ), _route(environ), status, took)


def _is_a_balancers(environ: WSGIEnvironment, status: str) -> bool:
    # It asks every few seconds; only a bad answer to it is news.
    return environ.get("PATH_INFO") == HEALTH_PATH and status == "200"


def _method(environ: WSGIEnvironment) -> str:
    # Any other word could be anything at all.
    method = str(environ.get("REQUEST_METHOD"))
    return method if method in METHODS else "OTHER"


def _route(environ: WSGIEnvironment) -> str:
    return str(environ.get(ROUTE_KEY, "-"))
