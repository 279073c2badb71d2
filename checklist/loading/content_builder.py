"""From the shape of what a ruleset shows to its model, with every citation looked up."""

from collections.abc import Mapping
from typing import Any

from checklist.loading import content_schema as shapes
from checklist.loading import schema
from checklist.loading.document import Path
from checklist.loading.naming import Names
from checklist.ruleset import content

FEWEST_PEOPLE = 20


def content_of(shape: schema.Ruleset, names: Names) -> dict[str, Any]:
    """Return what a ruleset shows, under the names that ``model.Ruleset`` has for it."""
    builder = _ContentBuilder(shape, names)
    return {
        "start": _start(shape.start),
        "about": _about(shape.about, names),
        "guidance": builder.notes(shape.guidance, ("guidance",)),
        "background": tuple(
            builder.topic(topic, ("background", n))
            for n, topic in enumerate(shape.background or ())
        ),
        "choices": tuple(
            builder.option(option, ("choices", n)) for n, option in enumerate(shape.choices or ())
        ),
        "figures": {name: builder.figure(name) for name in shape.figures or {}},
        "timeline": builder.timeline(),
        "glossary": {name: builder.term(name) for name in shape.glossary or {}},
        "marking": tuple(_marking(marking) for marking in shape.marking or ()),
    }


class _ContentBuilder:
    def __init__(self, shape: schema.Ruleset, names: Names) -> None:
        self.names = names
        self.figures: Mapping[str, shapes.Figure] = shape.figures or {}
        self.glossary: Mapping[str, shapes.Term] = shape.glossary or {}
        self.shape = shape

    def notes(self, given: list[shapes.Note] | None, path: Path) -> tuple[content.Note, ...]:
        return tuple(self.note(note, (*path, number)) for number, note in enumerate(given or ()))

    def note(self, shape: shapes.Note, path: Path) -> content.Note:
        evidence = self.evidence(shape.evidence, path)
        self.names.check_cited(shape.sources, self.names.sources, (*path, "sources"))
        if shape.figure is not None:
            self.names.check_known(shape.figure, self.figures, "figure", (*path, "figure"))
        return content.Note(shape.text, evidence, tuple(shape.sources or ()), shape.figure or "")

    def evidence(self, given: list[str] | None, path: Path) -> tuple[str, ...]:
        self.names.check_cited(given, self.names.evidence, (*path, "evidence"))
        return tuple(given or ())

    def topic(self, shape: shapes.Topic, path: Path) -> content.Topic:
        return content.Topic(shape.id, shape.title, self.notes(shape.notes, (*path, "notes")))

    def option(self, shape: shapes.Option, path: Path) -> content.Option:
        good = self.notes(shape.good, (*path, "good"))
        bad = self.notes(shape.bad, (*path, "bad"))
        return content.Option(shape.id, shape.title, shape.text or "", good, bad)

    def figure(self, name: str) -> content.Figure:
        shape = self.figures[name]
        path: Path = ("figures", name)
        if shape.people < FEWEST_PEOPLE:
            message = (
                f"{shape.people} people are too few for a figure; at least {FEWEST_PEOPLE} are "
                "needed. Say it in a note, person by person"
            )
            self.names.fault(message, (*path, "people"))
        if shape.count > shape.of and self.names.soundness.is_given((*path, "of")):
            message = f"the count {shape.count} is more than the {shape.of} that it is counted of"
            self.names.fault(message, (*path, "count"))
        evidence = self.evidence(shape.evidence, path)
        plain = {**shape.model_dump(), "evidence": evidence}
        return content.Figure(id=name, **plain, place=self.names.document.key_place(path))

    def timeline(self) -> content.Timeline | None:
        shape = self.shape.timeline
        if shape is None:
            return None
        events = []
        for number, event in enumerate(shape.events):
            path: Path = ("timeline", "events", number)
            before: Path = ("timeline", "events", max(0, number - 1), "year")
            known = self.names.soundness.is_given(before)
            if number and known and event.year < shape.events[number - 1].year:
                message = "this year comes before the one above; write the earliest first"
                self.names.fault(message, (*path, "year"))
            evidence = self.evidence(event.evidence, path)
            events.append(content.Event(event.year, event.title, event.text, evidence))
        return content.Timeline(shape.title, shape.text or "", tuple(events))

    def term(self, name: str) -> content.Term:
        shape = self.glossary[name]
        path: Path = ("glossary", name)
        for number, other in enumerate(shape.see or ()):
            self.names.check_known(other, self.glossary, "term", (*path, "see", number))
        place = self.names.document.key_place(path)
        see = tuple(shape.see or ())
        return content.Term(name, shape.term, shape.plain, shape.means, see, place)


def _marking(shape: shapes.Marking) -> content.Marking:
    items = tuple(content.Mark(mark.item, mark.met, mark.reason) for mark in shape.items)
    return content.Marking(shape.standard, shape.text or "", items)


def _start(shape: shapes.Start | None) -> content.Start:
    if shape is None:
        return content.Start()
    return content.Start(
        what=tuple(shape.what or ()),
        for_whom=tuple(shape.for_whom or ()),
        is_not=tuple(shape.is_not or ()),
        at_hand=tuple(shape.at_hand or ()),
        time=shape.time or "",
        urgent_title=shape.urgent.title if shape.urgent else "",
        urgent=shape.urgent.text if shape.urgent else "",
    )


def _about(shape: shapes.About | None, names: Names) -> content.About:
    if shape is None:
        return content.About()
    plain = shape.model_dump(exclude_none=True)
    place = names.document.place(("about", "next_review"))
    return content.About(**{**plain, "limits": tuple(plain.get("limits", ())), "place": place})
