"""A paper as a PDF for the printer and for readers of the screen: PDF/UA-1 and PDF/A-2a at once.

Typst sets the page from ``templates/print/paper.typ``, with the bundled letters first. The
same paper gives the same bytes. Knows nothing of how the file is sent or kept.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from checklist import paths
from checklist.display import Display
from checklist.errors import ChecklistError
from checklist.text_rules import without_refused
from checklist.visit import VisitSummary

if TYPE_CHECKING:
    from typst import Fonts

Page = Literal["a4", "letter"]
Letters = Literal["ordinary", "large"]

NOT_OFFERED = (
    "A PDF is made with 'typst', which is not installed here. Install it: "
    "pip install 'typst>=0.15.2,<0.16'. Or take --format html and print the page."
)
UNSHOWN = "This computer could not print every letter that you typed. A box like this stands for it: □"

_STANDARDS = ["ua-1", "a-2a"]
_BOX = "\N{WHITE SQUARE}"
_BREAK = "\N{ZERO WIDTH SPACE}"
_LONG = re.compile(rf"[^\s{_BREAK}]{{25,}}")
_AFTER_SIGN = re.compile(r"(?<=[/.?&=_-])(?=.)")
_NOT_SHOWN = re.compile(r'the text(?: contains the disallowed codepoint)? `"(.*?)"`', re.DOTALL)
_NUMBERED = re.compile(r"\\u\{([0-9a-f]+)\}")
_ORDINARY_POINTS = 12
_LARGE_POINTS = 18
_STEPS = 4
_LARGE_FROM = 150  # percent: from here on a table would be columns of three words


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF, and the letters that no typeface here has; a box on the paper stands for each."""

    content: bytes
    unshown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What the template needs to know: sizes in points, lengths in millimetres, gaps in em."""

    page: Page
    size: float
    small: float = 11
    title: float = 20
    heading: float = 14.5
    margin: float = 20
    top: float = 23
    bottom: float = 21
    ascent: float = 5
    leading: float = 0.55
    gap: float = 0.95
    before: float = 1.3
    after: float = 0.6
    row: float = 0.45
    line: float = 8.5
    reasons: Literal["beside", "below"] = "beside"
    stacked: bool = False
    bold: bool = False
    wide: bool = False


def is_offered() -> bool:
    """Return whether this computer can make a PDF."""
    try:
        import typst  # noqa: F401  # whether it can be imported is the question
    except ImportError:
        return False
    return True


def as_pdf(
    visit: VisitSummary,
    *,
    page: Page = "a4",
    letters: Letters = "ordinary",
    display: Display = Display(),  # noqa: B008  # frozen
) -> Pdf:
    """Return the paper as a PDF.

    Args:
        visit: the paper.
        page: the size of the sheet.
        letters: ``large`` is a layout of its own, without tables, at 18 points or more.
        display: how the person wants to read. The doctor's page stays at 12 points, and
            takes weight and spacing only as far as it still is one side.

    Raises:
        ChecklistError: typst is not installed here.
    """
    if not is_offered():
        raise ChecklistError(NOT_OFFERED)
    if visit.paper != "doctor":
        return _printed(visit, _look(page, letters, display))[0]
    return _on_one_side(visit, page, display)


def _on_one_side(visit: VisitSummary, page: Page, display: Display) -> Pdf:
    for look in _looks_for_one_side(page, display):
        pdf, pages = _printed(visit, look)
        if pages == 1:
            break
    return pdf


def _looks_for_one_side(page: Page, display: Display) -> Iterator[_Look]:
    """Yield what the person chose, then ever less room between the lines; never smaller letters."""
    roomy = _Look(page=page, size=_ORDINARY_POINTS, line=8, reasons="below")
    bold, wide = display.weight == "bold", display.spacing == "wide"
    if bold or wide:
        yield _widened(replace(roomy, bold=bold, wide=wide))
    if bold and wide:
        yield replace(roomy, bold=True)
    yield roomy
    yield from (_tightened(roomy, step / _STEPS) for step in range(1, _STEPS + 1))


def _tightened(look: _Look, part: float) -> _Look:
    """Return the look with ``part`` of the way gone to the least room around the letters."""
    least = {"margin": 17, "top": 15, "bottom": 15, "ascent": 2.5, "title": 18, "heading": 13}
    least |= {"leading": 0.45, "gap": 0.5, "before": 0.75, "after": 0.4, "row": 0.15}
    now = asdict(look)
    between = {name: now[name] + part * (end - now[name]) for name, end in least.items()}
    return replace(look, **between)


def _look(page: Page, letters: Letters, display: Display) -> _Look:
    points = _ORDINARY_POINTS * display.size / 100
    if letters == "large" or display.size >= _LARGE_FROM:
        look = _large(page, max(_LARGE_POINTS, points))
    else:
        scale = points / _ORDINARY_POINTS
        look = _Look(page=page, size=points, title=20 * scale, heading=14.5 * scale)
    return _widened(
        replace(look, bold=display.weight == "bold", wide=display.spacing == "wide")
    )


def _large(page: Page, points: float) -> _Look:
    return _Look(
        page=page,
        size=points,
        small=16,
        title=points * 1.5,
        heading=points * 1.22,
        margin=25,
        top=30,
        bottom=28,
        leading=0.6,
        line=13,
        stacked=True,
    )


def _widened(look: _Look) -> _Look:
    return replace(look, leading=look.leading + 0.25, gap=look.gap + 0.3) if look.wide else look


def _printed(visit: VisitSummary, look: _Look) -> tuple[Pdf, int]:
    """Return the PDF and its number of pages."""
    data = _prepared(visit)
    try:
        return _compiled(data, look, _bundled_fonts())
    except _NotShownError:
        return _printed_with_all_fonts(data, look)


def _printed_with_all_fonts(data: dict[str, Any], look: _Look) -> tuple[Pdf, int]:
    unshown = ""
    while True:
        try:
            pdf, pages = _compiled(data, look, _all_fonts())
        except _NotShownError as error:
            if not unshown:
                data["blocks"].insert(0, _paragraph(UNSHOWN))
            unshown += "".join(error.texts)
            data = _replaced(data, error.texts)
        else:
            return replace(pdf, unshown=unshown), pages


class _NotShownError(Exception):
    def __init__(self, texts: tuple[str, ...]) -> None:
        super().__init__(*texts)
        self.texts = texts


def _compiled(data: dict[str, Any], look: _Look, fonts: "Fonts") -> tuple[Pdf, int]:
    from typst import Compiler, TypstError

    folder = paths.TEMPLATES / "print"
    # One for each PDF: a compiler cannot serve two threads, and keeps what it was handed.
    compiler = Compiler(
        input=str(folder / "paper.typ"),
        root=str(folder),
        font_paths=fonts,
        sys_inputs={"paper": json.dumps(data), "look": json.dumps(asdict(look))},
    )
    moment = datetime.fromisoformat(data["date_iso"]).replace(tzinfo=UTC)
    try:
        content = compiler.compile(
            format="pdf", pdf_standards=_STANDARDS, timestamp=int(moment.timestamp())
        )
    except TypstError as error:
        texts = _texts_not_shown(error.diagnostic)
        if not texts:
            raise
        raise _NotShownError(texts) from None
    return Pdf(content), json.loads(compiler.query("<pages>", field="value", one=True))


def _texts_not_shown(diagnostic: str) -> tuple[str, ...]:
    found = (_spelled(text) for text in _NOT_SHOWN.findall(diagnostic))
    return tuple(sorted(set(found), key=lambda text: (-len(text), text)))


def _spelled(text: str) -> str:
    return _NUMBERED.sub(lambda number: chr(int(number[1], 16)), text)


@cache
def _bundled_fonts() -> "Fonts":
    return _fonts(include_system_fonts=False)


@cache
def _all_fonts() -> "Fonts":
    return _fonts(include_system_fonts=True)


def _fonts(*, include_system_fonts: bool) -> "Fonts":
    from typst import Fonts

    folder = str(paths.STATIC / "fonts")
    return Fonts(include_system_fonts=include_system_fonts, font_paths=[folder])


def _prepared(visit: VisitSummary) -> dict[str, Any]:
    data = visit.as_dict()
    prepared: dict[str, Any] = _set(data)
    return prepared | {"plain_title": without_refused(visit.title, "\N{REPLACEMENT CHARACTER}")}


def _set(part: Any) -> Any:
    """Return the same data with places to break long words, and the direction of own words."""
    match part:
        case str():
            return _breakable(without_refused(part, "\N{REPLACEMENT CHARACTER}"))
        case list() | tuple():
            return [_set(each) for each in part]
        case {"own": own, "text": text}:
            return {"text": _set(text), "own": own, "rtl": _runs_from_right(text)}
        case {"address": str() as address}:
            rest = {key: _set(each) for key, each in part.items()}
            return {**rest, "address": address, "shown": _set(_AFTER_SIGN.sub(_BREAK, address))}
        case dict():
            return {key: _set(each) for key, each in part.items()}
    return part


def _breakable(text: str) -> str:
    return _LONG.sub(lambda word: _BREAK.join(_letters(word[0])), text)


def _letters(word: str) -> Iterator[str]:
    letter = ""
    for char in word:
        joined = unicodedata.category(char).startswith("M") or "\u200d" in (char, letter[-1:])
        if letter and not joined:
            yield letter
            letter = ""
        letter += char
    yield letter


def _runs_from_right(text: str) -> bool:
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"


def _replaced(part: Any, texts: tuple[str, ...]) -> Any:
    match part:
        case str():
            return re.sub("|".join(map(re.escape, texts)), _BOX, part)
        case list():
            return [_replaced(each, texts) for each in part]
        case dict():
            return {key: _replaced(each, texts) for key, each in part.items()}
    return part


def _paragraph(text: str) -> dict[str, Any]:
    return {
        "kind": "paragraph",
        "words": {"text": text, "own": False, "rtl": False},
        "role": "notice",
    }
