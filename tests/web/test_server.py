"""The server, as its own process, around an app that sends back what it was sent."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from checklist.web.guard import HEADERS
from checklist.web.server import PortTakenError, open_socket
from wire import SOON

ROOT = Path(__file__).parents[2]
posix_only = pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals or limits")

LONGEST_HEAD = 32 * 1024

PROGRAM = """
import socket, sys
from checklist.web.guard import Guard
from checklist.web.server import open_socket, serve

def echo(environ, start_response):
    body = environ["wsgi.input"].read() or environ["wsgi.url_scheme"].encode()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [body * int(environ.get("QUERY_STRING") or 1)]

if "no disk" in sys.argv:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
if "few handles" in sys.argv:
    import resource
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
inherited = [int(word) for word in sys.argv if word.isdigit()]
sock = socket.socket(fileno=inherited[0]) if inherited else open_socket("127.0.0.1", 0)
guarded = Guard(app=echo, hosts=frozenset({"127.0.0.1"}))
serve(guarded, sock, lambda address: print(address, flush=True))
"""


@contextmanager
def started(*args, **settings):
    command = [sys.executable, "-c", PROGRAM, *args]
    settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": ROOT, **settings}
    with subprocess.Popen(command, text=True, **settings) as program:  # our own
        try:
            yield program
        finally:
            program.kill()


@pytest.fixture
def server():
    with started() as program:
        program.port = port_in(program.stdout.readline())
        yield program


def port_in(address):
    return int(address.rstrip().removesuffix("/").rpartition(":")[2])


def ask(port, method="GET", path="/", body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SOON)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    answer.body = answer.read()
    connection.close()
    return answer


def send(port, request):
    with socket.create_connection(("127.0.0.1", port), timeout=SOON) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


def end_of(program):
    _, complaints = program.communicate(timeout=SOON)
    return program.returncode, complaints


def test_the_form_answers_where_the_program_said_it_would(server):
    answer = ask(server.port)
    assert (answer.status, answer.body) == (200, b"http")


@posix_only
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_it_ends_quietly_and_gives_the_port_back(server, number):
    ask(server.port)
    server.send_signal(number)
    assert end_of(server) == (0, "")
    open_socket("127.0.0.1", server.port).close()


@posix_only
def test_it_ends_quietly_while_a_page_is_half_sent(server):
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n\r\nhalf")
        server.send_signal(signal.SIGTERM)
        assert end_of(server) == (0, "")


@posix_only
def test_the_form_stays_when_the_terminal_is_closed(server):
    server.send_signal(signal.SIGHUP)
    assert ask(server.port).status == 200


@posix_only
def test_the_form_works_when_nobody_reads_what_is_printed():
    unread, written = os.pipe()
    os.close(unread)
    with open_socket("127.0.0.1", 0) as sock:
        number, port = sock.fileno(), sock.getsockname()[1]
        with started(str(number), stdout=written, pass_fds=[number]) as program:
            os.close(written)
            assert ask(port).status == 200
            program.send_signal(signal.SIGTERM)
            assert end_of(program) == (0, "")


def test_a_port_that_is_taken_is_named_and_no_other_is_used_in_its_place():
    with open_socket("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTakenError) as refusal:
            open_socket("127.0.0.1", port)
    assert str(refusal.value) == (
        f"port {port} is in use: stop what uses it, or choose another with --port"
    )


@pytest.mark.parametrize("host", ["localhost", "::1", "", "192.0.2.1", "\x1b[31m", "é" * 70])
def test_an_address_that_is_not_ours_is_refused_in_one_plain_line(host):
    with pytest.raises(PortTakenError) as refusal:
        open_socket(host, 0)
    assert str(refusal.value).isascii()
    assert "is not an IPv4 address of this computer" in str(refusal.value)


def test_no_answer_tells_what_software_runs(server):
    assert ask(server.port).getheader("Server") is None
    assert ask(server.port).getheader("Via") is None


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        pytest.param(b"rubbish\r\n\r\n", "400", id="not a request"),
        pytest.param(b"GET / HTTP/1.1\r\nA: ".ljust(LONGEST_HEAD, b"b"), "431", id="headers"),
        pytest.param(b"GET /".ljust(LONGEST_HEAD, b"a"), "431", id="long address"),
        pytest.param(
            b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 500000\r\n\r\n",
            "413",
            id="body",
        ),
        pytest.param(
            b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: x\r\n\r\n",
            "501",
            id="coding",
        ),
    ],
)
def test_what_the_server_refuses_by_itself_is_private_and_nameless_too(server, request_, status):
    answer = send(server.port, request_)
    assert answer.startswith(f"HTTP/1.1 {status} ") or answer.startswith(f"HTTP/1.0 {status} ")
    for name, value in HEADERS:
        assert f"{name}: {value}\r\n" in answer
    assert "Cache-Control: no-store\r\n" in answer
    assert "waitress" not in answer
    assert "generated by" not in answer


def test_headers_that_only_a_proxy_may_set_change_nothing(server):
    forged = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil", "Forwarded": "proto=https"}
    assert ask(server.port, headers=forged).body == b"http"


@posix_only
def test_neither_long_forms_nor_long_pages_touch_the_disk():
    with started("no disk") as program:
        port = port_in(program.stdout.readline())
        long = b"a" * 300_000
        assert ask(port, "POST", "/", long).body == long
        assert len(ask(port, "POST", "/?20", long).body) == 6_000_000


@posix_only
def test_twenty_visitors_are_served_with_few_file_handles():
    with started("few handles") as program:
        port = port_in(program.stdout.readline())
        waiting = [socket.create_connection(("127.0.0.1", port)) for _ in range(20)]
        assert ask(port).status == 200
        for connection in waiting:
            connection.close()


def test_sixty_visitors_who_never_finish_do_not_keep_the_person_waiting(server):
    slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(60)]
    for connection in slow:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n\r\nhalf")
    assert ask(server.port).status == 200
    for connection in slow:
        connection.close()
