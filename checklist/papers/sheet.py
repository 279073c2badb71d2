"""How much fits on one side: widths and heights of text, in points.

The figures are those of Atkinson Hyperlegible Next at 12 points, on the narrower of A4 and
Letter by the lower of the two, so that one page fits both. ``paper.css`` and the PDF are laid
out by the same figures.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Literal, assert_never

from checklist.papers.visit import (
    Blank,
    Block,
    Boxes,
    Facts,
    Heading,
    Items,
    Paragraph,
    Point,
    Points,
    References,
    Room,
    Words,
)

Weight = Literal["normal", "bold"]

_MM = 72 / 25.4
WIDTH = (210 - 2 * 17) * _MM  # of the text: A4 with 17 mm at each side
HEIGHT = (279.4 - 12 - 15) * _MM  # Letter with 12 mm above and 15 mm below
SIZE = 12.0
LINE = 1.2 * SIZE
ROOM_LINE = 8.0 * _MM
MARK = 20.0  # a hanging number, or a shape, with the gap behind it
_TITLES = 242.0  # the column of the points' titles, with the gap behind it
_GAP = 8.0
_BOX = (10.0, 10.0)  # what the notice's padding takes, across and down
_ROW = 3.5  # above and below the text of a row, with its rule
# Size and height of a heading, with the gaps around it.
_HEADING = {1: (18.0, 23.6), 2: (13.0, 22.6), 3: (12.0, 20.4), 4: (12.0, 18.4)}

# The advance of each letter from blank to tilde, in thousandths of the size.
_REGULAR = (
    280, 286, 301, 651, 592, 919, 731, 160, 299, 299, 485, 606, 210, 362, 210, 387, 648, 407, 548,
    576, 614, 588, 598, 510, 615, 595, 210, 210, 553, 628, 553, 480, 778, 626, 613, 645, 669, 569,
    552, 694, 694, 392, 512, 631, 541, 824, 693, 714, 592, 724, 614, 592, 558, 690, 593, 856, 623,
    575, 607, 317, 387, 344, 552, 372, 243, 525, 566, 485, 564, 538, 314, 558, 550, 252, 245, 492,
    262, 845, 550, 548, 566, 574, 349, 471, 326, 540, 461, 684, 481, 449, 460, 344, 237, 344, 555,
)  # fmt: skip
_BOLD = (
    312, 303, 390, 765, 610, 969, 725, 210, 335, 335, 485, 595, 271, 373, 272, 440, 659, 440, 579,
    600, 624, 607, 626, 537, 624, 571, 272, 272, 569, 612, 569, 547, 781, 678, 643, 658, 688, 597,
    566, 718, 701, 424, 561, 663, 552, 858, 717, 746, 629, 756, 650, 610, 607, 686, 644, 886, 685,
    650, 618, 340, 440, 344, 582, 400, 288, 552, 596, 510, 596, 563, 365, 593, 571, 300, 259, 555,
    318, 882, 571, 576, 596, 599, 376, 508, 376, 567, 530, 740, 539, 521, 505, 381, 254, 381, 537,
)  # fmt: skip
_OTHER, _WIDE = 720, 1100  # letters that the font may lack: as wide as they come elsewhere


def width(text: str, size: float = SIZE, weight: Weight = "normal") -> float:
    """Return how wide a text is on one line."""
    return sum(map(_ADVANCES[weight].__getitem__, text)) * size / 1000


def lines(
    text: str, across: float, size: float = SIZE, weight: Weight = "normal", begin: float = 0.0
) -> int:
    """Return over how many lines a text runs; a word that is wider than a line is broken.

    Args:
        text: the words.
        across: how wide a line is, in points.
        size: of the letters, in points.
        weight: of the letters.
        begin: how much of the first line is taken already, in points.
    """
    blank = width(" ", size, weight=weight)
    count, used = 1, begin
    for word in text.split():
        wide = width(word, size, weight=weight)
        if used and used + blank + wide > across:
            count, used = count + 1, 0.0
        whole, rest = divmod(wide, across) if wide > across else (0, wide)
        # A broken line is never quite full: a letter may not fit in what is left.
        count += int(whole * 1.06) + (1 if whole else 0)
        used = rest + (used + blank if used else 0.0)
    return count


def fitted(text: str, across: float, most: int) -> str:
    """Return a text cut between words so that it runs over at most so many lines."""
    if lines(text, across) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        cut = lines(_cut(text, middle), across) <= most
        low, high = (middle, high) if cut else (low, middle - 1)
    return _cut(text, low)


def _cut(text: str, most: int) -> str:
    kept = text[:most]
    at = kept.rfind(" ")
    return f"{(kept[:at] if at > most // 2 else kept).rstrip(' ,;:')} ..."


def height(blocks: Iterable[Block]) -> float:
    """Return how high these blocks are, the gaps between them with them."""
    return sum(map(_height, blocks))


def title_height(title: str, topic: str) -> float:
    """Return how high a paper's title is with its topic below it."""
    size, whole = _HEADING[1]
    broken = lines(title, WIDTH, size, weight="bold") + lines(topic, WIDTH) - 2
    return whole + LINE + 4 + broken * 1.2 * size


