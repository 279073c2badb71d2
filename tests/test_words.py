"""Every word that a person can meet: plain, short, taught, and none of the forbidden ones."""

import re
from functools import cache
from urllib.parse import urlsplit

import pytest

import words
from checklist.engine.assess import assess
from checklist.ruleset.content import Term
from checklist.wording.summary import summarise
from walks import Page, answer_sets, features, pages, ruleset

# All pages are walked once, not once by each worker.
pytestmark = pytest.mark.xdist_group("every page")

MOST_WORDS = 20
HARDEST = 9.0
MEAN = 6.0
SHOWN = 40  # of the worst offenders
# The list of words itself, where one word may be used in what explains another; and the paper
# for a doctor, who knows the words.
NOT_TAUGHT = ("/words", "/print/doctor", "Page for your doctor (200)")
# What stands here names something; it is taught where a sentence first uses it.
NAMES = {"h1", "h2", "h3", "h4", "h5", "h6", "legend", "label", "dt", "button", "svg"}

FORBIDDEN = re.compile(
    r"%|\b(?:(?:in)?eligib\w+|candidates?|(?:dis|un)?qualif\w+|(?:un)?suitab\w+|cur(?:e[sd]?|ing)"
    r"|reset\w*|wars?|fight\w*|fought|battl\w+|low[ -]risk|per ?cent|percentages?|please|sorry"
    r"|invalid|required|relaps\w+|therap(?:y|ies)|fail(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)


@cache
def met() -> dict[str, str]:
    """Return every unit of text that anybody meets, and the page where it first stands."""
    found: dict[str, str] = {}
    for page in pages():
        for unit in page.units:
            if not cites(unit.text):
                found.setdefault(unit.text, page.address)
    return found


@cache
def cites(text: str) -> bool:
    """Return whether a text names a source: titles of papers are not ours to reword."""
    return any(source.title in text for source in ruleset().sources.values())


@cache
def sentences() -> dict[str, str]:
    """Return every sentence that anybody meets, and the page where it first stands."""
    found: dict[str, str] = {}
    for text, address in met().items():
        for sentence in words.sentences(text):
            found.setdefault(sentence, address)
    return found


@cache
def grades() -> dict[str, float]:
    """Return the grade of every sentence of four words or more."""
    plain = words.Plain(ruleset())
    left = {sentence: plain.set_aside(sentence) for sentence in sentences()}
    return {
        sentence: words.grade(rest)
        for sentence, rest in left.items()
        if words.word_count(rest) >= words.FEWEST_WORDS_GRADED
    }


def listed(found) -> str:
    """Return offenders as lines, the worst first: measure, words, sentence, page."""
    worst_first = sorted(found, key=found.get, reverse=True)
    lines = [
        f"{found[said]:5.1f}  {words.word_count(said):3} words  {said}  [{sentences()[said]}]"
        for said in worst_first
    ]
    more = f"\n... and {len(lines) - SHOWN} more" if len(lines) > SHOWN else ""
    return f"{len(lines)} to reword:\n" + "\n".join(lines[:SHOWN]) + more


def test_the_pages_looked_at_show_every_rule_outcome_and_open_state():
    shown = set().union(*(features(assess(ruleset(), answers)) for answers in answer_sets()))
    for criterion in ruleset().criteria:
        rules = range(1, len(criterion.rules) + 1)
        assert {("rule", criterion.id, number) for number in rules} <= shown
        assert ("open", criterion.id) in shown
    assert {("outcome", outcome.id) for outcome in ruleset().outcomes} <= shown
    assert ("several outcomes",) in shown


def test_every_question_is_among_the_pages_looked_at():
    everything = "\n".join(met())
    assert not [q.id for q in ruleset().questions.values() if q.text not in everything]


def test_every_page_that_a_link_leads_to_is_looked_at():
    links = {a.get("href") or "" for page in pages() for a in page.shown.all("a")}
    inside = {urlsplit(link).path for link in links if link.startswith("/")}
    # A PDF says what the page of the same paper does; that is held elsewhere.
    inside = {path for path in inside if not path.endswith(".pdf")}
    assert inside <= {page.address for page in pages()}


def test_no_sentence_has_more_than_twenty_words():
    plain = words.Plain(ruleset())
    counts = {s: words.word_count(plain.names_shortened(s)) for s in sentences()}
    long = {sentence: float(count) for sentence, count in counts.items() if count > MOST_WORDS}
    assert not long, listed(long)


def test_no_sentence_reads_harder_than_grade_nine():
    hard = {sentence: grade for sentence, grade in grades().items() if grade > HARDEST}
    assert not hard, listed(hard)


def test_the_pages_read_at_grade_six_on_average():
    mean = sum(grades().values()) / len(grades())
    assert mean <= MEAN, f"{mean:.2f} over {len(grades())} sentences\n{listed(grades())}"


def test_no_forbidden_word_stands_anywhere():
    found = [
        f"{hit.group()!r} in: {text}  [{address}]"
        for text, address in met().items()
        if (hit := FORBIDDEN.search(text))
    ]
    assert not found, "\n".join(found)


def test_what_is_open_and_what_is_settled_never_read_alike():
    said: dict[tuple[str, bool], set[str]] = {}
    for answers in answer_sets():
        told = summarise(ruleset(), answers, assess(ruleset(), answers), "2026-11-22")
        for view in told.criteria:
            whole = said.setdefault((view.id, view.state == "open"), set())
            whole |= {view.reason, view.status_words}
    for criterion in ruleset().criteria:
        settled = said[criterion.id, False] | {rule.because for rule in criterion.rules}
        assert not settled & said[criterion.id, True]


@pytest.mark.parametrize("term", ruleset().glossary.values(), ids=lambda term: term.id)
def test_a_word_is_explained_at_or_before_its_first_use_on_a_page(term):
    taught = [page for page in pages() if page.address not in NOT_TAUGHT]
    uses = {f"{use}  [{page.address}]" for page in taught if (use := untaught_use(page, term))}
    assert not uses, "\n".join(uses)


def test_every_taught_word_is_used_somewhere():
    everything = "\n".join(text for text, address in met().items() if address != "/words")
    assert not [t.term for t in ruleset().glossary.values() if t.term not in everything]


def untaught_use(page: Page, term: Term) -> str:
    """Return the paragraph that first uses a term, where it is not explained by then; or ''."""
    told = ""
    for unit in page.units:
        if "main" not in unit.around:
            continue
        told = f"{told}\n{unit.text}"
        in_a_sentence = NAMES.isdisjoint(unit.around) and unit.text.endswith((".", "?", "!"))
        if in_a_sentence and not cites(unit.text) and uses_term(term.term, unit.text):
            return "" if explained(term, told) else unit.text
    return ""


def uses_term(term: str, text: str) -> bool:
    """Return whether a text uses a term: not quoted, and not as part of a name or longer term."""
    if term not in text:
        return False
    for name in names():
        if term in name and term != name:
            text = text.replace(name, "")
    return bool(re.search(rf"(?<![\w'-]){re.escape(term)}(?![\w-]|'(?!s\b))", text))


@cache
def names() -> tuple[str, ...]:
    """Return every term, title and label, the longest first."""
    titled = (*ruleset().sections, *ruleset().criteria, *ruleset().outcomes)
    found = {term.term for term in ruleset().glossary.values()} | {part.title for part in titled}
    found |= {label for q in ruleset().questions.values() for label in words.labels_of(q)}
    return tuple(sorted(found, key=len, reverse=True))


def explained(term: Term, told: str) -> bool:
    """Return whether plain words stand beside the term, or in a list of words before it."""
    plain, name = re.escape(term.plain), re.escape(term.term)
    ways = rf"{plain} \({name}\)|{name} \({plain}|{name}:?\s+{plain}"
    return bool(re.search(ways, told, re.IGNORECASE))
