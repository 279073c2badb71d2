"""How many requests a second gunicorn answers with 1, 2 and 4 workers.

python benchmarks/hosting.py        # needs gunicorn: pip install '.[hosting]'
"""

import os
import re
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter

WORKERS = (1, 2, 4)
PEOPLE = 8
SECONDS = 2.0
ROUNDS = 3
NAME = "clinic.example"
PAGES = (("page of questions", "/section/about_you"), ("result", "/result"))


@contextmanager
def serving(workers: int) -> Iterator[int]:
    """Serve the shipped ruleset and give its port; the socket is there before the workers are."""
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as sock:
        gunicorn = str(Path(sys.executable).with_name("gunicorn"))
        command = [gunicorn, "-c", "python:checklist.gunicorn_settings"]
        command += ["--bind", f"fd://{sock.fileno()}", "--workers", str(workers)]
        settings = {"CHECKLIST_HOSTS": NAME, "CHECKLIST_SECRET_KEYS": secrets.token_hex(32)}
        running = subprocess.Popen(  # our own program
            command,
            env={**os.environ, **settings},
            pass_fds=[sock.fileno()],
            stderr=subprocess.DEVNULL,
        )
        try:
            yield sock.getsockname()[1]
        finally:
            running.terminate()
            running.wait()


def answered(port: int, path: str, cookie: str, until: float) -> int:
    """Return how often one person, who never pauses, got the page in the time."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    count = 0
    while perf_counter() < until:
        connection.request("GET", path, headers={"Host": NAME, "Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status  # not a count of faults
        count += 1
    connection.close()
    return count


def first_cookie(port: int) -> str:
    """Return the cookie of somebody who has saved their first page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", PAGES[0][1], headers={"Host": NAME})
    answer = connection.getresponse()
    answer.read()
    found = re.match(r"[^;]+", answer.headers["Set-Cookie"])
    return found[0] if found else ""


def per_second(port: int, path: str) -> float:
    """Return how many requests a second are answered to all the people together."""
    cookie = first_cookie(port)
    begun = perf_counter()
    with ThreadPoolExecutor(PEOPLE) as people:
        until = begun + SECONDS
        counts = [people.submit(answered, port, path, cookie, until) for _ in range(PEOPLE)]
        total = sum(count.result() for count in counts)
    return total / (perf_counter() - begun)


def report() -> str:
    """Return the table as a section in Markdown."""
    found: dict[tuple[int, str], list[float]] = {}
    for _ in range(ROUNDS):
        for workers in WORKERS:
            with serving(workers) as port:
                for name, path in PAGES:
                    found.setdefault((workers, name), []).append(per_second(port, path))
    rows = [
        f"| {workers} | " + " | ".join(f"{median(found[workers, n]):.0f}" for n, _ in PAGES) + " |"
        for workers in WORKERS
    ]
    return "\n".join(
        [
            "## Requests a second, hosted",
            "",
            f"gunicorn with the shipped settings and ruleset, {PEOPLE} people who never pause, "
            f"on {os.cpu_count()} processors that the people use too. Medians of {ROUNDS} rounds "
            f"of {SECONDS:g} s. More workers than processors cannot answer more.",
            "",
            "| workers | " + " | ".join(name for name, _ in PAGES) + " |",
            "| ---: |" + " ---: |" * len(PAGES),
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    sys.stdout.write(report())
