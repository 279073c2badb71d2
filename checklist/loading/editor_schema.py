"""The JSON Schema of the ruleset format, for editors that complete keys and mark faults.

Made from ``schema``; what msgspec leaves open or says too loosely is made exact here.
"""

import json
from collections.abc import Mapping
from typing import Any

from msgspec.json import schema_components

from checklist.loading.key_words import meaning
from checklist.loading.schema import Count, Ruleset, Tally, in_order
from checklist.ruleset.model import STATUSES

_STATUS = {"type": "string", "enum": list(STATUSES)}
_WORD = {"type": "string"}
_WHOLE = {"type": "integer"}


# By the name that ``schema`` gives to each value that it leaves to the loader.
_DEFINITIONS: Mapping[str, dict[str, Any]] = {
    "Fact": {"oneOf": [{"$ref": "#/$defs/Count"}, {"$ref": "#/$defs/Tally"}]},
    "Test": {
        "description": "A word or a number; '< 5', '<= 5', '> 5', '>= 5'; 3..6; or any of a list.",
        "anyOf": [
            {"type": "string", "minLength": 1},
            _WHOLE,
            {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Test"}},
        ],
    },
    "Words": {
        "anyOf": [
            {"type": "string", "minLength": 1},
            {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Words"}},
        ]
    },
    "Outcomes": {
        "description": "An outcome's id, or a list of all that stay possible.",
        "$ref": "#/$defs/Words",
    },
    "Scores": {
        "description": "The score, or [lowest, highest].",
        "anyOf": [_WHOLE, {"type": "array", "items": _WHOLE, "minItems": 2, "maxItems": 2}],
    },
    "Statuses": {
        "description": "A status, or a list of all that stay possible.",
        "anyOf": [
            _STATUS,
            {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Statuses"}},
        ],
    },
    "Answer": {
        "description": "As in an answers file; null is open.",
        "anyOf": [
            {"type": ["string", "integer", "null"]},
            {"type": "array", "items": _WORD},
            {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
        ],
    },
}


def schema_text() -> str:
    """Return the JSON Schema as the text of a file."""
    return json.dumps(json_schema(), indent=2) + "\n"


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the ruleset format."""
    _, shapes = schema_components([Ruleset, Count, Tally], ref_template="#/$defs/{name}")
    exact = {name: _exact(shape) for name, shape in shapes.items()}
    for name, shape in exact.items():
        _describe(name, shape)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **exact.pop("Ruleset"),
        "$defs": {**exact, **_DEFINITIONS},
    }


def _describe(name: str, shape: dict[str, Any]) -> None:
    for key, value in shape.get("properties", {}).items():
        if "description" not in value and (words := meaning(name, key)):
            value["description"] = words


def _exact(part: Any) -> Any:
    if isinstance(part, list):
        return [_exact(entry) for entry in part]
    if not isinstance(part, dict):
        return part
    if (name := part.get("$comment")) in _DEFINITIONS:
        return {"$ref": f"#/$defs/{name}"}
    made = {key: _exact(value) for key, value in part.items()}
    made.pop("default", None)  # says nothing, and may not be written
    if "enum" in made:
        made["enum"] = list(in_order(made["enum"]))
    if "pattern" in made:
        made["pattern"] = made["pattern"].replace(r"\Z", "$")
    return made
