"""A file that a person saved: all that they said, to be opened again on another day.

It is an answers file with what the form keeps besides. A file of the same version of the
ruleset is taken whole or not at all; of one saved with other questions, what still fits is
taken by its id and the rest is named. Faults are told to people, not to authors of files.
Opens no file, and knows nothing of pages.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from checklist.errors import ChecklistError
from checklist.ruleset.answers import (
    FRAME,
    frame_faults,
    read_answers,
    read_frame,
    write_answers,
)
from checklist.ruleset.json_text import JsonError
from checklist.ruleset.model import Answers, Ruleset
from checklist.wording.asking import all_asks
from checklist.wording.file_entries import EntryReader, Fault

# The entries besides the frame, and of which kind each is.
_KINDS = {"answers": dict, "saved": str, "not_known": list, "to_ask": list}


class Said(Struct, frozen=True):
    """All that a person said: ``not_known`` and ``to_ask`` are as a visit keeps them."""

    answers: Answers
    not_known: frozenset[str] = frozenset()
    to_ask: tuple[str, ...] = ()


class Opened(Struct, frozen=True):
    """What a file holds that today's questions can take, and how the two differ.

    ``day`` is when it was saved (ISO 8601), or empty; ``version`` the ruleset's at that time,
    and ``older`` whether it is another by now; ``left_out`` what could not be carried over;
    ``added`` the questions, by their text, that an older file does not have.
    """

    said: Said
    day: str
    version: str
    older: bool
    left_out: tuple[Fault, ...]
    added: tuple[str, ...]


class NotOpenedError(ChecklistError):
    """A file cannot be opened; ``faults`` says why, entry by entry."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.about}: {fault.why}" for fault in faults))


def write_file(ruleset: Ruleset, said: Said, day: str) -> str:
    """Return the text of a file that ``open_file`` and the shell can read.

    Args:
        ruleset: what was asked.
        said: what is saved.
        day: today, in ISO 8601.
    """
    listed = all_asks(ruleset)
    return write_answers(
        ruleset,
        said.answers,
        saved=day,
        not_known=sorted(said.not_known),
        to_ask=[{"listed" if ask in listed else "own": ask} for ask in said.to_ask],
    )


def open_file(ruleset: Ruleset, content: bytes) -> Opened:
    """Return what a saved file holds.

    Args:
        ruleset: today's questions.
        content: the file, at most 256 KiB.

    Raises:
        NotOpenedError: it is no such file, belongs to another ruleset, or was saved with
            these very questions and holds an answer that they do not take.
    """
    data = _entries_of(content)
    if faults := list(_file_faults(ruleset, data)):
        raise NotOpenedError(faults)
    older = data["version"] != ruleset.version
    entries = data["answers"]
    if older:  # with a question that is gone and was left open, nothing is lost
        entries = {id: a for id, a in entries.items() if id in ruleset.questions or a is not None}
    reader = EntryReader(ruleset)
    said = Said(
        reader.answers(entries),
        reader.not_known(data.get("not_known", [])),
        reader.to_ask(data.get("to_ask", [])),
    )
    if reader.faults and not older:
        raise NotOpenedError(reader.faults)
    return _opened(ruleset, data, said, reader.faults)


def open_for_shell(ruleset: Ruleset, content: bytes) -> Opened:
    """Return what an answers file holds, be it written by hand or saved by the form.

    Its answers are taken whole or not at all. No result hangs on what the form saves besides:
    of that, what is out of date or out of shape is left out.

    Args:
        ruleset: what was asked.
        content: the file, at most 256 KiB.

    Raises:
        AnswersError: its answers do not belong to this ruleset, or are not allowed.
    """
    answers = read_answers(ruleset, content)
    data = read_frame(content)
    not_known, to_ask = (
        part if isinstance(part := data.get(key), list) else [] for key in ("not_known", "to_ask")
    )
    reader = EntryReader(ruleset)
    said = Said(answers, reader.not_known(not_known), reader.to_ask(to_ask))
    return _opened(ruleset, data, said, reader.faults)


def _opened(
    ruleset: Ruleset, data: Mapping[str, Any], said: Said, left_out: Sequence[Fault]
) -> Opened:
    version, entries = data["version"], data["answers"]
    older = version != ruleset.version
    added = (q.text for name, q in ruleset.questions.items() if older and name not in entries)
    return Opened(said, str(data.get("saved", "")), version, older, tuple(left_out), tuple(added))


def _entries_of(content: bytes) -> dict[str, Any]:
    try:
        data = read_frame(content)
    except JsonError as error:
        raise NotOpenedError([Fault("", error.plain)]) from None
    if not data.keys() & set(FRAME):
        raise NotOpenedError([Fault("", JsonError("").plain)])
    return data


def _file_faults(ruleset: Ruleset, data: Mapping[str, Any]) -> Iterator[Fault]:
    faults = list(frame_faults(ruleset, data))
    if foreign := [fault for fault in faults if fault.where == "ruleset"]:
        yield Fault("", foreign[0].plain)
        return
    yield from (Fault("", fault.plain) for fault in faults)
    for key, kind in _KINDS.items():
        if key in data and not isinstance(data[key], kind):
            yield Fault("", f"The part named '{key}' cannot be read.")
    if isinstance(data.get("saved"), str) and not _is_day(data["saved"]):
        yield Fault("", "The day on which it was saved cannot be read.")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
