"""Files and requests from strangers: each is taken or refused in words, never a trace.

Each is tried with 10 seconds of work and 600 MB, in a process of its own for many of them.
"""

import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.errors import AnswersError, RulesetError
from checklist.loading.loader import load_ruleset, read_ruleset
from checklist.ruleset.answers import read_answers
from checklist.text_rules import first_refused
from checklist.web import create_app
from hostile import EVERY_KIND, OUTER, STRANGE
from wire import WAIT

BATCH = Path(__file__).with_name("batch.py")
KINDS = load_ruleset(EVERY_KIND)
VIEWS = create_app(KINDS).view_functions
posix_only = pytest.mark.skipif(os.name != "posix", reason="limits are POSIX's")


def outcomes(kind, seed, count):
    done = subprocess.run(
        [sys.executable, BATCH, kind, str(seed), str(count)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=WAIT,
        check=False,
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, len(found)) == (0, count), (len(found), done.stderr[-2000:])
    return found


@posix_only
@pytest.mark.parametrize("seed", range(4))
def test_a_hostile_ruleset_is_taken_or_refused_with_file_and_line(seed):
    found = outcomes("check", seed, 80)
    assert {outcome["status"] for outcome in found} == {0, 1}
    for outcome in found:
        assert outcome["status"] == 0 or outcome["said"]
        for line in outcome["said"]:
            assert first_refused(line) is None
            assert re.match(r"hostile\d+(:\d+:\d+)?: |and [\d,]+ more", line), line


@posix_only
@pytest.mark.parametrize("seed", range(2))
def test_a_hostile_answers_file_is_taken_or_refused_in_words(seed):
    found = outcomes("assess", seed, 150)
    assert {outcome["status"] for outcome in found} == {0, 1}
    for outcome in found:
        assert outcome["status"] == 0 or outcome["said"]
        for line in outcome["said"]:
            assert first_refused(line) is None
            assert re.match(r"hostile\d+: |and [\d,]+ more", line), line


@posix_only
@pytest.mark.skipif("saved.open_saved" not in VIEWS, reason="this form opens no files yet")
@pytest.mark.parametrize("seed", range(2))
def test_a_hostile_file_sent_to_the_form_is_shown_or_refused_and_changes_nothing(seed):
    found = outcomes("upload", seed, 130)
    assert {outcome["status"] for outcome in found} <= {200, 413, 422}
    assert all(outcome["kept"] for outcome in found)


@posix_only
@pytest.mark.parametrize("seed", range(2))
def test_noise_in_any_field_header_or_cookie_gets_a_page_and_breaks_nothing(seed):
    found = outcomes("forms", seed, 300)
    statuses = {outcome["status"] for outcome in found}
    assert max(statuses) < 500
    assert {200, 303, 409, 422} <= statuses
    assert not [line for outcome in found for line in outcome["said"] if "Traceback" in line]


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(STRANGE),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from([*OUTER]), inner),
    max_leaves=20,
)


@settings(max_examples=200)
@given(st.binary() | ANY_JSON.map(lambda value: json.dumps(value).encode()))
def test_no_bytes_make_the_reader_of_answers_do_anything_but_refuse(content):
    with pytest.raises(AnswersError):
        read_answers(KINDS, content)


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from([*KINDS.questions]), ANY_JSON))
def test_answers_of_any_kind_are_taken_or_refused(answers):
    content = json.dumps({**OUTER, "answers": answers}).encode()
    taken = {}
    with suppress(AnswersError):
        taken = read_answers(KINDS, content)
    assert taken.keys() <= KINDS.questions.keys()


@settings(max_examples=200)
@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_make_the_reader_of_rulesets_do_anything_but_refuse(content):
    with pytest.raises(RulesetError):
        read_ruleset(content, "any.yaml")