def _height(block: Block) -> float:
    match block:
        case Heading(level=level, text=text):
            size, whole = _HEADING[level]
            return whole + (lines(text, WIDTH, size, weight="bold") - 1) * 1.2 * size
        case Paragraph(words=words, role="notice"):
            return _BOX[1] + 4 + lines(words.text, WIDTH - 2 * _BOX[0]) * LINE
        case Paragraph(words=words):
            return 4 + lines(words.text, WIDTH) * LINE
        case Items(items=items):
            return 2 + sum(1.5 + lines(item.text, WIDTH - MARK) * LINE for item in items)
        case Facts(rows=rows):
            return sum(_ROW + LINE * _row_lines(name, words) for name, words in rows)
        case Points(rows=points):
            return sum(map(_point_height, points))
        case Room(lines=count):
            return count * ROOM_LINE + 4
        case Blank():
            return 0.0  # it stands beside the day
        case Boxes() | References():
            raise ValueError(f"{type(block).__name__} has no place on a page of one side")
        case _:
            assert_never(block)


def _bold_lines(text: str, across: float) -> int:
    return lines(text, across, weight="bold")


def _row_lines(name: str, said: Iterable[Words]) -> int:
    # What is said runs on behind its name.
    named, wide = _bold_lines(name, WIDTH), width(name, weight="bold") + _GAP
    behind = [
        lines(words.text, WIDTH, begin=0.0 if at or named > 1 else wide)
        for at, words in enumerate(said)
    ]
    return sum(behind) + (named if named > 1 or not behind else 0)


def _point_height(point: Point) -> float:
    named = _bold_lines(point.title, _TITLES - MARK - _GAP)
    judged = lines(point.status_words, WIDTH - _TITLES - MARK)
    reason = lines(point.reason, WIDTH - MARK) if point.reason else 0
    return _ROW + LINE * (max(named, judged) + reason)


class _Advances(dict[str, int]):
    """The advance of each letter; of those that the tables lack, worked out when asked."""

    def __missing__(self, letter: str) -> int:
        if unicodedata.combining(letter):
            return 0
        return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _other(letter)


_ADVANCES: dict[Weight, _Advances] = {
    "normal": _Advances((chr(32 + place), each) for place, each in enumerate(_REGULAR)),
    "bold": _Advances((chr(32 + place), each) for place, each in enumerate(_BOLD)),
}


@cache
def _other(letter: str) -> int:
    base = unicodedata.normalize("NFD", letter)[0]
    place = ord(base) - 32
    return _BOLD[place] if 0 <= place < len(_BOLD) else _OTHER
