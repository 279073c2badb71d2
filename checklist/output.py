"""Where a command's words go: standard output, standard error, or a file. Knows no command.

Any of the three may be closed, full or gone; none of that may end in a trace.
"""

import contextlib
import os
import stat
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from checklist.errors import ChecklistError, Problem
from checklist.text_rules import escaped

STANDARD = "-"
MOST_SHOWN = 100


def write(text: str, output: str = STANDARD) -> None:
    """Write text to a file, or to standard output.

    Raises:
        ChecklistError: it cannot be written; a file that stood there is as it was.
    """
    write_bytes(text.encode("utf-8", "backslashreplace"), output)


def write_bytes(content: bytes, output: str = STANDARD) -> None:
    """Write what is no text to a file, or to standard output.

    Raises:
        ChecklistError: it cannot be written; a file that stood there is as it was.
    """
    if output == STANDARD:
        _print(content)
        return
    try:
        _write_file(content, Path(os.path.realpath(output)))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ChecklistError(f"{output}: cannot be written: {reason}") from None


def is_terminal(output: str) -> bool:
    """Return whether what is written there would be shown to somebody as text."""
    return output == STANDARD and sys.stdout is not None and sys.stdout.isatty()


@contextlib.contextmanager
def patience(message: str) -> Iterator[None]:
    """Say ``message`` once on standard error if what is done inside takes over a second."""
    timer = threading.Timer(1.0, say, [message])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def say(message: str) -> None:
    """Write one line to standard error, as far as that is there."""
    if sys.stderr is None:
        return
    encoding = sys.stderr.encoding or "ascii"
    line = escaped(message.replace("\n", "\\n")).encode(encoding, "backslashreplace")
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(line.decode(encoding) + "\n")
        sys.stderr.flush()


def say_problems(problems: Sequence[Problem]) -> None:
    """Write a line for each problem, for the first 100 of them, to standard error."""
    for problem in problems[:MOST_SHOWN]:
        say(str(problem))
    if len(problems) > MOST_SHOWN:
        say(f"and {len(problems) - MOST_SHOWN:,} more")


def _write_file(content: bytes, target: Path) -> None:
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        # Private, whatever the umask: it tells what somebody answered about themselves.
        mode = stat.S_IFREG | 0o600
    else:
        if not stat.S_ISREG(mode):
            with target.open("wb", buffering=0) as stream:  # a device or a pipe stays what it is
                stream.write(content)
            return
        if not mode & 0o222 or not os.access(target, os.W_OK):
            raise PermissionError(0, "it is read-only")
    # Beside the target first, then renamed: a full disk leaves no half file.
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=".checklist-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(beside).chmod(stat.S_IMODE(mode))
        Path(beside).replace(target)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _print(content: bytes) -> None:
    if sys.stdout is None:
        raise ChecklistError("standard output cannot be written: it is closed")
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader has gone (| head). Python would complain again when it empties its buffer.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise ChecklistError(f"standard output cannot be written: {error.strerror}") from None
