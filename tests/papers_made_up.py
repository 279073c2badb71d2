"""Papers made up for the tests: each kind of block, and more than anybody would write."""

from functools import cache

from checklist.display import Display
from checklist.engine.assess import assess
from checklist.papers.paper_files import paper as paper_of
from checklist.papers.paper_files import pdf_of
from checklist.papers.visit import (
    Blank,
    Boxes,
    Facts,
    Heading,
    Items,
    Labels,
    Paragraph,
    Point,
    Points,
    Reference,
    References,
    Room,
    VisitSummary,
    Words,
)
from checklist.wording.summary import summarise
from pdf_reader import Reader
from people import PEOPLE
from walks import ruleset

DAY = "2026-03-12"
NOTE = "Zoe took azathioprine from 2014 to 2017, and her liver values rose. " * 8
NOTICE = "Educational guidance only, not medical advice"
STATES = ("met", "partly", "not_met", "not_yet", "open")
STATUS_WORDS = ("Looks met", "Partly met", "Looks not met", "Not yet", "Not known yet")


def points(count=5, reason="You said that the report names this, and that it was found in 2019."):
    return Points(
        ("Point", "Status", "Why we say so"),
        tuple(
            Point(
                n + 1, f"Point number {n + 1} of them", STATES[n % 5], STATUS_WORDS[n % 5], reason
            )
            for n in range(count)
        ),
    )


def paper(*blocks, kind="copy", title="Your copy", topic="A donor stem-cell transplant"):
    return VisitSummary(
        kind,
        1,
        "en",
        "ltr",
        title,
        topic,
        "2026-03-12",
        "12 March 2026",
        NOTICE,
        Labels("Page", "of", "Date"),
        blocks,
    )


def every_kind(*more, kind="copy"):
    return paper(
        Paragraph(Words(f"{NOTICE}. It cannot tell you whether this is right for you."), "notice"),
        Paragraph(Words("Take this to your specialist."), "lead"),
        Heading(2, "First questions"),
        Items((Words("Which donor could give cells?"), Words("What did my scan show?", True)), 1),
        Heading(2, "What I said"),
        Facts(
            (("Age", (Words("34 years"),)), ("Medicines", (Words("One", True), Words("Two")))),
        ),
        Heading(2, "Each point"),
        points(),
        Paragraph(Words("And a paragraph after it.")),
        Items(
            (Words("A bullet"), Words("Another")),
        ),
        Heading(2, "To fill in"),
        Blank("Name"),
        Heading(3, "Which of these?"),
        Boxes("Tick one", ("The first", "The second", "I do not know"), 1),
        *more,
        Heading(2, "Sources"),
        References(
            (
                Reference(
                    1, "The first source. 2020.", "https://doi.org/10.1007/978-3-031-44080-9"
                ),
                Reference(2, "A source without address. 2021.", ""),
            )
        ),
        Heading(2, "Room to write"),
        Room(4, fill=True),
        kind=kind,
    )


@cache
def visit_of(person, name):
    """Return a paper of one of the people, who also wrote a long note."""
    answers = {**PEOPLE[person], "medicine_notes": NOTE[:600]} if PEOPLE[person] else {}
    judged = assess(ruleset(), answers)
    return paper_of(name, ruleset(), summarise(ruleset(), answers, judged, DAY))


@cache
def printed(person, name, page="a4", display=Display()):  # noqa: B008  # frozen
    """Return the same as a PDF, read."""
    return Reader(pdf_of(name, visit_of(person, name), page, display).content)
