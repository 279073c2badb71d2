"""The pages: the server's time for each, requests a second, and bytes."""

import threading
from collections.abc import Callable
from functools import partial
from time import perf_counter, process_time

from flask import Flask, render_template
from flask.testing import FlaskClient

from benchmarks.timing import Timing, effort, in_turns, shown, table
from benchmarks.visiting import HERE, Files, visitor
from checklist import load_ruleset, paths
from checklist.ruleset.model import Ruleset
from checklist.web import create_app

_CLIENTS = 20
_LINE = "A line of a page as long as ours, of words that need nothing worked out for them."
_PLAIN = "<!doctype html><title>A</title>{% for line in lines %}<p>{{ line }}</p>\n{% endfor %}"


def report() -> str:
    """Return the section on pages."""
    ruleset = load_ruleset(paths.RULES)
    app = create_app(ruleset)
    client = visitor(app, ruleset)
    return "\n".join(
        [
            "## Pages",
            "",
            *_server_times(client, ruleset),
            "",
            *_under_load(app, ruleset),
            "",
            *_first_visit(app),
            "",
        ]
    )


def _addresses(ruleset: Ruleset) -> list[str]:
    sections = [f"/section/{section.id}" for section in ruleset.sections]
    named = ["/check", "/result", "/questions", "/print", "/trail", "/how", "/words", "/sources"]
    return ["/", sections[0], sections[-1], *named]


def _server_times(client: FlaskClient, ruleset: Ruleset) -> list[str]:
    rows, over = [], []
    for address in _addresses(ruleset):
        size = len(_got(client, address))
        plain = _plain_app(size).test_client()
        timings = in_turns(
            {
                "plain": _each(partial(plain.get, "/"), 5),
                "ours": _each(partial(_got, client, address), 5),
            },
            effort(9, 2),
        )
        ratio = timings["ours"].times(timings["plain"])
        if ratio > 3:
            over.append(address)
        rows.append([address, f"{size / 1024:.1f}", *_medians(timings), f"{ratio:.1f}"])
    told = f"**not reached** by {', '.join(over)}" if over else "reached by all"
    return [
        "A visitor who answered as the first case does; beside each page a plain one of the same",
        "size, one escaped line after another, by an app with nothing else in it.",
        "",
        table(["page", "KB", "plain page", "ours", "times"], rows),
        "",
        f"- Target at most 3 times: {told}.",
        "",
        "Tried: a changed answer is judged by the criteria that look at it alone, once for all",
        "answers of the same cells and for all that leave the same; rules in words, citations,",
        "glossary, figures and the blank form are made once for a ruleset, addresses once for the",
        "program, and so are the parts of a page that say the same to everybody, with a place left",
        "open for each term that the page may have taught before, each tick and each typed text; a",
        "form's class is made once; a paper's sides are told without making it. What is left on a",
        "small page is opening the sealed cookie, Flask's own work and the token; on a large one",
        "what would change the result, in words, and what the person said. No page with answers is",
        "kept, since nothing that a visitor said may outlive the request.",
    ]


def _medians(timings: dict[str, Timing]) -> list[str]:
    return [shown(timings["plain"].median), shown(timings["ours"].median)]


def _got(client: FlaskClient, address: str) -> bytes:
    answer = client.get(address, base_url=HERE)
    assert answer.status_code == 200, address
    return answer.data


def _plain_app(size: int) -> Flask:
    app = Flask("plain")
    lines = [_LINE] * max(size // (len(_LINE) + 8), 1)
    template = app.jinja_env.from_string(_PLAIN)  # compiled once, as a file's would be
    app.add_url_rule("/", "page", lambda: render_template(template, lines=lines))
    return app


def _each(action: Callable[[], object], times: int) -> Callable[[], float]:
    def turn() -> float:
        start = process_time()
        for _ in range(times):
            action()
        return (process_time() - start) / times

    return turn


def _under_load(app: Flask, ruleset: Ruleset) -> list[str]:
    clients = [visitor(app, ruleset) for _ in range(_CLIENTS)]
    rows = []
    for address in ("/", f"/section/{ruleset.sections[0].id}", "/result"):
        taken = _taken_by_all(clients, address, effort(10, 2))
        waits = sorted(seconds for _, seconds in taken)
        whole = max(end for end, _ in taken)
        late = waits[int(len(waits) * 0.95)]
        rows.append(
            [address, f"{len(taken) / whole:.0f}", shown(waits[len(waits) // 2]), shown(late)]
        )
    return [
        f"{_CLIENTS} clients at once, each asking again as soon as it is answered (in the process,",
        "clock time, all processors shared with the clients):",
        "",
        table(["page", "requests a second", "median wait", "95 of 100 wait less than"], rows),
    ]


def _taken_by_all(
    clients: list[FlaskClient], address: str, times: int
) -> list[tuple[float, float]]:
    taken: list[tuple[float, float]] = []
    begin = perf_counter()

    def ask(client: FlaskClient) -> None:
        for _ in range(times):
            start = perf_counter()
            _got(client, address)
            end = perf_counter()
            taken.append((end - begin, end - start))

    threads = [threading.Thread(target=ask, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def _first_visit(app: Flask) -> list[str]:
    client = app.test_client()
    page = _got(client, "/")
    files = Files(page.decode()).addresses
    fonts = [address for address in files if ".woff" in address]
    others = [address for address in files if address not in fonts]
    size = len(page) + sum(len(_got(client, address)) for address in others)
    requests = 1 + len(files)
    small = "reached" if size < 60 * 1024 else "**not reached**"
    few = "reached" if requests <= 4 else "**not reached**"
    return [
        f"A first visit takes {requests} requests (target at most 4: {few}) and "
        f"{size / 1024:.1f} KB without the font (target under 60: {small}): the page and "
        f"{', '.join(address.partition('?')[0] for address in others)}.",
    ]


if __name__ == "__main__":
    print(report())
