"""Somebody with a browser, and a page as that browser holds it: found sound, ready to be sent."""

from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import urldefrag, urlsplit

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from markup import misplaced, parsed

CONTROLS = {"input", "textarea", "select"}
REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "for")


class Shown:
    """A page as a browser holds it: found sound, and ready to be sent."""

    def __init__(self, visitor, response):
        self.visitor = visitor
        self.response = response
        self.status = response.status_code
        self.html = response.get_data(as_text=True)
        self.tree = parsed(self.html)
        self.drawn = {part for svg in filter(is_svg, self.tree.iter()) for part in svg.iter()}
        self.title = text_of(self.one("title"))
        self.h1 = text_of(self.one("h1"))
        self.main = self.one("main")
        self.text = text_of(self.main)
        check_sound(self)

    def one(self, tag):
        found = list(self.all(tag))
        assert len(found) == 1, f"{len(found)} <{tag}>"
        return found[0]

    def all(self, tag):
        return iter([part for part in self.tree.iter(tag) if part not in self.drawn])

    def by_id(self, name):
        return next(element for element in self.tree.iter() if element.get("id") == name)

    def links(self):
        return {text_of(a): a.get("href") for a in self.all("a")}

    def fields(self):
        """Return what the browser would send if nothing were touched."""
        found = MultiDict()
        for control in self.main.iter():
            if control.tag == "textarea":
                found.add(control.get("name"), (control.text or ""))
            if control.tag == "input" and not is_left_off(control):
                found.add(control.get("name"), control.get("value", ""))
        return found

    def send(self, answers: Mapping[str, object] | None = None, *, go="on"):
        """Send the page's form with these fields changed, and go where it leads."""
        fields = self.fields()
        for name, value in (answers or {}).items():
            fields.setlist(name, [value] if isinstance(value, str) else list(value or []))
        fields["go"] = go
        return self.visitor.post(self.one("form").get("action"), fields)


class Visitor:
    """Somebody with a browser. ``redirects`` are those of the last step."""

    def __init__(self, client: FlaskClient):
        self.client = client
        self.redirects = []

    def __call__(self, path: str) -> Shown:
        """Open a page, following redirects."""
        return self._shown(self.client.get(path))

    def post(self, path, fields):
        return self._shown(self.client.post(path, data=fields))

    def _shown(self, response):
        self.redirects = []
        while response.status_code in (301, 302, 303, 307, 308):
            assert not response.get_data(as_text=True).count("<form")
            self.redirects.append((response.status_code, response.headers["Location"]))
            response = self.client.get(response.headers["Location"])
        return Shown(self, response)


def text_of(element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def is_left_off(control) -> bool:
    return control.get("type") in ("radio", "checkbox") and control.get("checked") is None


def is_svg(element) -> bool:
    return isinstance(element.tag, str) and element.tag.endswith("svg")


def check_sound(shown: Shown) -> None:
    """What holds of every page; each fault is named."""
    faults = [*_headings(shown), *_ids(shown), *_controls(shown), *_foreign(shown)]
    faults += misplaced(shown.tree)
    assert not faults, "\n".join(faults)


def _headings(shown) -> Iterator[str]:
    begun = shown.title.removeprefix("Error: ").removeprefix("Not saved: ")
    if not begun.startswith(shown.h1) or not shown.h1:
        yield f"the title {shown.title!r} does not begin with the h1 {shown.h1!r}"
    if shown.title.startswith("Error: ") != (shown.status == 422):
        yield "'Error: ' begins the title of a refused page, and of no other"
    levels = [int(e.tag[1]) for e in shown.tree.iter() if e.tag in ("h2", "h3", "h4", "h5", "h6")]
    if any(deeper > level + 1 for level, deeper in zip([1, *levels], levels, strict=False)):
        yield f"the headings leave out a level: {levels}"
    if not shown.one("html").get("lang"):
        yield "the page does not name its language"


def _ids(shown) -> Iterator[str]:
    ids = Counter(e.get("id") for e in shown.tree.iter() if e.get("id") is not None)
    yield from (f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1)
    for element in shown.tree.iter():
        for reference in REFERENCES:
            for name in (element.get(reference) or "").split():
                if name not in ids:
                    yield f"{reference}={name!r} points nowhere"
        here, fragment = urldefrag(element.get("href") or "")
        if element.tag == "a" and fragment and not here and fragment not in ids:
            yield f"the link to #{fragment} leads nowhere"


def _controls(shown) -> Iterator[str]:
    labelled = {label.get("for") for label in shown.all("label")}
    for control in shown.tree.iter():
        shows = control.tag in CONTROLS and control.get("type") != "hidden"
        if shows and control.get("id") not in labelled:
            yield f"control {control.get('name')!r} has no label"
    for group in shown.all("fieldset"):
        if group[0].tag != "legend":
            yield f"fieldset {group.get('id')!r} does not begin with its legend"


def _foreign(shown) -> Iterator[str]:
    for element in shown.tree.iter():
        is_file_of_ours = (element.get("src") or "").startswith("/static/") and not element.text
        if element.tag == "style" or (element.tag == "script" and not is_file_of_ours):
            yield f"<{element.tag}> stands in the page"
        for name in element.attrib:
            if name == "style" or name.startswith("on"):
                yield f"{name}= stands on <{element.tag}>"
        for name in ("src", "action", "data") + (("href",) if element.tag == "link" else ()):
            if urlsplit(element.get(name) or "").netloc:
                yield f"{element.get(name)!r} would be loaded from elsewhere"
