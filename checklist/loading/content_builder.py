"""From the shape of what a ruleset shows to its model, with every citation looked up."""

from collections.abc import Sequence
from typing import Any

from msgspec import UNSET, structs

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
            builder.topic(topic, ("background", n)) for n, topic in enumerate(shape.background)
        ),
        "choices": tuple(
            builder.option(option, ("choices", n)) for n, option in enumerate(shape.choices)
        ),
        "figures": {name: builder.figure(name) for name in shape.figures},
        "timeline": builder.timeline(),
        "glossary": {name: builder.term(name) for name in shape.glossary},
        "marking": tuple(_marking(marking) for marking in shape.marking),
    }


class _ContentBuilder:
    def __init__(self, shape: schema.Ruleset, names: Names) -> None:
        self.names = names
        self.figures = shape.figures
        self.glossary = shape.glossary
        self.shape = shape

    def notes(self, given: Sequence[shapes.Note], path: Path) -> tuple[content.Note, ...]:
        return tuple(self.note(note, (*path, number)) for number, note in enumerate(given))

    def note(self, shape: shapes.Note, path: Path) -> content.Note:
        evidence = self.evidence(shape.evidence, path)
        self.names.check_cited(shape.sources, self.names.sources, (*path, "sources"))
        figure = ""
        if shape.figure is not UNSET:
            figure = shape.figure
            self.names.check_known(figure, self.figures, "figure", (*path, "figure"))
        return content.Note(shape.text, evidence, shape.sources, figure)

    def evidence(self, given: tuple[str, ...], path: Path) -> tuple[str, ...]:
        self.names.check_cited(given, self.names.evidence, (*path, "evidence"))
        return given

    def topic(self, shape: shapes.Topic, path: Path) -> content.Topic:
        return content.Topic(shape.id, shape.title, self.notes(shape.notes, (*path, "notes")))

    def option(self, shape: shapes.Option, path: Path) -> content.Option:
        good = self.notes(shape.good, (*path, "good"))
        bad = self.notes(shape.bad, (*path, "bad"))
        return content.Option(shape.id, shape.title, shape.text, good, bad)

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
        plain = {**structs.asdict(shape), "evidence": evidence}
        return content.Figure(id=name, **plain, place=self.names.document.key_place(path))

    def timeline(self) -> content.Timeline | None:
        shape = self.shape.timeline
        if shape is UNSET:
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
        return content.Timeline(shape.title, shape.text, tuple(events))

    def term(self, name: str) -> content.Term:
        shape = self.glossary[name]
        path: Path = ("glossary", name)
        for number, other in enumerate(shape.see):
            self.names.check_known(other, self.glossary, "term", (*path, "see", number))
        place = self.names.document.key_place(path)
        return content.Term(name, shape.term, shape.plain, shape.means, shape.see, place)


def _marking(shape: shapes.Marking) -> content.Marking:
    items = tuple(content.Mark(mark.item, mark.met, mark.reason) for mark in shape.items)
    return content.Marking(shape.standard, shape.text, items)


def _start(shape: shapes.Start) -> content.Start:
    urgent = shapes.Urgent("", "") if shape.urgent is UNSET else shape.urgent
    return content.Start(
        shape.what,
        shape.for_whom,
        shape.is_not,
        shape.at_hand,
        shape.time,
        urgent_title=urgent.title,
        urgent=urgent.text,
    )


def _about(shape: shapes.About, names: Names) -> content.About:
    return content.About(
        **structs.asdict(shape), place=names.document.place(("about", "next_review"))
    )
