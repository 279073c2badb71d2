"""How a paper looks: the classes for the person's display choices, what stands in the margins."""

import json

from checklist.display import Display
from checklist.visit import VisitSummary


def look(visit: VisitSummary, display: Display) -> str:
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


def margin_boxes(visit: VisitSummary) -> str:
    """Return the style rules that print notice, day and page number in the margin of each side.

    Browsers that print no such boxes leave them out; notice and day stand in the paper itself.
    """
    labels = visit.labels
    count = f"{_quoted(labels.page + ' ')} counter(page) {_quoted(f' {labels.of} ')} counter(pages)"
    boxes = {
        "bottom-left": _quoted(visit.running_notice),
        "bottom-center": _quoted(visit.date),
        "bottom-right": count,
    }
    return "".join(
        f"@page {{ @{name} {{ content: {content}; {_FONT} }} }}\n"
        for name, content in boxes.items()
    )


_FONT = 'font: 11pt "Atkinson Hyperlegible Next", system-ui, sans-serif; white-space: nowrap;'


def _quoted(text: str) -> str:
    # JSON escapes quotes and backslashes as CSS does; our own words hold no other such sign.
    return json.dumps(text, ensure_ascii=False)
