"""A paper as a PDF for the printer and for readers of the screen: PDF/UA-1 and PDF/A-2a at once.

Typst sets the page from ``templates/print/paper.typ``, with the bundled letters first. The
same paper gives the same bytes. Knows nothing of how the file is sent or kept.
"""

import json
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct
from msgspec.structs import asdict, replace

from checklist import paths
from checklist.display import Display
from checklist.errors import ChecklistError
from checklist.paper_names import Letters, Page
from checklist.papers.pdf_look import Look, look_for, looks_for_one_side
from checklist.papers.pdf_packing import packed
from checklist.papers.pdf_text import notice, prepared, texts_not_shown, to_box, with_boxes
from checklist.papers.visit import VisitSummary

if TYPE_CHECKING:
    from typst import Fonts

NOT_OFFERED = (
    "A PDF is made with 'typst', which is not installed here. Install it: "
    "pip install 'typst>=0.15.2,<0.16'. Or take --format html and print the page."
)
UNSHOWN = (
    "This computer could not print every letter that you typed. A box like this stands for it: □"
)

_FONTS = str(paths.STATIC / "fonts")
Standard = Literal["ua-1", "a-2a"]
_STANDARDS: tuple[Standard, ...] = ("ua-1", "a-2a")


class Pdf(Struct, frozen=True):
    """A PDF, and the letters that no typeface here has; a box on the paper stands for each."""

    content: bytes
    unshown: str = ""


def is_offered() -> bool:
    """Return whether typst is installed here."""
    try:
        return find_spec("typst") is not None
    except ImportError:
        return False


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
    try:
        import typst  # noqa: F401  # whether it can be loaded is the question
    except ImportError:
        raise ChecklistError(NOT_OFFERED) from None
    if visit.paper != "doctor":
        return _printed(visit, look_for(page, letters, display))[0]
    return _on_one_side(visit, page, display)


def _on_one_side(visit: VisitSummary, page: Page, display: Display) -> Pdf:
    for look in looks_for_one_side(page, display):
        pdf, pages = _printed(visit, look)
        if pages == 1:
            break
    return pdf


def _printed(visit: VisitSummary, look: Look) -> tuple[Pdf, int]:
    """Return the PDF and its number of pages."""
    data = prepared(visit)
    try:
        return _compiled(data, look, _bundled_fonts())
    except _NotShownError:
        return _printed_with_all_fonts(data, look)


def _printed_with_all_fonts(data: dict[str, Any], look: Look) -> tuple[Pdf, int]:
    """Return the same from all typefaces here, with boxes for what none of them has."""
    boxed: tuple[str, ...] = ()
    while True:
        try:
            pdf, pages = _compiled(_with_boxes(data, boxed), look, _all_fonts())
        except _NotShownError as error:
            more = [text for text in to_box(error.texts) if text not in boxed]
            if not more:
                pdf, pages = _set(_with_boxes(data, boxed), look, _all_fonts(), standards=())
                return replace(pdf, unshown="".join(boxed)), pages
            boxed += tuple(more)
        else:
            return replace(pdf, unshown="".join(boxed)), pages


def _with_boxes(data: dict[str, Any], texts: tuple[str, ...]) -> dict[str, Any]:
    if not texts:
        return data
    blocks = [*data["blocks"]]
    blocks.insert(_place_of_notice(blocks), notice(UNSHOWN))
    shown = {name: data[name] for name in ("title", "plain_title", "topic")} | {"blocks": blocks}
    longest_first = tuple(sorted(texts, key=len, reverse=True))
    return {**data, **with_boxes(shown, longest_first)}


def _place_of_notice(blocks: list[dict[str, Any]]) -> int:
    # Behind the day and the line for the name, which stand together.
    return 2 if [block["kind"] for block in blocks[:2]] == ["facts", "blank"] else 0


class _NotShownError(Exception):
    def __init__(self, texts: tuple[str, ...]) -> None:
        super().__init__(*texts)
        self.texts = texts


def _compiled(data: dict[str, Any], look: Look, fonts: "Fonts") -> tuple[Pdf, int]:
    from typst import TypstError

    try:
        return _set(data, look, fonts, standards=_STANDARDS)
    except TypstError as error:
        if texts := texts_not_shown(error.diagnostic):
            raise _NotShownError(texts) from None
    return _set(data, look, fonts, standards=())  # a paper that is less, but a paper


def _set(
    data: dict[str, Any], look: Look, fonts: "Fonts", *, standards: tuple[Standard, ...]
) -> tuple[Pdf, int]:
    from typst import Compiler

    folder = paths.TEMPLATES / "print"
    # One for each PDF: a compiler cannot serve two threads, and keeps what it was handed.
    compiler = Compiler(
        input=str(folder / "paper.typ"),
        root=str(folder),
        font_paths=fonts,
        sys_inputs={"paper": json.dumps(data), "look": json.dumps(asdict(look))},
    )
    day = datetime.fromisoformat(data["date_iso"]).replace(tzinfo=UTC)
    content = compiler.compile(
        format="pdf", pdf_standards=[*standards], timestamp=int(day.timestamp())
    )
    assert isinstance(content, bytes)  # noqa: S101  # a PDF is one file, whatever its pages
    return Pdf(packed(content)), json.loads(compiler.query("<pages>", field="value", one=True))


@cache
def _bundled_fonts() -> "Fonts":
    from typst import Fonts

    return Fonts(include_system_fonts=False, font_paths=[_FONTS])


@cache
def _all_fonts() -> "Fonts":
    from typst import Fonts

    return Fonts(include_system_fonts=True, font_paths=[_FONTS])
