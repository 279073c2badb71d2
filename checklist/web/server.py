"""Serves the form on this computer: one socket, waitress, and a quiet end.

Knows nothing of Flask and of the form: it is handed a WSGI app and an open socket.
"""

import errno
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from ipaddress import IPv4Address
from types import FrameType
from typing import NoReturn
from wsgiref.types import WSGIApplication

from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import ErrorTask

from checklist.errors import ChecklistError, quote
from checklist.web.guard import HEADERS, NO_STORE

_KIB = 1024
_WAITING_CONNECTIONS = 1024
_MOST_CONNECTIONS = 200
_STOP_SIGNALS = ("SIGINT", "SIGTERM", "SIGBREAK")  # the last one is Windows' own

_SETTINGS = {
    "asyncore_use_poll": True,
    "channel_request_lookahead": 0,
    "channel_timeout": 30,
    "expose_tracebacks": False,
    "ident": None,
    "inbuf_overflow": 512 * _KIB,  # above the body limit, so that no answer reaches a file
    "log_socket_errors": False,
    "max_request_body_size": 384 * _KIB,
    "max_request_header_size": 32 * _KIB,
    "outbuf_overflow": 8 * _KIB * _KIB,  # above any page, for the same reason
}


# A person meets this one by picking a photo, say, instead of their saved answers.
_IN_PLAIN_WORDS = {
    413: "That is more than this program takes. Go back and choose another file, or write less"
}


class PortTakenError(ChecklistError):
    """The port, or the address, cannot be had."""


class _BareRefusal(ErrorTask):  # type: ignore[misc]  # waitress has no types
    """What waitress refuses by itself: with our headers, without its name."""

    def execute(self) -> None:
        error = self.request.error
        body = f"{_IN_PLAIN_WORDS.get(error.code, error.reason)}.\n".encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [("Content-Type", "text/plain; charset=utf-8"), *HEADERS, NO_STORE]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    error_task_class = _BareRefusal


def open_socket(host: str, port: int) -> socket.socket:
    """Return a socket that listens on exactly this port; 0 takes any that is free.

    Args:
        host: an IPv4 address of this computer.
        port: 0 to 65535.

    Raises:
        PortTakenError: another program has the port, or the system does not give it.
    """
    if not _is_address(host):
        raise PortTakenError(_no_address(host))
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, _only_one_listener(), 1)
        sock.bind((host, port))
        # Listening already: until then another program could still bind the same port.
        sock.listen(_WAITING_CONNECTIONS)
    except OSError as error:
        sock.close()
        raise PortTakenError(_why_not(host, port, error)) from error
    return sock


def serve(app: WSGIApplication, sock: socket.socket, announce: Callable[[str], None]) -> None:
    """Serve ``app`` on ``sock`` until the program is told to stop; then return.

    Args:
        app: the application.
        sock: from ``open_socket``.
        announce: told the address once the form answers there.
    """
    _set_up_signals()
    # Its messages hold addresses and traces; what goes wrong in the form is logged by the form.
    logging.getLogger("waitress").setLevel(logging.CRITICAL)
    limit = _connection_limit()
    server = create_server(app, sockets=[sock], connection_limit=limit, **_SETTINGS)
    server.channel_class = _Channel
    host, port = sock.getsockname()
    _say(announce, f"http://{host}:{port}/")
    server.run()
    server.close()


def _only_one_listener() -> int:
    # Elsewhere SO_REUSEADDR only allows a quick restart; on Windows it would let two
    # programs share the port, and the exclusive option is the one that keeps them apart.
    return getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)


def _is_address(host: str) -> bool:
    # Never a name: it could mean another address than the person believes.
    try:
        IPv4Address(host)
    except ValueError:
        return False
    return True


def _no_address(host: str) -> str:
    return f"{quote(host)} is not an IPv4 address of this computer, such as 127.0.0.1"


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRNOTAVAIL:
        return _no_address(host)
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use: stop what uses it, or choose another with --port"
    return f"port {port} cannot be used here: choose another with --port"


def _connection_limit() -> int:
    # Half of the file handles: at the last one, accepting would fail over and over.
    if sys.platform == "win32":
        return _MOST_CONNECTIONS
    import resource  # not there on Windows

    handles, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = handles == resource.RLIM_INFINITY
    return _MOST_CONNECTIONS if unlimited else min(_MOST_CONNECTIONS, handles // 2)


def _set_up_signals() -> None:
    for name in _STOP_SIGNALS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _stop)
    if hasattr(signal, "SIGHUP"):
        # The person may close the terminal and still be filling in the form.
        signal.signal(signal.SIGHUP, signal.SIG_IGN)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    # Whoever presses Ctrl-C twice must not interrupt the end.
    for name in _STOP_SIGNALS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    sys.exit(0)


def _say(announce: Callable[[str], None], address: str) -> None:
    try:
        announce(address)
    except OSError:
        # Nobody reads what we print. Python would complain once more at the end, when it
        # empties its buffer, so the buffer goes where nobody misses it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
