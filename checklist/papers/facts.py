"""What the doctor's page tells of the answers: each in several lengths, the weightiest first.

A fact stands whole, as a number of things that stand on the copy, or not at all: cut short, it
could say the opposite. Only what the person wrote is cut.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby

from checklist.papers.answers import said_lines
from checklist.papers.fit import Part
from checklist.papers.sheet import SIZE, WIDTH, fitted, lines, width
from checklist.papers.visit import Block, Facts, Words
from checklist.papers.voice import tidy
from checklist.ruleset.model import Grid, Question, Ruleset, Text
from checklist.wording.views import AnswerView, Summary

# How early a part of the page grows; what the author names first comes first within each.
IN_BRIEF, IN_FULL, WISHES, OWN_WORDS, REASONS, LINES, REST, WHOLE = range(0, 8000, 1000)
_FEW_LINES = 2  # a fact of more lines can be told as a number


@dataclass(frozen=True, slots=True)
class _Fact:
    """One answer in its forms, the shortest first, and how early each of them is taken."""

    forms: tuple[tuple[Words, ...], ...]
    early: tuple[int, ...]


def fact_parts(ruleset: Ruleset, summary: Summary) -> Iterator[Part]:
    """Yield a part for each section that something was said in, then one for each text.

    Args:
        ruleset: what was asked; its ``doctor_page`` says which answers come first.
        summary: what follows from the answers.
    """
    views = {view.id: view for section in summary.sections for view in section.answers}
    said = [name for name in listed(ruleset) if views[name].state in ("answered", "partly")]
    asked = [(place, ruleset.questions[name]) for place, name in enumerate(said)]
    sections = {section.id: section for section in ruleset.sections}
    others = [each for each in asked if not isinstance(each[1], Text)]
    for name, group in groupby(others, key=lambda each: each[1].section):
        section = sections[name]
        # What decides nothing waits until all that may decide has been told.
        decides = any(question.scored for question in section.questions)
        tell = _fact if decides else _wish
        yield _part(tidy(section.title), [tell(views[q.id], q, place) for place, q in group])
    for place, question in asked:
        if isinstance(question, Text):
            yield _own_words(views[question.id], question, place)


def listed(ruleset: Ruleset) -> tuple[str, ...]:
    """Return the questions of which the doctor's page tells, the weightiest first."""
    return ruleset.doctor_page or tuple(ruleset.questions)


def _wish(view: AnswerView, question: Question, place: int) -> _Fact:
    return _Fact((_said(view, question),), (WISHES + place,))


def _fact(view: AnswerView, question: Question, place: int) -> _Fact:
    if not question.scored and lines(_said(view, question)[0].text, WIDTH / 2) > 1:
        return _Fact((_said(view, question),), (IN_FULL + place,))
    forms, early = [_said(view, question)], [IN_BRIEF + place]
    if in_short := _in_short(view, question):
        forms, early = [in_short, *forms], [*early, REST]
    if sum(lines(each.text, WIDTH) for each in forms[0]) > _FEW_LINES:
        count = len(view.items) or view.answer.count("; ") + 1
        number = (Words(tidy(f"{view.short}: {count} are named on the copy")),)
        forms, early = [number, *forms], [early[0], IN_FULL + place, *early[1:]]
    return _Fact(tuple(forms), tuple(early))


def _said(view: AnswerView, question: Question) -> tuple[Words, ...]:
    said = said_lines(view, question)
    if len(said) == 1 and not isinstance(question, Grid):
        return (Words(tidy(f"{view.short}: {said[0].text}")),)
    return said


def _in_short(view: AnswerView, question: Question) -> tuple[Words, ...]:
    # Of a grid's items, only the number of those that have the answer meant for the rest.
    if not isinstance(question, Grid) or not question.rest:
        return ()
    rest = question.options[question.rest.option]
    others = tuple(item for item in view.items if item[1] != rest)
    if not others or len(others) > len(view.items) - 2:
        return ()
    number = Words(tidy(f"{rest}: the {len(view.items) - len(others)} others"))
    return (*said_lines(replace(view, items=others), question), number)


def _own_words(view: AnswerView, question: Text, place: int) -> Part:
    text = " ".join(line.text for line in said_lines(view, question))
    across = WIDTH - width(tidy(view.short), weight="bold") - 2 * SIZE
    lengths: list[tuple[Block, ...]] = [()]
    for most in (1, 2):
        shown = fitted(text, across, most)
        lengths.append((Facts(((tidy(view.short), (Words(shown, own=True),)),)),))
        if shown == text:
            break
    early = tuple(kind + place for kind in (OWN_WORDS, LINES))
    whole = len(lengths) - 1 if shown == text else None
    return Part(tuple(lengths), f"'{tidy(view.short)}'", early, whole)


def _part(title: str, facts: Sequence[_Fact]) -> Part:
    """Return the facts of a section as one row, which grows by one form of one fact at a time."""
    steps = sorted((early, at) for at, fact in enumerate(facts) for early in fact.early)
    taken = [0] * len(facts)
    lengths: list[tuple[Block, ...]] = [()]
    for _, at in steps:
        taken[at] += 1
        forms = [fact.forms[count - 1] for fact, count in zip(facts, taken, strict=True) if count]
        lengths.append((Facts(((title, _running(chain.from_iterable(forms))),)),))
    early = tuple(each for each, _ in steps)
    return Part(tuple(lengths), f"'{title}'", early, whole=len(lengths) - 1)


def _running(lines: Iterator[Words]) -> tuple[Words, ...]:
    # What the person wrote keeps lines of its own, as it may read in another direction.
    run: list[Words] = []
    for line in lines:
        if line.own:
            run.append(line)
        elif run and not run[-1].own:
            run[-1] = Words(f"{run[-1].text} {_stopped(line.text)}")
        else:
            run.append(Words(_stopped(line.text)))
    return tuple(run)


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
