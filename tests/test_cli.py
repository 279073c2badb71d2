"""The commands, as somebody at a shell meets them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from wire import WAIT

RULESETS = Path(__file__).parent / "rulesets"
PLANTING = RULESETS / "good" / "planting_out.yaml"
EXAMPLE = Path(__file__).parents[1] / "examples" / "long_ride.yaml"
RULES = Path(__file__).parents[1] / "rules.yaml"


def run(*arguments, stdin=None, **more):
    return subprocess.run(
        [sys.executable, "-m", "checklist", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=WAIT,
        **more,
    )


def answers_text(ruleset="planting-out", version="2026.1", **answers):
    return json.dumps({"format": 1, "ruleset": ruleset, "version": version, "answers": answers})


@pytest.fixture
def answers(tmp_path):
    path = tmp_path / "answers.json"
    path.write_text(answers_text(night_low=9, hardened=None), "utf-8")
    return path


def test_assess_gives_the_documented_json(answers):
    done = run("assess", answers, "--rules", PLANTING, "--format", "json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert list(found) == ["ruleset", "score", "outcomes", "criteria", "find_out", "set_aside"]
    assert found["outcomes"] == ["wait", "plant", "harden"]


def test_assess_reads_standard_input(answers):
    text = answers_text(night_low=0)
    done = run("assess", "-", "--rules", PLANTING, "--format", "json", stdin=text)
    assert json.loads(done.stdout)["outcomes"] == ["wait"]


def test_assess_says_it_in_words(answers):
    done = run("assess", answers, "--rules", PLANTING)
    assert "How long have they stood outdoors by day?" in done.stdout
    assert "Not known yet" in done.stdout


def test_assess_tells_what_was_not_known_from_what_was_left_out(tmp_path):
    saved = json.loads(answers_text(night_low=9, hardened=None))
    saved |= {"not_known": ["hardened", "nowhere"], "to_ask": [{"own": "And in May?"}, 5]}
    file = tmp_path / "my-answers.json"
    file.write_text(json.dumps(saved), "utf-8")
    said = run("assess", file, "--rules", PLANTING).stdout
    assert "You said: I do not know" in said
    assert "And in May?" in said


def test_assess_tells_what_differs_where_answers_are_of_another_version(tmp_path):
    older = json.loads(answers_text(version="2025.1", night_low=9, hardened=None))
    file = tmp_path / "my-answers.json"
    file.write_text(json.dumps(older | {"not_known": ["gone"]}), "utf-8")
    done = run("assess", file, "--rules", PLANTING, "--format", "json")
    assert done.returncode == 0
    assert "version '2025.1' of the ruleset, judged by version '2026.1'" in done.stderr
    assert "'Is frost forecast this week?' is not in the file, and counts as open" in done.stderr
    assert "How long have they stood outdoors by day?" not in done.stderr
    assert "'gone'" in done.stderr


def test_assess_has_nothing_to_add_where_answers_are_of_this_version(answers):
    assert run("assess", answers, "--rules", PLANTING).stderr == ""


def test_assess_writes_a_page_that_needs_nothing_else(answers, tmp_path):
    page = tmp_path / "page.html"
    done = run("assess", answers, "--rules", PLANTING, "--format", "html", "--output", page)
    assert (done.returncode, done.stdout) == (0, "")
    html = page.read_text("utf-8")
    assert "Are your seedlings ready to plant out?" in html
    assert "/static/" not in html
    assert 'href="/' not in html


def test_no_format_is_offered_that_does_not_work(answers):
    done = run("assess", answers, "--rules", PLANTING, "--format", "docx")
    assert done.returncode == 2
    assert "'text', 'json', 'html', 'pdf'" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["assess", "missing.json"], "missing.json: cannot be read: No such file"),
        (["assess", "-", "--rules", "missing.yaml"], "missing.yaml:1:1: ruleset: cannot be read"),
        (["check", "missing.yaml"], "missing.yaml:1:1: ruleset: cannot be read"),
        (["check", str(RULESETS / "bad" / "not_yaml.yaml")], "not_yaml.yaml:12:19: ruleset: "),
        (["check", str(RULESETS)], "cannot be read: Is a directory"),
        (["serve", "--rules", "missing.yaml"], "missing.yaml:1:1: ruleset: cannot be read"),
    ],
    ids=["no answers", "no rules", "no file", "bad file", "a folder", "serve"],
)
def test_what_is_wrong_is_one_line_and_status_1(arguments, says):
    done = run(*arguments, stdin="{}")
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_every_bad_answer_is_named_with_its_file(tmp_path):
    path = tmp_path / "mine.json"
    path.write_text(answers_text(night_low=99, pests={"slug": "few"}), "utf-8")
    done = run("assess", path, "--rules", PLANTING)
    assert done.returncode == 1
    assert [line.startswith(f"{path}: answers.") for line in done.stderr.splitlines()] == [True] * 2


def test_wrong_usage_is_status_2():
    assert run("asess").returncode == 2
    assert run("serve", "--port", "99999").returncode == 2


def test_check_proves_the_rulesets_that_come_with_the_program():
    for arguments in (["check"], ["check", EXAMPLE], ["check", PLANTING]):
        done = run(*arguments)
        assert done.returncode == 0, done.stderr
        assert "sound" in done.stdout


def test_check_fails_with_a_line_for_each_finding():
    done = run("check", RULESETS / "bad" / "promise_broken.yaml")
    assert done.returncode == 1
    assert "promise_broken.yaml:42:5: promises.1: the promise" in done.stderr


def test_check_warns_of_a_review_that_is_overdue_but_does_not_fail_for_it(tmp_path):
    overdue = tmp_path / "overdue.yaml"
    text = EXAMPLE.read_text("utf-8")
    overdue.write_text(text.replace('next_review: "2027-11-22"', 'next_review: "2020-01-01"'))
    done = run("check", overdue)
    assert done.returncode == 0
    assert "overdue.yaml:27:16: about.next_review: the next review was due" in done.stderr


def test_check_refuses_a_ruleset_whose_answers_would_not_fit_where_they_are_kept(tmp_path):
    text = PLANTING.read_text("utf-8")
    wordy = "".join(
        f"      - {{id: note{n}, text: More?, type: text, max_length: 600}}\n" for n in range(9)
    )
    path = tmp_path / "wordy.yaml"
    path.write_text(text.replace("facts:  ", f"{wordy}\nfacts:  "), "utf-8")
    done = run("check", path)
    assert done.returncode == 1
    assert "wordy.yaml" in done.stderr
    assert "3,800" in done.stderr


def test_the_schema_accepts_good_rulesets_and_refuses_bad_ones():
    from checklist.loading.yaml_text import read_yaml

    validator = jsonschema.Draft202012Validator(json.loads(run("schema").stdout))
    for path in (PLANTING, EXAMPLE, RULES, RULESETS / "every_kind.yaml"):
        validator.validate(read_yaml(path.read_bytes(), path.name).value)
    for name in ("unknown_key", "missing_key", "unknown_status", "unknown_type", "bad_name"):
        bad = read_yaml((RULESETS / "bad" / f"{name}.yaml").read_bytes(), name).value
        assert not validator.is_valid(bad), name


def test_an_output_that_cannot_be_written_leaves_no_half_file(answers, tmp_path):
    folder = tmp_path / "gone" / "page.txt"
    done = run("assess", answers, "--rules", PLANTING, "--output", folder)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert not folder.parent.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_one_line(answers):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "checklist", "assess", answers, "--rules", PLANTING],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=WAIT,
        )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


def test_a_reader_that_goes_away_is_no_trace(answers):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "checklist", "assess", answers, "--rules", PLANTING],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        timeout=WAIT,
    )
    os.close(writing)
    assert done.stderr == ""


def test_messages_print_foreign_text_without_control_characters(tmp_path):
    path = tmp_path / "bad.json"
    path.write_text(answers_text(**{"\x1b[31mred\u202e": 1}), "utf-8")
    done = run("assess", path, "--rules", PLANTING)
    assert "\x1b" not in done.stderr
    assert "\u202e" not in done.stderr


@pytest.mark.parametrize(
    "command",
    ["schema > /dev/full", "schema >&-", "check >&-", "assess - <&-", "--help > /dev/full"],
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_stream_that_is_closed_or_full_is_one_line(command):
    shell = f"exec '{sys.executable}' -m checklist {command}"
    done = subprocess.run(["/bin/sh", "-c", shell], capture_output=True, text=True, timeout=WAIT)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_file_whose_name_is_no_text_is_named_as_far_as_it_goes(tmp_path):
    path = os.fsencode(tmp_path) + b"/a\xff\x1b.yaml"
    Path(os.fsdecode(path)).write_bytes(b"format: 2")
    done = subprocess.run(
        [sys.executable, "-m", "checklist", "check", path], capture_output=True, timeout=WAIT
    )
    assert done.returncode == 1
    assert b"a\\udcff\\x1b.yaml:1:9: format: " in done.stderr


def test_no_more_than_a_hundred_faults_are_printed(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(
        PLANTING.read_text("utf-8") + "".join(f"k{n}: 1\n" for n in range(150)), "utf-8"
    )
    lines = run("check", path).stderr.splitlines()
    assert len(lines) == 101
    assert lines[-1] == "and 50 more"


def test_output_follows_a_link_and_keeps_the_mode_of_the_file(answers, tmp_path):
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_text("old", "utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    assert run("assess", answers, "--rules", PLANTING, "--output", link).returncode == 0
    assert link.is_symlink()
    assert "Not known yet" in target.read_text("utf-8")
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_new_output_file_is_private(answers, tmp_path):
    run("assess", answers, "--rules", PLANTING, "--output", tmp_path / "new.txt")
    assert (tmp_path / "new.txt").stat().st_mode & 0o777 == 0o600


def test_output_to_a_pipe_leaves_it_a_pipe(answers, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["/bin/cat", pipe], stdout=subprocess.PIPE, text=True) as reader:
        done = run("assess", answers, "--rules", PLANTING, "--output", pipe)
        told, _ = reader.communicate(timeout=WAIT)
    assert done.returncode == 0
    assert "Not known yet" in told
    assert pipe.is_fifo()


def test_a_read_only_file_is_not_written_over(answers, tmp_path):
    kept = tmp_path / "kept.txt"
    kept.write_text("mine", "utf-8")
    kept.chmod(0o444)
    done = run("assess", answers, "--rules", PLANTING, "--output", kept)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert kept.read_text("utf-8") == "mine"


def test_output_without_a_name_is_wrong_usage_and_a_dash_is_standard_output(answers):
    assert run("assess", answers, "--rules", PLANTING, "--output", "").returncode == 2
    assert "Not known yet" in run("assess", answers, "--rules", PLANTING, "--output", "-").stdout


SHAPELESS = [
    ("sources:\n  almanac:", "sources:\n  Almanac!:"),
    ("expect: {outcome: plant,", "expect: {outcome: 5,"),
    ("expect: {outcome: plant, score: 4", "expect: {outcome: plant, score: [1]"),
    ("criteria: {warmth: met", "criteria: {warmth: perhaps"),
    ("when: {hardened: week}", "when: {hardened: []}"),
    ("when: {hardened: week}", "when: {hardened: [[]]}"),
    ("when: {hardened: week}", "when: {Hardened: week}"),
    ("when: {hardened: week}", "when: ~"),
]


@pytest.mark.parametrize("change", SHAPELESS, ids=range(len(SHAPELESS)))
def test_the_schema_refuses_what_cannot_be_a_ruleset(change):
    from checklist.loading.editor_schema import json_schema
    from checklist.loading.yaml_text import read_yaml

    text = PLANTING.read_text("utf-8")
    assert change[0] in text
    validator = jsonschema.Draft202012Validator(json_schema())
    assert not validator.is_valid(read_yaml(text.replace(*change).encode(), "f").value)
