"""Papers from the shell."""

import os
import pty
import subprocess
import sys

import pikepdf
import pytest

from test_cli import PLANTING, answers_text, run


@pytest.fixture
def answers(tmp_path):
    file = tmp_path / "answers.json"
    file.write_text(answers_text(), "utf-8")
    return file


@pytest.mark.parametrize("paper", ["doctor", "copy", "large", "blank"])
def test_assess_makes_every_paper(answers, tmp_path, paper):
    file = tmp_path / "paper.pdf"
    options = ("--rules", PLANTING, "--format", "pdf", "--paper", paper, "--page", "letter")
    done = run("assess", answers, *options, "--output", file)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    with pikepdf.open(file) as pdf:
        assert round(float(pdf.pages[0].mediabox[2])) == 612


def test_assess_makes_the_doctors_page_unless_told_otherwise(answers, tmp_path):
    file = tmp_path / "paper.pdf"
    run("assess", answers, "--rules", PLANTING, "--format", "pdf", "--output", file)
    with pikepdf.open(file) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Page for your doctor"


def test_the_blank_form_needs_no_answers_and_comes_in_large_print(tmp_path):
    ordinary, large = tmp_path / "form.pdf", tmp_path / "large.pdf"
    assert run("blank", "--rules", PLANTING, "--output", ordinary).returncode == 0
    assert run("blank", "--rules", PLANTING, "--large", "--output", large).returncode == 0
    with pikepdf.open(large) as more, pikepdf.open(ordinary) as less:
        assert len(more.pages) > len(less.pages)


def test_the_blank_form_comes_as_a_page_that_needs_nothing_else():
    done = run("blank", "--rules", PLANTING, "--format", "html")
    assert done.returncode == 0
    assert "Form to fill in by pen" in done.stdout
    assert "/static/" not in done.stdout


@pytest.mark.parametrize("options", [("--paper", "copy"), ("--page", "a4")])
def test_what_is_for_pdfs_only_is_wrong_usage_elsewhere(answers, options):
    done = run("assess", answers, "--rules", PLANTING, *options)
    assert done.returncode == 2
    assert f"{options[0]} can be given with --format pdf only" in done.stderr


def test_a_pdf_goes_to_a_pipe_but_not_to_a_terminal():
    piped = subprocess.run(
        [sys.executable, "-m", "checklist", "blank"], capture_output=True, check=True
    )
    assert piped.stdout.startswith(b"%PDF-1.7")
    ours, theirs = pty.openpty()
    shown = subprocess.run(
        [sys.executable, "-m", "checklist", "blank"],
        stdout=theirs,
        stderr=subprocess.PIPE,
        check=False,
        text=True,
    )
    os.close(theirs)
    os.close(ours)
    assert shown.returncode == 2
    assert "name a file with --output" in shown.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="Linux has it")  # noqa: PTH110
@pytest.mark.parametrize("where", ["/dev/full", "no/such/folder/x.pdf"])
def test_a_pdf_that_cannot_be_written_is_one_line_and_no_file(where, tmp_path):
    done = run("blank", "--rules", PLANTING, "--output", where, cwd=tmp_path)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_letter_that_cannot_be_printed_is_said_on_the_way(tmp_path):
    file, paper = tmp_path / "answers.json", tmp_path / "paper.pdf"
    words = answers_text("nmosd-donor-transplant", medicine_notes="\N{EGYPTIAN HIEROGLYPH A001}")
    file.write_text(words, "utf-8")
    options = ("--format", "pdf", "--paper", "copy", "--output", paper)
    done = run("assess", file, *options)
    assert done.returncode == 0, done.stderr
    assert "a box stands for each" in done.stderr
    assert paper.read_bytes().startswith(b"%PDF")
