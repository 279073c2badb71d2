"""A PDF as a program for reading aloud and a printer see it: tags, letters, and where they are."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pikepdf
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import apply_matrix_pt

UNSEEN = dict.fromkeys(map(ord, "\u200b\u00ad"))


@dataclass(frozen=True, slots=True)
class Letter:
    """A glyph: its text, its place in points from the page's lower left, and its size."""

    page: int
    mark: int | None  # None: an artifact, which is not read aloud
    text: str
    left: float
    right: float
    base: float
    size: float


class Device(PDFTextDevice):
    def __init__(self, manager, letters):
        super().__init__(manager)
        self.letters, self.marks, self.page = letters, [], -1

    def begin_page(self, page, ctm):
        self.page += 1
        self.set_ctm(ctm)

    def begin_tag(self, tag, props=None):
        self.marks.append(props.get("MCID") if isinstance(props, dict) else None)

    def end_tag(self):
        self.marks.pop()

    def render_char(self, matrix, font, fontsize, scaling, rise, cid, *_):
        width = font.char_width(cid) * fontsize * scaling
        (left, base), (right, _) = (apply_matrix_pt(matrix, (x, rise)) for x in (0, width))
        _, top = apply_matrix_pt(matrix, (0, fontsize))
        mark = next((mark for mark in reversed(self.marks) if mark is not None), None)
        text = font.to_unichr(cid)
        self.letters.append(Letter(self.page, mark, text, left, right, base, abs(top - base)))
        return width


@dataclass(frozen=True)
class Tag:
    """An element of the structure tree with its text, and those inside it."""

    kind: str
    node: pikepdf.Dictionary
    parts: tuple["Tag | str", ...]

    def all(self, *kinds: str) -> list["Tag"]:
        inside = [
            found for part in self.parts if isinstance(part, Tag) for found in part.all(*kinds)
        ]
        return [self, *inside] if self.kind in kinds else inside

    def text(self, *without: str) -> str:
        return "".join(
            part if isinstance(part, str) else part.text(*without)
            for part in self.parts
            if isinstance(part, str) or part.kind not in without
        )


class Reader:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.file = pikepdf.open(io.BytesIO(content))

    @cached_property
    def letters(self) -> list[Letter]:
        letters: list[Letter] = []
        manager = PDFResourceManager()
        interpreter = PDFPageInterpreter(manager, Device(manager, letters))
        for page in PDFPage.get_pages(io.BytesIO(self.content)):
            interpreter.process_page(page)
        return letters

    @cached_property
    def tree(self) -> Tag:
        pages = {page.objgen: index for index, page in enumerate(self.file.pages)}
        marked: dict[tuple[int, int | None], str] = {}
        for letter in self.letters:
            key = (letter.page, letter.mark)
            marked[key] = marked.get(key, "") + letter.text
        return Tag(
            "Root",
            self.file.Root,
            tuple(self._parts(self.file.Root.StructTreeRoot, None, pages, marked)),
        )

    def _parts(self, node, page, pages, marked) -> Iterator[Tag | str]:
        page = node.get("/Pg", page)
        inside = node.get("/K", [])
        for part in inside if isinstance(inside, pikepdf.Array) else [inside]:
            if isinstance(part, int):
                yield marked.get((pages[page.objgen], part), "")
            elif part.get("/Type") == "/MCR":
                yield marked.get((pages[part.get("/Pg", page).objgen], int(part.MCID)), "")
            elif part.get("/Type") != "/OBJR":
                parts = tuple(self._parts(part, page, pages, marked))
                yield Tag(str(part.S)[1:], part, parts)

    def page_text(self, number: int) -> str:
        """Return all that is printed on a page, white space removed."""
        return bare("".join(letter.text for letter in self.letters if letter.page == number))


def bare(text: str) -> str:
    """Return text without white space and without what cannot be seen."""
    return "".join(text.translate(UNSEEN).split())
