"""The JSON Schema of the ruleset format, for editors that complete keys and mark faults.

Made from ``schema``; what pydantic leaves open or says too loosely is made exact here.
"""

import json
from collections.abc import Mapping
from typing import Any

from checklist.loading.key_words import meaning
from checklist.loading.schema import Ruleset
from checklist.ruleset.model import STATUSES

_STATUS = {"type": "string", "enum": list(STATUSES)}
_WORD = {"type": "string"}
_WHOLE = {"type": "integer"}


# By the name that ``schema`` gives to each value that it leaves to the loader.
_DEFINITIONS: Mapping[str, dict[str, Any]] = {
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
    made = _exact(Ruleset.model_json_schema())
    for name, shape in [("Ruleset", made), *made["$defs"].items()]:
        _describe(name, shape)
    made["$defs"] = {**made["$defs"], **_DEFINITIONS}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _describe(name: str, shape: dict[str, Any]) -> None:
    for key, value in shape.get("properties", {}).items():
        value.pop("title", None)  # pydantic's own: the key again
        if "description" not in value and (words := meaning(name, key)):
            value["description"] = words


def _exact(part: Any) -> Any:
    if isinstance(part, list):
        return [_exact(entry) for entry in part]
    if not isinstance(part, dict):
        return part
    made = {key: _exact(value) for key, value in part.items()}
    if made.get("$comment") in _DEFINITIONS:
        made["$ref"] = f"#/$defs/{made.pop('$comment')}"
    if "patternProperties" in made:  # other names would pass
        [(pattern, values)] = made.pop("patternProperties").items()
        names = made.pop("propertyNames", {})
        made["propertyNames"] = {**names, "pattern": pattern}
        made["additionalProperties"] = values
    if "anyOf" in made and "default" in made and made["default"] is None:
        # A key may be left out; what stands there may not be blank.
        del made["default"]
        [alone] = [kind for kind in made.pop("anyOf") if kind != {"type": "null"}]
        made = {**alone, **made}
    return made
