"""The commands: serve, assess, blank, check, schema. The one place that joins files, core and web.

Exit codes: 0 done; 1 the ruleset or the answers are wrong, or a check failed (the reason
on standard error); 2 wrong usage. What a command does not need, it does not import.
"""

import contextlib
import gc
import json
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn

import click

from checklist import __version__, paths
from checklist.errors import AnswersError, ChecklistError, Problem, RulesetError
from checklist.output import (
    STANDARD,
    is_terminal,
    patience,
    say,
    say_problems,
    write,
    write_bytes,
)
from checklist.paper_names import NAMES, PAGES, Name, Page
from checklist.text_rules import escaped

if TYPE_CHECKING:
    from checklist.ruleset.model import Ruleset
    from checklist.wording.views import Summary

FORMATS = ("text", "json", "html", "pdf")

# Whether a file can be read is for us to say, with status 1: click would call it wrong usage.
_FILE = click.Path(readable=False)

_rules_option = click.option(
    "--rules",
    type=_FILE,
    default=str(paths.RULES),
    metavar="FILE",
    help="The ruleset to use; without it, the one that comes with the program.",
)


class _Output(click.Path):
    """The name of a file to write; an empty one would be the folder we are in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the name, or end with wrong usage."""
        if not value:
            self.fail("the name is empty; name a file, or - for standard output", param, ctx)
        return super().convert(value, param, ctx)


class _Commands(click.Group):
    """The commands; where even a help text cannot be written, that is one line as well."""

    def main(self, *args: Any, **more: Any) -> Any:
        """Run a command."""
        try:
            return super().main(*args, **more)
        except OSError as error:
            say(f"standard output cannot be written: {error.strerror}")
            sys.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="checklist")
def main() -> None:
    """Get ready to talk with a doctor: a checklist on your own computer.

    Nothing that you answer leaves this computer.
    """
    # A plugin for others' data has no business here, and to look for one takes its time.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"


@main.command()
@_rules_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="0 takes any."
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
def serve(rules: str, host: str, port: int, no_browser: bool) -> None:
    """Show the form in a browser, on this computer only unless told otherwise."""
    with _faults_reported():
        with _nothing_thrown_away():
            ruleset = _load(rules)
            from checklist.web import create_app, server

            sock = server.open_socket(host, port)
            app = create_app(ruleset, port=sock.getsockname()[1], host=host)
        server.serve(app, sock, _announce if no_browser else _announce_and_open)


@contextlib.contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    # What is loaded at the start stays: to look for rubbish in it, again and again, is in vain.
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


def _announce(address: str) -> None:
    click.echo(f"Checklist is ready: open {address} in your browser.")
    click.echo("Leave this window open while you use it. Ctrl and C ends it.")


def _announce_and_open(address: str) -> None:
    import webbrowser

    _announce(address)
    with contextlib.suppress(webbrowser.Error, OSError):
        webbrowser.open(address)


_output_option = click.option(
    "--output",
    type=_Output(readable=False),
    default=STANDARD,
    metavar="FILE",
    help="Where to write it; '-' is standard output.",
)
_page_option = click.option(
    "--page",
    type=click.Choice(PAGES),
    default=None,
    help="The size of a PDF's sheets: a4 unless told otherwise.",
)


@main.command()
@click.argument("answers", type=_FILE, metavar="ANSWERS.json")
@_rules_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option(
    "--paper",
    type=click.Choice(NAMES),
    default=None,
    help="Which paper is made as a PDF: the doctor's page unless told otherwise.",
)
@_page_option
@_output_option
def assess(
    answers: str, rules: str, form: str, paper: Name | None, page: Page | None, output: str
) -> None:
    """Say what follows from an answers file; '-' reads standard input.

    The PDFs: the page for the doctor, your own copy, the same in large print, and the
    blank form to fill in by pen.
    """
    _allow(form, output, {"--paper": paper, "--page": page})
    with _faults_reported():
        ruleset = _load(rules)
        from checklist import renderings
        from checklist.input import said_in

        said = said_in(ruleset, answers)
        if form == "pdf":
            summary = renderings.summary_of(ruleset, said)
            _write_pdf(ruleset, summary, paper or "doctor", page or "a4", output)
        else:
            write(renderings.rendered(ruleset, said, form), output)


