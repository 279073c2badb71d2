"""What each key of the format is for, as an editor shows it beside the key.

Under ``Shape.key``, or under the key alone where it means the same in every shape. Keys that
``schema`` itself describes are not repeated here.
"""

from collections.abc import Mapping

_EVERYWHERE: Mapping[str, str] = {
    "id": "The name by which the rest of the file speaks of it: a-z, 0-9, _ and -, a letter first.",
    "title": "What it is called on the page.",
    "text": "The words that are shown.",
    "evidence": "The ids of what it rests on, from `evidence` at the top of the file.",
    "sources": "The ids of what it cites, from `sources` at the top of the file.",
    "labels": "What each status is called on the page.",
}
_QUESTION: Mapping[str, str] = {
    "text": "The question, as the person reads it.",
    "hint": "How to answer, or what counts.",
    "type": "How it is answered: yes_no, choice, integer, multi_choice, grid or text.",
    "options": "What can be answered: an id for rules, and the words that are shown.",
    "items": "What is asked about, one row each: an id for rules, and the words that are shown.",
    "minimum": "The lowest number that can be answered.",
    "maximum": "The highest number that can be answered.",
    "unit": "What the number counts, such as years.",
    "unit_one": "What one of them is called, such as year.",
    "max_length": "The most letters that can be typed: 1 to 600.",
}
_SHAPES: Mapping[str, Mapping[str, str]] = {
    "Ruleset": {
        "format": "The version of this format: always 1.",
        "title": "The title of every page.",
        "version": 'The version of your rules, in quotes, such as "2026.1".',
        "language": "The language of the words: en, de or pt-BR.",
        "start": "The first page.",
        "background": "What is known and not known, in topics, whatever the answers.",
        "figures": "Numbers from studies, drawn as people of people.",
        "timeline": "What happened when.",
        "glossary": "Words that are taught where they first stand on a page.",
        "marking": "The checklist held against published standards.",
        "doctor_questions": "Questions for the visit, whatever the answers.",
        "about": "Who made it, when, and what it cannot do.",
        "sources": "Everything that is cited, by id.",
        "evidence": "Single findings, by id, with their sources.",
        "sections": "The questions, one page each, in this order.",
        "facts": "Whole numbers, counted from answers, that rules can test.",
        "criteria": "What is judged: one decision table each.",
        "outcomes": "The results: the first whose `when` holds is shown.",
        "promises": "What must hold for every possible set of answers; proven by check.",
        "cases": "People made up as examples, and what should come out; tried by check.",
    },
    "About": {
        "made_by": "Who made the ruleset.",
        "paid_by": "Who paid for it.",
        "made": 'The day on which it was made, as "2026-01-31".',
        "reviewed": 'The day of the last review, as "2026-01-31".',
        "next_review": 'The day of the next review, as "2026-01-31"; check warns after it.',
        "limits": "What it cannot do.",
    },
    "Case": {
        "name": "Who this is, in plain words.",
        "answers": "The answers by question; what is left out is open.",
        "expect": "What should come out: outcome, score, criteria, or some of these.",
    },
    "Count": {
        "text": "What is counted, in words that go on after a number.",
        "count": "The id of a grid or multi_choice question.",
        "where": "Of a grid: the options that count.",
        "items": "Count only these items of the grid, or options of the multi_choice.",
    },
    "Tally": {
        "text": "What is counted, in words that go on after a number.",
        "tally": "Conditions, each as a `when`; the fact is how many of them hold.",
    },
    "Criterion": {
        "rules": "Tried from the top: the first whose `when` holds decides.",
        "why": "Why this matters.",
        "not_known": "What nobody knows about it.",
    },
    "Rule": {
        "status": "met, partly, not_met; or not_yet where it cannot be judged yet.",
        "points": "A whole number; the score is the sum over the criteria.",
        "because": "Why the rule decides so, to the person.",
    },
    "Event": {"year": "The year in which it happened."},
    "Evidence": {
        "text": "The finding, in your own words.",
        "confidence": "How sure it is: high, medium, low, or derived from other findings.",
    },
    "Expect": {
        "outcome": "The outcome's id, or a list of all that stay possible.",
        "score": "The score, or [lowest, highest].",
        "criteria": "For each criterion named: its status, or a list of all that stay possible.",
    },
    "Figure": {"count": "How many people.", "of": "Of how many people."},
    "Labels": {
        "met": "For met.",
        "partly": "For partly.",
        "not_met": "For not_met.",
        "not_yet": "For not_yet.",
        "open": "For what is open.",
    },
    "Mark": {
        "item": "What the standard asks for.",
        "met": "Whether the checklist meets it: yes, partly or no.",
        "reason": "Why you say so.",
    },
    "Marking": {"standard": "The name of the standard.", "items": "What it asks for, one by one."},
    "Option": {"good": "What speaks for it.", "bad": "What speaks against it."},
    "Rest": {"option": "The option that every item left open then has."},
    "Outcome": {
        "text": "What this result means, to the person.",
        "when": "Tests of criteria, by their status, and of `score`; without it, it always holds.",
        "next": "What the person can do next.",
        "ask": "Questions for the visit.",
    },
    "Promise": {
        "text": "What holds for everyone, in plain words.",
        "never": "Tests that must never all hold: of questions, facts, criteria, score, outcome.",
    },
    "Section": {
        "title": "The title of the page.",
        "intro": "Words above the questions.",
        "questions": "The questions of this page, in this order.",
    },
    "Source": {
        "title": "The title of the work.",
        "kind": "What it is: a paper, a handbook, a report.",
        "year": "The year in which it came out.",
        "authors": "Who wrote it.",
    },
    "Start": {
        "what": "What this is, in short paragraphs.",
        "for_whom": "Whom it is for.",
        "is_not": "What it is not.",
        "at_hand": "What is good to have at hand.",
        "time": "How long it takes.",
        "urgent": "A box for what cannot wait.",
    },
    "Term": {
        "term": "The word or phrase.",
        "means": "What it means, in plain words.",
        "see": "The ids of other words to look at.",
    },
    "Timeline": {"events": "What happened, the earliest first."},
    "Topic": {"notes": "The paragraphs."},
}
_QUESTIONS = ("YesNo", "Choice", "Integer", "MultiChoice", "Grid", "Text")


def meaning(shape: str, key: str) -> str | None:
    """Return what a key of a shape is for, or None if that is said nowhere here."""
    own = _QUESTION if shape in _QUESTIONS else _SHAPES.get(shape, {})
    return own.get(key) or _EVERYWHERE.get(key)
