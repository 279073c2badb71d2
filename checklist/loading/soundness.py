"""What a fault in a ruleset leaves fit to be tried all the same.

Faults are to be reported all at once, so a fault in one place must not keep the rest from
being looked at; nor may anything be said of tables that look at what is not known.
"""

from collections.abc import Sequence

from checklist.loading import schema
from checklist.loading.document import Path
from checklist.loading.shape import Shaped

# Keys of questions and facts that no table looks at.
_SHOWN = (
    *("text", "short", "why", "hint", "ask", "who"),
    *("unit", "unit_one", "at_least", "scored", "max_length"),
)
_STEP = str | int


class Soundness:
    """What is not known of the names of one ruleset.

    ``unsound`` are the names that hold a condition which could not be read: tables that
    look at one are not tried. It holds ``outcome`` where the outcomes cannot be tried.
    ``vague`` are the names whose values are not known: tests of them are not read.
    """

    def __init__(self, shaped: Shaped, shape: schema.Ruleset) -> None:
        self.shape = shape
        self.stand_ins = shaped.stand_ins
        self.unsound: set[str] = set()
        self.vague: set[str] = set(shaped.lost)
        for path in self.stand_ins:
            self.mark(path)

    def is_given(self, path: Path) -> bool:
        """Return whether what stands at ``path`` is the file's own, and no stand-in."""
        return not any(path[:end] in self.stand_ins for end in range(1, len(path) + 1))

    def mark(self, path: Path) -> None:
        """Note what a fault at ``path`` leaves unknown."""
        match path:
            case ("sections", int(n), "questions", int(m), *below):
                self._mark_question(self.shape.sections[n].questions[m], below)
            case ("facts", str(name), *below):
                self._mark_fact(name, below)
            case ("criteria", int(n), *below):
                self._mark_criterion(self.shape.criteria[n].id, below)
            case ("criteria",):
                self._mark_score()
            case ("outcomes",) | ("outcomes", int(_)):
                self.vague.add("outcome")
                self.unsound.add("outcome")
            case ("outcomes", int(_), "id") if path in self.stand_ins:
                self.vague.add("outcome")
            case ("outcomes", int(_), "when", *_):
                self.unsound.add("outcome")

    def _mark_question(self, question: schema.Question, below: Sequence[_STEP]) -> None:
        match below:
            case ["enable_when", *_]:
                self.unsound.add(question.id)
            case ["options" | "items" as key, str(slot)] if slot in getattr(question, key, ()):
                pass  # only how it is called
            case [key, *_] if key in _SHOWN:
                pass
            case ["where"]:
                pass
            case _:
                self.unsound.add(question.id)
                self.vague.add(question.id)

    def _mark_fact(self, name: str, below: Sequence[_STEP]) -> None:
        match below:
            case ["text"]:
                return
            case ["where", *_] | ["tally", _, *_]:
                pass  # how far it counts is known
            case _:
                self.vague.add(name)
        self.unsound.add(name)

    def _mark_criterion(self, name: str, below: Sequence[_STEP]) -> None:
        match below:
            case ["rules", _, "status" | "points"]:
                self._mark_score()
            case ["rules", _, "when", *_]:
                self.unsound |= {name, "outcome"}
            case [] | ["id"] | ["rules"] | ["rules", _]:
                self.unsound.add(name)
                self._mark_score()

    def _mark_score(self) -> None:
        self.unsound.add("outcome")
        self.vague.add("score")