@main.command()
@_rules_option
@click.option("--large", is_flag=True, help="In large print.")
@click.option(
    "--format", "form", type=click.Choice(("pdf", "html")), default="pdf", show_default=True
)
@_page_option
@_output_option
def blank(rules: str, large: bool, form: str, page: Page | None, output: str) -> None:
    """Make the form with nothing filled in, to fill in by pen."""
    _allow(form, output, {"--page": page})
    name: Name = "blank-large" if large else "blank"
    with _faults_reported():
        ruleset = _load(rules)
        from checklist import renderings
        from checklist.wording.saved_file import Said

        if form == "pdf":
            summary = renderings.summary_of(ruleset, Said({}))
            _write_pdf(ruleset, summary, name, page or "a4", output)
        else:
            write(renderings.blank_page(ruleset, "large" if large else "ordinary"), output)


def _allow(form: str, output: str, of_pdf: dict[str, str | None]) -> None:
    """End with wrong usage where options do not go with the format."""
    given = [option for option, value in of_pdf.items() if value]
    if form != "pdf" and given:
        raise click.UsageError(f"{' and '.join(given)} can be given with --format pdf only.")
    if form == "pdf" and is_terminal(output):
        raise click.UsageError("A PDF is no text to show here: name a file with --output.")


def _write_pdf(ruleset: "Ruleset", summary: "Summary", name: Name, page: Page, output: str) -> None:
    from checklist.display import Display
    from checklist.papers.paper_files import paper, pdf_of

    with patience("Making the PDF ..."):
        pdf = pdf_of(name, paper(name, ruleset, summary), page, Display())
    if pdf.unshown:
        say("Some letters could not be printed; a box stands for each, and the paper says so.")
    write_bytes(pdf.content, output)


@main.command()
@click.argument("file", type=_FILE, default=str(paths.RULES), metavar="[FILE]")
@click.option(
    "--mutants", is_flag=True, help="Change one thing at a time: does a case or promise notice?"
)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON, for programs.")
def check(file: str, mutants: bool, as_json: bool) -> None:
    """Check a ruleset over all possible answers; exit 0 only if everything holds."""
    with _faults_reported():
        from checklist.checking import check_file, with_changes_tried

        checked = check_file(file, date.today().isoformat())
        if mutants:
            checked = with_changes_tried(checked)
        if as_json:
            write(json.dumps(checked.as_dict(), indent=2) + "\n")
            say_problems(checked.problems)
            sys.exit(1 if checked.problems else 0)
        for warning in checked.warnings:
            say(f"{warning} (a warning: this does not fail the check)")
        say_problems(checked.problems)
        if mutants and checked.guarded is None:
            say("No changes were tried: first mend what stands above.")
        write("".join(f"{escaped(line)}\n" for line in checked.as_text()))
        sys.exit(1 if checked.problems else 0)


@main.command()
def schema() -> None:
    """Print the JSON Schema of the ruleset format, for editors."""
    from checklist.loading.editor_schema import schema_text

    with _faults_reported():
        write(schema_text())


def _load(path: str) -> "Ruleset":
    from checklist.loading.loader import load_ruleset

    return load_ruleset(path)


@contextlib.contextmanager
def _faults_reported() -> Iterator[None]:
    try:
        yield
    except (RulesetError, AnswersError) as error:
        _fail(error.problems)
    except ChecklistError as error:
        _fail([Problem(str(error))])


def _fail(problems: Sequence[Problem]) -> NoReturn:
    say_problems(problems)
    sys.exit(1)
