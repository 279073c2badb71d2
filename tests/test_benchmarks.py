"""The benchmarks: all contenders judge alike, and what a run wrote is whole."""

import importlib.util
import re
import sys
from pathlib import Path

import pytest

from checklist.engine.assess import assess

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT))  # last, so that an installed Checklist is the one that is tested
from benchmarks import engine, peers, sailing  # noqa: E402 - found only now

DOCUMENT = ROOT / "docs" / "benchmarks.md"
SECTIONS = (
    "One person: complete answers",
    "One person: 30% of answers open",
    "Worst cases, the first time",
    "Scale",
    "Start: from the command to the first page",
    "Pages",
)


def test_checklist_judges_the_sailing_model_as_the_function_written_by_hand_does():
    ruleset = sailing.fresh_ruleset()
    for person in sailing.people(200):
        assert engine.said_by_us(assess(ruleset, person)) == engine.said_by_hand(person)


@pytest.mark.skipif(importlib.util.find_spec("zen") is None, reason="the peers are not installed")
def test_every_peer_that_is_installed_judges_alike():
    found, _ = peers.available()
    assert found
    assert engine.disagreements(sailing.fresh_ruleset(), found, 20) == 0


def test_open_answers_come_out_as_all_their_completions_do():
    ruleset = sailing.fresh_ruleset()
    for person in sailing.partly_open(30):
        expected = engine.by_enumeration(person)
        assert expected in (None, frozenset(assess(ruleset, person).outcomes))


@pytest.mark.parametrize("section", SECTIONS)
def test_what_a_run_wrote_has_every_section(section):
    assert f"\n## {section}\n" in DOCUMENT.read_text(encoding="utf-8")


def test_what_a_run_wrote_names_no_path_of_the_machine():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert not re.search(r"(/home|/root|/tmp|/Users|[A-Z]:\\)", text)
