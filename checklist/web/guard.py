"""What every request must pass before the form sees it, and what every answer carries.

Knows nothing of Flask, of questions or of answers: it reads the head of a request, refuses
in bare text, and sets the headers.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from msgspec import Struct

log = logging.getLogger(__name__)

STATIC_PATH = "/static/"
HEALTH_PATH = "/healthz"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
METHODS = SAFE_METHODS | {"POST"}

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Those that current browsers know: they complain of each name that they do not.
_FEATURES = (
    "accelerometer autoplay camera clipboard-read clipboard-write display-capture "
    "encrypted-media fullscreen gamepad geolocation gyroscope hid idle-detection local-fonts "
    "magnetometer microphone midi payment picture-in-picture publickey-credentials-get "
    "screen-wake-lock serial storage-access usb window-management xr-spatial-tracking"
)
_A_YEAR = 365 * 24 * 60 * 60

Header = tuple[str, str]
HEADERS: tuple[Header, ...] = (
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    # Not no-referrer: under that, browsers send our own forms with "Origin: null".
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
    ("Permissions-Policy", ", ".join(f"{feature}=()" for feature in _FEATURES.split())),
)
NO_STORE: Header = ("Cache-Control", "no-store")


class BareAnswer(Struct, frozen=True):
    """An answer that the guard gives by itself: a status line and one bare sentence."""

    status: str
    text: str
    headers: tuple[Header, ...] = ()


BAD_HOST = BareAnswer("400 Bad Request", "Bad request.")
FOREIGN = BareAnswer("403 Forbidden", "Refused: this request came from another site.")
BAD_METHOD = BareAnswer(
    "405 Method Not Allowed", "Method not allowed.", (("Allow", ", ".join(sorted(METHODS))),)
)
KEYLESS = BareAnswer("503 Service Unavailable", "Not ready: the server's settings are incomplete.")
HEALTHY = BareAnswer("200 OK", "ok")


@dataclass(slots=True, kw_only=True)
class Guard:
    """Stand in front of a WSGI app: refuse what is not for it, dress what it answers.

    Args:
        app: what is guarded. Nothing of it runs for a refused request.
        hosts: the only names that a Host header may give, in lower case, without a port.
        health_hosts: names under which ``/healthz`` is answered, and nothing else if they are
            not among ``hosts``: a load balancer often knows a machine by its address alone.
        https: whether people reach the app over https.
        scripted: how the paths of those pages begin that have scripts of the app's own.
        one_worker_only: whether the app's keys live in this process alone, so that other
            workers could not read the cookies that it sets.
    """

    app: WSGIApplication
    hosts: frozenset[str]
    health_hosts: frozenset[str] = frozenset()
    https: bool = False
    scripted: tuple[str, ...] = ()
    one_worker_only: bool = False
    _told_of_workers: bool = field(default=False, init=False)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path = str(environ.get("PATH_INFO", ""))

        def start_dressed(status: str, headers: list[Header], exc_info: object = None, /) -> object:
            dressed = self._dressed(headers, path, status)
            return start_response(status, dressed, exc_info)  # type: ignore[arg-type]

        own = self._own_answer(environ)
        if own:
            return _give(own, environ, start_dressed)  # type: ignore[arg-type]
        return self.app(environ, start_dressed)  # type: ignore[arg-type]

    def _own_answer(self, environ: WSGIEnvironment) -> BareAnswer | None:
        asks_for_health = self._asks_for_health(environ)
        if not (asks_for_health or _names_one_of(self.hosts, environ)):
            return BAD_HOST
        if self.one_worker_only and environ.get("wsgi.multiprocess"):
            self._tell_of_workers()
            return KEYLESS
        method = environ["REQUEST_METHOD"]
        if method not in METHODS:
            return BAD_METHOD
        allowed = _may_be_shown(environ) if method in SAFE_METHODS else self._is_our_own(environ)
        if not allowed:
            return FOREIGN
        return HEALTHY if asks_for_health else None

    def _asks_for_health(self, environ: WSGIEnvironment) -> bool:
        asks = environ["REQUEST_METHOD"] in ("GET", "HEAD")
        at_the_place = environ.get("PATH_INFO") == HEALTH_PATH
        return asks and at_the_place and _names_one_of(self.health_hosts, environ)

    def _is_our_own(self, environ: WSGIEnvironment) -> bool:
        # "same-site" is foreign too: another port of this computer counts as the same site.
        if environ.get("HTTP_SEC_FETCH_SITE", "none") not in ("same-origin", "none"):
            return False
        origin = environ.get("HTTP_ORIGIN")
        return origin is None or origin == self._origin(environ["HTTP_HOST"])

    def _origin(self, host: str) -> str:
        # Browsers leave the usual port out of an Origin; some proxies write it into Host.
        scheme, usual_port = ("https", ":443") if self.https else ("http", ":80")
        return f"{scheme}://{host.lower().removesuffix(usual_port)}"

    def _dressed(self, headers: list[Header], path: str, status: str) -> list[Header]:
        ours = self._own_headers(path)
        if not (path.startswith(STATIC_PATH) and status[:3] in ("200", "206", "304")):
            ours.update([NO_STORE])
        names = {name.lower() for name in ours}
        return [header for header in headers if header[0].lower() not in names] + [*ours.items()]

    def _own_headers(self, path: str) -> dict[str, str]:
        ours = dict(HEADERS)
        if path.startswith(self.scripted):
            ours["Content-Security-Policy"] += "; script-src 'self'"
        if self.https:
            ours["Strict-Transport-Security"] = f"max-age={_A_YEAR}"
        return ours

    def _tell_of_workers(self) -> None:
        if not self._told_of_workers:
            self._told_of_workers = True
            log.error("Several workers need one key: set CHECKLIST_SECRET_KEYS. Serving nobody.")


def _names_one_of(hosts: frozenset[str], environ: WSGIEnvironment) -> bool:
    # A web page can point its own name at this computer, but it cannot change its name.
    name, _, port = environ.get("HTTP_HOST", "").partition(":")
    return name.lower() in hosts and (not port or (port.isascii() and port.isdigit()))


def _may_be_shown(environ: WSGIEnvironment) -> bool:
    # Other sites may link to a page, but not fetch, frame or embed anything.
    if environ.get("HTTP_SEC_FETCH_SITE", "none") in ("same-origin", "none"):
        return True
    mode, target = environ.get("HTTP_SEC_FETCH_MODE"), environ.get("HTTP_SEC_FETCH_DEST")
    return mode == "navigate" and target == "document"


def _give(
    answer: BareAnswer, environ: WSGIEnvironment, start_response: StartResponse
) -> list[bytes]:
    body = f"{answer.text}\n".encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        *answer.headers,
    ]
    start_response(answer.status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
