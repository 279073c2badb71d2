"""Run as a program: try many hostile files, or requests, within the work and memory of each.

python tests/batch.py check|assess|upload|forms SEED COUNT    # a line of JSON for each
"""

import json
import random
import resource
import signal
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from click.testing import CliRunner

from checklist.cli import main
from checklist.loading.loader import load_ruleset
from checklist.web import create_app
from hostile import EVERY_KIND, hostile_answers, hostile_rulesets, noise

SECONDS = 10  # of work; then the process ends
MEMORY = 600 * 2**20
HERE = "http://localhost"
HEADERS = ("Accept", "Accept-Language", "Content-Type", "Cookie", "Host", "Origin", "Range")
HEADERS += ("If-None-Match", "If-Modified-Since", "Referer", "Sec-Fetch-Site", "Transfer-Encoding")
HEADERS += ("User-Agent", "X-CSRFToken", "X-Forwarded-Proto", "Content-Length", "Expect")


def commands(command, files, before=()):
    """Yield how a command ends with each file: its status, and what it says."""
    with tempfile.TemporaryDirectory() as folder:
        for number, content in enumerate(files):
            file = Path(folder) / f"hostile{number}"
            file.write_bytes(content)
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            done = CliRunner().invoke(main, [command, str(file), *before])
            signal.setitimer(signal.ITIMER_PROF, 0)
            ended = isinstance(done.exception, SystemExit | None)
            lines = done.stderr.replace(f"{folder}/", "").splitlines()
            yield {"status": done.exit_code if ended else repr(done.exception), "said": lines}
            file.unlink()


def requests(seed, count):
    """Yield how the form answers requests with noise in every field, header and cookie."""
    chance = random.Random(seed)  # noqa: S311 - a seed that fails must fail again
    app = create_app(load_ruleset(EVERY_KIND))
    client = app.test_client()
    fields = fields_of_every_page(app, client)
    cookie = next(value.value for value in client._cookies.values())
    for _ in range(count):
        address, known = chance.choice(fields)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        answer = client.open(address, base_url=HERE, **odd_request(chance, known, cookie))
        signal.setitimer(signal.ITIMER_PROF, 0)
        yield {"status": answer.status_code, "said": answer.get_data(as_text=True).splitlines()}
        answer.close()


def uploads(seed, count):
    """Yield how the form answers hostile files, opened and compared in turn."""
    from visitor import Visitor

    client = create_app(load_ruleset(EVERY_KIND)).test_client()
    visitor = Visitor(client)
    visitor("/section/singles").send({"q-weight": "77"})
    for number, content in enumerate(hostile_answers(seed, count)):
        address = ("/open", "/compare")[number % 2]
        fields = {**visitor(address).fields().to_dict(), "file": (BytesIO(content), "mine.json")}
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        answer = client.post(address, data=fields, base_url=HERE)
        signal.setitimer(signal.ITIMER_PROF, 0)
        kept = "77 kilograms" in client.get("/check").text
        yield {"status": answer.status_code, "said": answer.text.splitlines(), "kept": kept}


def fields_of_every_page(app, client):
    """Return each address with what its form holds, a saved page behind it."""
    from visitor import Visitor

    visitor = Visitor(client)
    addresses = [f"/section/{name}" for name in ("singles", "several", "words")]
    taken = [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]
    addresses += sorted({rule.rule for rule in taken if not rule.arguments} - {"/clear"})
    visitor(addresses[0]).send({"q-plain": "no"})
    found = []
    for address in addresses:
        page = visitor(address)
        names = {control.get("name") for control in page.main.iter() if control.get("name")}
        fields = dict.fromkeys(sorted(names), "yes")
        found.append((address, {**fields, **page.fields().to_dict()}))
    return [*found, ("/clear", {})]  # never with its token: what follows needs the cookie


def odd_request(chance, known, cookie):
    fields = dict(known)
    # Without a true token a request is refused at the door: most get further.
    aimed_at = sorted(fields if chance.random() < 0.1 else fields.keys() - {"csrf_token", "run"})
    for name in chance.sample(aimed_at, chance.randrange(len(aimed_at) + 1)):
        fields[name] = odd_words(chance)
    if chance.random() < 0.3:
        fields[odd_words(chance)] = odd_words(chance)
    headers = {name: odd_line(chance) for name in HEADERS if chance.random() < 0.02}
    if chance.random() < 0.15:
        spoilt = list(cookie)
        for _ in range(chance.choice([1, 10])):
            spoilt[chance.randrange(len(spoilt))] = chr(chance.randrange(33, 127))
        headers["Cookie"] = f"checklist-8765={''.join(spoilt)}"
    request = {"method": chance.choice(["POST"] * 8 + ["GET", "HEAD"]), "headers": headers}
    if chance.random() < 0.2:
        kind = chance.choice(
            ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
        )
        return {**request, "data": noise(chance), "content_type": kind}
    if chance.random() < 0.2:
        parts = {**fields, "q-notes": (BytesIO(noise(chance)), "\u202e../<b>.json")}
        return {**request, "data": parts, "content_type": "multipart/form-data"}
    return {**request, "data": fields}


def odd_words(chance):
    """Return text of any characters that a request can carry."""
    most = chance.choice([3, 40, 5_000])
    return noise(chance, most).decode(chance.choice(["latin-1", "utf-8"]), "replace")


def odd_line(chance):
    line = noise(chance, 60).decode("latin-1")
    return line.replace("\r", "").replace("\n", "")


def batch(kind, seed, count):
    match kind:
        case "check":
            return commands("check", hostile_rulesets(seed, count))
        case "assess":
            rules = ("--rules", str(EVERY_KIND))
            return commands("assess", hostile_answers(seed, count), rules)
        case "upload":
            return uploads(seed, count)
        case _:
            return requests(seed, count)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    what, *figures = sys.argv[1:]
    for outcome in batch(what, *map(int, figures)):
        sys.stdout.write(json.dumps(outcome) + "\n")
