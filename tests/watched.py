"""The real program as its own process, with a witness inside, and a browser's way to it.

The witness is Python's own audit hook: it tells of every address that is connected to or
listened on, every file that is opened for writing or changed, and every program started.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

from wire import WAIT

ROOT = Path(__file__).parents[1]

_WITNESS = """
import json, os, sys
told = int(sys.argv.pop(1))
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
WATCHED = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname",
    "socket.sendto", "subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.rename",
    "os.remove", "os.mkdir", "os.link", "os.symlink", "os.truncate", "shutil.copyfile",
    "tempfile.mkstemp", "tempfile.mkdtemp", "webbrowser.open", "urllib.Request", "ctypes.dlopen")

def tell(event, args):
    if event == "open" and not (isinstance(args[2], int) and args[2] & WRITES):
        return
    if event == "open" or event in WATCHED:
        os.write(told, (json.dumps([event, *map(repr, args)]) + "\\n").encode())

sys.addaudithook(tell)
sys.dont_write_bytecode = True
from checklist.cli import main
main()
"""


@contextmanager
def watched(*arguments, **settings):
    """Start ``checklist`` with these arguments; ``program.seen()`` tells what it did, once over."""
    reading, writing = os.pipe()
    program = subprocess.Popen(
        [sys.executable, "-c", _WITNESS, str(writing), *map(str, arguments)],
        pass_fds=[writing],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",  # a PDF is no text
        cwd=ROOT,
        **settings,
    )
    os.close(writing)
    try:
        yield program
    finally:
        program.kill()
        program.communicate()
        with os.fdopen(reading) as told:
            program.seen = [json.loads(line) for line in told]


@contextmanager
def served(*arguments, **settings):
    """Start the form on a free port, named ``program.port``."""
    with watched("serve", "--port", "0", "--no-browser", *arguments, **settings) as program:
        line = program.stdout.readline()
        assert "http://127.0.0.1:" in line, line + program.stderr.read()
        program.port = int(line.partition("http://127.0.0.1:")[2].partition("/")[0])
        yield program


def ended(program):
    """End the program as a person would; return all that it printed."""
    program.send_signal(signal.SIGTERM)
    return "".join(program.communicate(timeout=WAIT))


def raw(port, request: bytes) -> Response | None:
    """Send these very bytes; return the first answer, or None where there was none."""
    with socket.create_connection(("127.0.0.1", port), timeout=WAIT) as connection:
        try:
            connection.sendall(request.replace(b"PORT", str(port).encode()))
            connection.shutdown(socket.SHUT_WR)
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        except OSError:  # it hung up on us while we were still talking
            return None
    head, _, body = answer.partition(b"\r\n\r\n")
    if not head:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = [tuple(line.split(": ", 1)) for line in lines]
    return Response(body, int(first.split()[1]), headers)


class Browser:
    """As much of a browser as a ``Visitor`` needs, over a real connection."""

    def __init__(self, port):
        self.port = port
        self.cookie = ""

    def get(self, path):
        return self._ask("GET", path, {}, None)

    def post(self, path, data):
        sent = EnvironBuilder(method="POST", data=data).get_environ()
        body = sent["wsgi.input"].read()
        return self._ask("POST", path, {"Content-Type": sent["CONTENT_TYPE"]}, body)

    def _ask(self, method, path, headers, body):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        connection.request(method, path, body, {**headers, "Cookie": self.cookie})
        answer = connection.getresponse()
        response = Response(answer.read(), answer.status, answer.getheaders())
        connection.close()
        if new := response.headers.get("Set-Cookie"):
            self.cookie = new.partition(";")[0]
        return response
