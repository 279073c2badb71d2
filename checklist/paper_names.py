"""The papers by the names that browser and shell ask for them, and in which forms they come.

Plain data. Knows nothing of what stands on a paper, nor of how one is made.
"""

from typing import Literal, get_args

Name = Literal["doctor", "copy", "large", "blank", "blank-large"]
Page = Literal["a4", "letter"]  # the size of the sheets
Letters = Literal["ordinary", "large"]  # large print is a layout of its own

NAMES: tuple[Name, ...] = get_args(Name)
PAGES: tuple[Page, ...] = get_args(Page)


def letters_of(name: Name) -> Letters:
    """Return the letters that the paper of this name is in, whatever else somebody chose."""
    return "large" if name in ("large", "blank-large") else "ordinary"


def file_name(name: Name, page: Page) -> str:
    """Return the name for a paper's PDF file; it says nothing of what was answered."""
    return f"checklist-{name}-{page}.pdf"
