"""Somebody at a browser far away: requests over a real connection, and the whole form filled in."""

import re
import socket
from http.client import HTTPConnection, HTTPSConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

WAIT = 300  # seconds: on a busy machine all this takes long, and is right all the same
SOON = 25  # seconds: the server sends the silent away after 30, which must not be waited for
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


class OverTheWire:
    """What a Flask test client offers, over a real connection, with a cookie of its own.

    Over plain http to this computer, or over https to a ``name`` whose certificate is in ``trust``.
    """

    def __init__(self, port, trust=None, name="127.0.0.1"):
        self.port, self.trust, self.name = port, trust, name
        self.host = name if trust else f"{name}:{port}"
        self.origin = f"{'https' if trust else 'http'}://{self.host}"
        self.cookies = {}

    def get(self, path):
        return self._ask("GET", path, None)

    def post(self, path, data):
        return self._ask("POST", path, urlencode(list(MultiDict(data).items(multi=True))))

    def _connection(self):
        if self.trust is None:
            return HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        raw = socket.create_connection(("127.0.0.1", self.port), timeout=WAIT)
        connection = HTTPSConnection(self.name, timeout=WAIT)
        connection.sock = self.trust.wrap_socket(raw, server_hostname=self.name)
        return connection

    def _ask(self, method, path, body):
        headers = {"Host": self.host}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = self.origin
            headers["Referer"] = f"{self.origin}{path}"
        connection = self._connection()
        try:
            connection.request(method, path, body, headers)
            return _Answer(connection.getresponse(), self.cookies)
        finally:
            connection.close()


def fill_in_the_whole_form(person, mark):
    """Answer every page as ``mark`` says; hold that the list of answers says the same."""
    weight, size = str(mark % 120), ("small", "medium", "large")[mark % 3]
    pages = {
        "singles": {"q-plain": "no", "q-size": size, "q-weight": weight, "q-colour": "yes"},
        "several": {"q-smells": "rose", "q-parts.lid": "whole", "q-parts.base": "worn"},
        "words": {"q-notes": f"It bears the mark {mark}.", "q-mood": "care"},
    }
    for section, answers in pages.items():
        address = f"/section/{section}"
        page = person.get(address)
        assert person.post(address, page.fields(**answers)).status_code == 303
    listed = person.get("/check").body
    for words in (f"{weight} kilogram", size.title(), "Rose", f"It bears the mark {mark}."):
        assert words in listed
    assert person.get("/result").status_code == 200


class _Answer:
    def __init__(self, response, cookies):
        self.status_code = response.status
        self.headers = dict(response.getheaders())
        self.body = response.read().decode()
        for line in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                cookies[name] = morsel.value

    def fields(self, **answers):
        """Return what the page's form would send with these answers."""
        fields = MultiDict(HIDDEN.findall(self.body))
        fields.update({**answers, "go": "on"})
        return fields

    def get_data(self, as_text):
        return self.body
