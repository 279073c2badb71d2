"""A form at an address of this computer for as long as a test needs it, served as the program does.

Waitress closes what it was sending to a browser that has gone; Werkzeug's own server leaves
such a file open, which Python complains of at some later time, in the middle of another test.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from wsgiref.types import WSGIApplication

from waitress.server import create_server

from wire import WAIT


@contextmanager
def served(app: WSGIApplication) -> Iterator[str]:
    """Serve ``app`` on a free port; the block gets its address, which ends with a slash."""
    server = create_server(app, listen="127.0.0.1:0")
    thread = Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}/"
    finally:
        # First all answers under way are given, so that nobody uses what is closed next.
        server.task_dispatcher.shutdown(timeout=WAIT)
        server.trigger.pull_trigger(lambda: _close(server))
        thread.join()


def _close(server) -> None:
    # In the server's own thread, whose loop ends when nothing is left to wait for.
    for visitor in [*server.active_channels.values()]:
        visitor.handle_close()
    server.close()
