"""The whole form by keyboard alone: every key press is counted."""

from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Browser, Page

from at_an_address import served
from checklist.ruleset.model import Choice, Grid, Integer, MultiChoice, Question, Text, YesNo
from checklist.web import create_app
from people import PEOPLE
from walks import ruleset

pytestmark = pytest.mark.browser

# What the people of other tests leave out, so that no question is skipped.
REST = {
    "filled_in_by": "me",
    "specialist": "no",
    "attacks_12": 2,
    "attacks_24": 3,
    "effects": ("sight", "hands"),
    "priorities": ("sight_and_moving", "avoid_harm"),
    "children": "no",
    "carer": "yes",
}


class Hands:
    """Somebody who knows Tab, arrows, Space, Enter and digits, and how often they pressed one."""

    def __init__(self, tab: Page):
        self.tab = tab
        self.presses = 0

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.tab.keyboard.press(key)
            self.presses += 1

    def focus(self) -> str:
        return self.tab.evaluate("document.activeElement.id || document.activeElement.innerText")

    def tab_to(self, wanted: str) -> None:
        """Press Tab until this has the focus, named by its id or its words."""
        for _ in range(60):
            if self.focus() == wanted:
                return
            self.press("Tab")
        raise AssertionError(f"the Tab key never reaches {wanted}")

    def follow(self, key: str) -> None:
        with self.tab.expect_navigation():
            self.press(key)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(create_app(ruleset())) as address:
        yield address


@pytest.fixture
def hands(browser: Browser, address: str) -> Iterator[Hands]:
    with browser.new_context(java_script_enabled=False) as context:
        tab = context.new_page()
        tab.goto(address)
        yield Hands(tab)


def choose(hands: Hands, name: str, options: Mapping[str, str], wanted: str) -> None:
    """Go to a group of radios by Tab, and to the option by arrows, the shorter way round."""
    place = list(options).index(wanted)
    hands.tab_to(f"{name}.0")
    if place == 0:
        hands.press("Space")
        return
    back = len(options) + 1 - place  # 'I do not know' stands last
    hands.press(*(("ArrowDown", place) if place <= back else ("ArrowUp", back)))


def tick(hands: Hands, question: MultiChoice, wanted: tuple[str, ...]) -> None:
    if not wanted:
        hands.tab_to(f"q-{question.id}.alone0")
        hands.press("Space")
    for number, option in enumerate(question.options):
        if option in wanted:
            hands.tab_to(f"q-{question.id}.{number}")
            hands.press("Space")


def answer_grid(hands: Hands, grid: Grid, said: Mapping[str, str]) -> None:
    """Answer item by item; what the last box says of all others is left to it."""
    rest = grid.rest.option if grid.rest else None
    for item in grid.items:
        if said[item] == rest:
            hands.tab_to(f"q-{grid.id}.{item}.0")  # passed by
        else:
            choose(hands, f"q-{grid.id}.{item}", grid.options, said[item])
    if rest in said.values():
        hands.tab_to(f"q-{grid.id}:rest.0")
        hands.press("Space")


def answer(hands: Hands, question: Question, said: object) -> None:
    match question, said:
        case ((YesNo() | Choice()), str()):
            choose(hands, f"q-{question.id}", question.options, said)
        case Integer(), int():
            hands.tab_to(f"q-{question.id}.box")
            for digit in str(said):
                hands.press(digit)
        case MultiChoice(), tuple():
            tick(hands, question, said)
        case Grid(), Mapping():
            answer_grid(hands, question, said)
        case Text(), None:
            pass


def fill_in(hands: Hands, said: Mapping[str, object]) -> int:
    """Answer page by page, and return how many questions were asked, each item of a grid one."""
    asked = 0
    for section in ruleset().sections:
        for question in section.questions:
            if hands.tab.locator(f"[id='q-{question.id}']").count():
                answer(hands, question, said.get(question.id))
                asked += len(question.items) if isinstance(question, Grid) else 1
        hands.follow("Enter")  # in a form, Enter presses its first button
    return asked


@pytest.mark.parametrize("person", ["the man of the report", "a pregnant woman"])
def test_the_whole_form_takes_few_key_presses(hands, person):
    hands.tab_to("Start")
    hands.follow("Enter")
    asked = fill_in(hands, {**REST, **PEOPLE[person]})
    hands.tab_to("See your result")
    hands.follow("Enter")
    assert hands.tab.title().startswith("Your result so far")
    pages = len(["start", *ruleset().sections, "check", "result"])
    assert hands.presses <= asked * 3 + pages * 2
