"""A page as the browser tells it to a screen reader: the accessibility tree, top to bottom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that is told; ``inside`` names the roles of what it stands in, outermost first."""

    role: str
    name: str
    description: str
    level: int
    inside: tuple[str, ...]
    group: str  # the name of the nearest group


@dataclass(frozen=True, slots=True)
class Reading:
    """A page as it is told, with what is seen on each thing that can be pressed."""

    told: list[Told]
    seen: list[str]  # the words on each link, button and box, in order
    leads: list[str]  # where each link goes, in order

    def of(self, *roles: str) -> list[Told]:
        return [told for told in self.told if told.role in roles]


def read(tab: Page) -> Reading:
    """Return all that is told of the page, in order."""
    return Reading(
        told=_all_told(tab),
        seen=tab.evaluate("measure.afresh().wordsOnWhatIsPressed()"),
        leads=tab.evaluate("measure.whereLinksLead()"),
    )


def _all_told(tab: Page) -> list[Told]:
    session = tab.context.new_cdp_session(tab)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    return list(_told(nodes[0], by_id, (), ""))


def _told(
    node: Mapping[str, Any], by_id: Mapping[str, Any], inside: tuple[str, ...], group: str
) -> Iterator[Told]:
    role = node.get("role", {}).get("value", "")
    name = _words(node, "name")
    if role == "InlineTextBox":
        return
    if not node["ignored"]:
        yield Told(role, name, _words(node, "description"), _level(node), inside, group)
        inside = (*inside, role)
        group = name if role == "group" else group
    for child in node.get("childIds", []):
        if child in by_id:
            yield from _told(by_id[child], by_id, inside, group)


def _words(node: Mapping[str, Any], about: str) -> str:
    return " ".join(node.get(about, {}).get("value", "").split())


def _level(node: Mapping[str, Any]) -> int:
    found = [p["value"]["value"] for p in node.get("properties", []) if p["name"] == "level"]
    return found[0] if found else 0
