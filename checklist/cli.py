"""The commands: serve, assess, check, schema. The one place that joins files, core and web.

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
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from checklist import __version__, paths
from checklist.errors import AnswersError, ChecklistError, Place, Problem, RulesetError
from checklist.output import STANDARD, say, say_problems, write
from checklist.text_rules import LARGEST_FILE, escaped

if TYPE_CHECKING:
    from checklist.model import Answers, Ruleset

FORMATS = ("text", "json", "html")

# Whether a file can be read is for us to say, with status 1: click would call it wrong usage.
_FILE = click.Path(readable=False)

_rules_option = click.option(
    "--rules",
    type=_FILE,
    default=str(paths.RULES),
    metavar="FILE",
    help="The ruleset to use; without it, the one that comes with the program.",
)


class _Format(click.Choice[str]):
    """The formats that work, and the way to the one that people ask for most."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Return what to say of a format that is not offered."""
        message = super().get_invalid_choice_message(value, ctx)
        if str(value).lower() != "pdf":
            return message
        return (
            f"{message} For a PDF, open the HTML page in a browser, print it, and save it as PDF."
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
        server.serve(app, sock, _announcer(open_browser=not no_browser))


@contextlib.contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    # What is loaded at the start stays: to look for rubbish in it, again and again, is in vain.
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


def _announcer(*, open_browser: bool) -> Any:
    def announce(address: str) -> None:
        click.echo(f"Checklist is ready: open {address} in your browser.")
        click.echo("Leave this window open while you use it. Ctrl and C ends it.")
        if open_browser:
            import webbrowser

            with contextlib.suppress(webbrowser.Error, OSError):
                webbrowser.open(address)

    return announce


@main.command()
@click.argument("answers", type=_FILE, metavar="ANSWERS.json")
@_rules_option
@click.option("--format", "form", type=_Format(FORMATS), default="text", show_default=True)
@click.option(
    "--output",
    type=_Output(readable=False),
    default=STANDARD,
    metavar="FILE",
    help="Where to write it; '-' is standard output.",
)
def assess(answers: str, rules: str, form: str, output: str) -> None:
    """Say what follows from an answers file; '-' reads standard input."""
    with _faults_reported():
        ruleset = _load(rules)
        given = _read_answers(ruleset, answers)
        write(_rendered(ruleset, given, form), output)


@main.command()
@click.argument("file", type=_FILE, default=str(paths.RULES), metavar="[FILE]")
def check(file: str) -> None:
    """Check a ruleset over all possible answers; exit 0 only if everything holds."""
    with _faults_reported():
        ruleset = _load(file)
        from checklist.verify import check_ruleset, review_due

        for warning in review_due(ruleset, date.today().isoformat()):
            say(f"{warning} (a warning: this does not fail the check)")
        problems = [*check_ruleset(ruleset), *_too_long_to_keep(ruleset)]
        if problems:
            raise RulesetError(problems)
        write(
            f"{escaped(file)}: sound. {len(ruleset.criteria)} criteria, "
            f"{len(ruleset.outcomes)} outcomes, {len(ruleset.promises)} promises "
            f"proven, {len(ruleset.cases)} cases as expected.\n"
        )


@main.command()
def schema() -> None:
    """Print the JSON Schema of the ruleset format, for editors."""
    from checklist.editor_schema import json_schema

    with _faults_reported():
        write(json.dumps(json_schema(), indent=2) + "\n")


def _too_long_to_keep(ruleset: "Ruleset") -> Iterator[Problem]:
    from checklist.web.cookie import BUDGET, longest_cookie

    longest = longest_cookie(ruleset)
    if longest > BUDGET:
        place = Place(ruleset.file, 1, 1)
        message = (
            f"the longest answers take {longest:,} bytes to keep, at most {BUDGET:,} can be kept; "
            "ask for less text: fewer text questions, or a smaller max_length"
        )
        yield Problem(message, "sections", place)


def _load(path: str) -> "Ruleset":
    from checklist.loader import load_ruleset

    return load_ruleset(path)


def _read_answers(ruleset: "Ruleset", path: str) -> "Answers":
    from checklist.answers import read_answers

    name = "standard input" if path == STANDARD else path
    try:
        return read_answers(ruleset, _content(path))
    except AnswersError as error:
        named = [
            Problem(problem.message, f"{name}: {problem.where}" if problem.where else name)
            for problem in error.problems
        ]
        raise AnswersError(named) from None


def _content(path: str) -> bytes:
    if path == STANDARD and sys.stdin is None:
        raise AnswersError([Problem("cannot be read: it is closed")])
    try:
        if path == STANDARD:
            return sys.stdin.buffer.read(LARGEST_FILE + 1)
        with Path(path).open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AnswersError([Problem(f"cannot be read: {reason}")]) from None


def _rendered(ruleset: "Ruleset", answers: "Answers", form: str) -> str:
    from checklist.engine import assess as judge
    from checklist.summary import summarise

    assessment = judge(ruleset, answers)
    if form == "json":
        return json.dumps(assessment.as_dict(), ensure_ascii=False, indent=2) + "\n"
    summary = summarise(ruleset, answers, assessment, date.today().isoformat())
    if form == "text":
        from checklist.text import as_text

        return as_text(summary)
    from checklist.web import create_app
    from checklist.web.standalone import as_html

    return as_html(create_app(ruleset), summary)


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
