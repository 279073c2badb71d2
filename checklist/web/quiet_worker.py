"""What gunicorn refuses by itself, refused as our own server does: bare, with our headers.

Left alone, it would repeat what was asked, on the page and in its log. Only gunicorn loads this.
"""

import logging
from contextlib import suppress
from socket import socket

from gunicorn.http.errors import (
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

from checklist.web.guard import HEADERS, NO_STORE

log = logging.getLogger(__name__)

_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (LimitRequestLine, "414 URI Too Long"),
    (LimitRequestHeaders, "431 Request Header Fields Too Large"),
    (UnsupportedTransferCoding, "501 Not Implemented"),
    (ParseException, "400 Bad Request"),
    (Exception, "500 Internal Server Error"),
)


class QuietWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A worker with threads that says nothing of a request it cannot take."""

    def handle_error(self, req: object, client: socket, addr: object, exc: Exception) -> None:
        """Answer what is no request, or what failed outside of the form."""
        status = next(status for kind, status in _REASONS if isinstance(exc, kind))
        if status.startswith("500"):
            log.error("%s outside of the form", type(exc).__name__)
        with suppress(OSError):  # who asked may be gone
            write_nonblock(client, _refusal(status))


def _refusal(status: str) -> bytes:
    body = f"{status.partition(' ')[2]}.\n"
    headers = [
        ("Connection", "close"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        *HEADERS,
        NO_STORE,
    ]
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, "", body]).encode("latin-1")
