"""How a paper looks: the classes for the person's display choices, what stands in the margins."""

import json
from typing import TYPE_CHECKING

from checklist.display import Display
from checklist.paper_names import Letters

if TYPE_CHECKING:
    from checklist.papers.visit import VisitSummary


def look(visit: "VisitSummary", display: Display) -> str:
    """Return the classes of a page that holds a paper.

    The doctor's page follows no display choice: it is laid out for one side, and for a doctor.

    Args:
        visit: the paper.
        display: the person's choices; colours play no part, as paper is black on white.
    """
    if visit.paper == "doctor":
        return "page--doctor"
    return (
        f"page--{visit.paper} print-size-{display.size} "
        f"print-spacing-{display.spacing} print-weight-{display.weight}"
    )


def margin_boxes(visit: "VisitSummary", letters: Letters) -> str:
    """Return the style rules that print notice, day and page number in the margin of each side.

    Browsers that print no such boxes leave them out; notice and day stand in the paper itself.

    Args:
        visit: any paper of the day.
        letters: those of the paper; in large print, the margins have them too.
    """
    labels = visit.labels
    page = f"{_quoted(labels.page + ' ')} counter(page) {_quoted(f' {labels.of} ')} counter(pages)"
    notice, day = _quoted(visit.running_notice), _quoted(visit.date)
    if letters == "large":
        boxes = {"top-left": notice, "bottom-left": day, "bottom-right": page}
    else:
        boxes = {"bottom-left": notice, "bottom-center": day, "bottom-right": page}
    points = {"ordinary": 11, "large": 16}[letters]
    font = f'font: {points}pt "Atkinson Hyperlegible Next", system-ui, sans-serif'
    rules = (
        f"@{name} {{ content: {words}; {font}; white-space: nowrap }}"
        for name, words in boxes.items()
    )
    return f"@page {{ {' '.join(rules)} }}\n"


def _quoted(text: str) -> str:
    # JSON escapes quotes and backslashes as CSS does; our own words hold no other such sign.
    return json.dumps(text, ensure_ascii=False)
