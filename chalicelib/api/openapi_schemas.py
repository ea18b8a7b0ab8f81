"""The schemas of everything the API takes and gives, out of the very types that read and write it.

What msgspec says is kept, but for three things that its readers understand otherwise: the end of
a pattern (`\\Z` is Python's), the type of an enumeration of texts, and null for what an answer
leaves out.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

Schema = dict[str, Any]
_WHERE = "#/components/schemas/"


def components(types: Iterable[type[msgspec.Struct]]) -> dict[str, Schema]:
    """The schema of each type and of all that it holds, by name."""
    _, found = msgspec.json.schema_components(types, ref_template=_WHERE + "{name}")
    return {name: _plain(found[name]) for name in sorted(found)}


def reference(kind: type[msgspec.Struct]) -> Schema:
    """What stands for the type where it is used."""
    (schema,), _ = msgspec.json.schema_components([kind], ref_template=_WHERE + "{name}")
    return schema


def example(schema: Schema, known: dict[str, Schema]) -> Any:
    """A value of the schema, put together from the examples that its parts have."""
    if "$ref" in schema:
        return example(known[schema["$ref"].removeprefix(_WHERE)], known)
    if "examples" in schema:
        return schema["examples"][0]
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return example(schema["anyOf"][0], known)
    if schema["type"] == "object":
        parts = schema.get("properties", {})
        return {name: example(parts[name], known) for name in schema.get("required", ())}
    if schema["type"] == "array":
        return [example(schema["items"], known)]
    return {"boolean": True, "integer": 1, "number": 1.5, "string": "text"}[schema["type"]]


def _plain(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_plain(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {name: _plain(part) for name, part in schema.items()}
    if "pattern" in plain:
        plain["pattern"] = plain["pattern"].replace(r"\Z", "$")
    if "enum" in plain:
        plain.setdefault("type", "string")
    # A body is closed and may say null; an answer is open and leaves out what it has not.
    if plain.get("type") == "object" and plain.get("additionalProperties") is not False:
        plain["properties"] = {
            name: _said(part) for name, part in plain.get("properties", {}).items()
        }
    return plain


def _said(schema: Schema) -> Schema:
    if "default" in schema and schema["default"] is None:
        kind: Schema
        (kind,) = [part for part in schema["anyOf"] if part != {"type": "null"}]
        return kind
    return schema
