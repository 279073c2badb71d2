"""What the documents say is so."""

import json
import re
import shlex
from pathlib import Path

import click
import pytest

from access.checks import LONGEST_LINE, OTHER_CONTRAST, SMALLEST_TEXT, TARGET, TEXT_CONTRAST
from access.pixels import RING
from checklist.checks.mutation import try_changes
from checklist.checks.verify import check_ruleset
from checklist.cli import main
from checklist.loading.editor_schema import json_schema
from checklist.loading.loader import read_ruleset
from checklist.loading.yaml_text import read_yaml

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
FORMAT = (ROOT / "docs" / "ruleset.md").read_text("utf-8")


def blocks(text, language):
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_every_command_and_every_option_stands_in_the_readme():
    for name, command in main.commands.items():
        line = next(line for line in README.splitlines() if line.startswith(f"| `checklist {name}"))
        for parameter in command.params:
            shown = parameter.opts[0] if parameter.param_type_name == "option" else ""
            assert shown in line, (name, shown)


def test_every_format_in_the_readme_is_one_that_works_and_no_other():
    assess = main.commands["assess"]
    choices = next(p.type.choices for p in assess.params if isinstance(p.type, click.Choice))
    assert "\\|".join(choices) in README


[SMALL] = blocks(FORMAT, "yaml")
PIECES = blocks(FORMAT, "yaml piece")


def values(text):
    return read_yaml(text.encode(), "shown.yaml").value


def put_into(whole, piece):
    """Return ``whole`` with ``piece`` in it, as the document says that pieces are put in."""
    if isinstance(piece, dict) and isinstance(whole, dict):
        joined = {key: put_into(whole.get(key), part) for key, part in piece.items()}
        if "rules" in piece:
            joined["rules"] = piece["rules"]
        return {**whole, **joined}
    if isinstance(piece, list) and isinstance(whole, list):
        named = {part["id"]: part for part in piece if "id" in part}
        kept = [put_into(part, named.pop(part.get("id"), {})) for part in whole]
        return kept + [part for part in piece if "id" not in part or part["id"] in named]
    return whole if piece is None else piece


def with_piece(piece):
    return read_ruleset(json.dumps(put_into(values(SMALL), values(piece))).encode(), "shown.yaml")


def test_the_small_ruleset_shown_is_sound():
    assert check_ruleset(read_ruleset(SMALL.encode(), "shown.yaml")) == []


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.split(":")[0])
def test_every_piece_shown_makes_a_sound_ruleset(piece):
    assert values(piece)
    assert check_ruleset(with_piece(piece)) == []


def test_the_cases_shown_notice_every_change_and_without_them_it_is_as_shown():
    [told] = blocks(FORMAT, "text")
    unnoticed = try_changes(read_ruleset(SMALL.encode(), "shown.yaml")).unnoticed
    assert told.strip() in [f"{u.problem.where}: {u.problem.message}" for u in unnoticed]
    guarding = next(piece for piece in PIECES if piece.startswith("cases:"))
    assert try_changes(with_piece(guarding)).unnoticed == ()


def test_every_key_of_the_format_is_explained():
    shapes = [json_schema(), *json_schema()["$defs"].values()]
    keys = {key for shape in shapes for key in shape.get("properties", {})}
    quoted = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", FORMAT, flags=re.DOTALL))
    explained = {word for text in quoted for word in re.findall(r"^[a-z_]+(?=$|:)", text)}
    assert sorted(keys - explained) == []


def test_every_file_that_a_document_links_to_is_there():
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)]+)\)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), (document.name, target)


def test_the_two_commands_differ_only_in_what_they_install_and_start():
    use, develop = [line for line in README.splitlines() if line.startswith("python3 -m venv")]
    assert shlex.split(use)[-2:] == [".venv/bin/checklist", "serve"]
    assert shlex.split(develop)[-1] == ".venv/bin/pytest"


def test_the_limits_in_the_document_on_accessibility_are_those_that_pages_are_held_to():
    document = (ROOT / "docs" / "accessibility.md").read_text("utf-8")
    for limit in (f"{TEXT_CONTRAST} to 1", f"{OTHER_CONTRAST} to 1", f"{RING} pixels"):
        assert f"| {limit} |" in document
    for limit in (f"{TARGET} pixels each way", f"{SMALLEST_TEXT} pixels or more"):
        assert f"| {limit} |" in document
    assert f"| {LONGEST_LINE} characters on average |" in document


def promises():
    table = (ROOT / "docs" / "security.md").read_text("utf-8")
    return re.findall(r"^\| (\d+) \| (.+) \| (.+) \| (.+) \|$", table, re.MULTILINE)


def test_every_promise_about_answers_has_its_line():
    assert [int(number) for number, *_ in promises()] == list(range(1, 46))


def test_every_promise_about_answers_names_tests_that_there_are_or_is_held_by_review():
    code = "\n".join(f.read_text("utf-8") for f in (ROOT / "tests").rglob("test_*.py"))
    there = set(re.findall(r"^def (test_\w+)", code, re.MULTILINE))
    for number, _, how, tests in promises():
        named = set(re.findall(r"`(test_\w+)`", tests))
        assert named <= there, (number, named - there)
        assert named or (tests == "by review" and how.startswith("by review: ")), number
