"""A document's values as typed data, with every fault in their shape."""

from msgspec import Struct, ValidationError, convert

from checklist.errors import Problem, quote
from checklist.loading import schema
from checklist.loading.document import ROOT, Document, Path

NOT_FOUND_BY_THE_WALK = "this file cannot be read as a ruleset"


class Shaped(Struct, frozen=True):
    """What could be read of a document: ``ruleset`` is None where nothing could.

    ``stand_ins`` are the paths at which something was put in or left out; ``lost`` the ids
    that stood there in the file, so that nobody is told that they do not exist.
    """

    ruleset: schema.Ruleset | None
    document: Document
    problems: tuple[Problem, ...] = ()
    stand_ins: frozenset[Path] = frozenset()
    lost: frozenset[str] = frozenset()


def read_shape(document: Document) -> Shaped:
    """Return the document as typed data, with every fault in its shape."""
    try:
        ruleset = convert(document.value, schema.Ruleset)
    except ValidationError:
        return _mended(document)
    return Shaped(ruleset, document, stand_ins=frozenset(document.unread))


def _mended(document: Document) -> Shaped:
    from checklist.loading.fault_words import FaultWords  # most files have no fault
    from checklist.loading.faults import faults_in
    from checklist.loading.mending import Mender

    faults = list(faults_in(document.value))
    words = FaultWords(document)
    problems = tuple(dict.fromkeys(words.problem(fault) for fault in faults))
    if not isinstance(document.value, dict):
        return Shaped(None, document, problems)
    mender = Mender(document)
    mender.mend(faults)
    try:
        ruleset = convert(mender.value, schema.Ruleset)
    except ValidationError as error:
        # The walk ought to have found this. If it did not, its author is told all the same.
        message = f"{NOT_FOUND_BY_THE_WALK}: {quote(error)}"
        unseen = Problem(message, ROOT, document.place(()))
        return Shaped(None, document, (*problems, unseen))
    return Shaped(ruleset, document, problems, frozenset(mender.stand_ins), frozenset(mender.lost))
