"""A request's body and query, read once into frozen structs; what cannot be read is Invalid.

Size and depth are bounded before anything is parsed. Nothing here knows what a field means.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from chalicelib.errors import Invalid

MOST_BYTES = 64 * 1024
MOST_DEPTH = 32

# A string, or one bracket: brackets inside strings are no depth. The last quotation mark may be
# absent, so that a string without its end is passed over once and not from every mark in it.
_TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL)
_UNKNOWN = re.compile(r"unknown field `([A-Za-z_]{1,40})`")
_MISSING = re.compile(r"missing required field `([A-Za-z_]{1,40})`")
_WHERE = re.compile(r"at `\$\.([A-Za-z_]{1,40})")

B = TypeVar("B", bound=msgspec.Struct)


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A body or query that says nothing more: `{}`."""


class _DuplicateKey(ValueError):
    pass


def read(raw: bytes, kind: type[B]) -> B:
    """The body as a struct.

    Raises Invalid `too_large`, `too_deep`, `bad_json`, `duplicate_key`, `unknown_field`,
    `missing_field` or `bad_value`.
    """
    if len(raw) > MOST_BYTES:
        raise Invalid("too_large", facts={"limit_kb": MOST_BYTES // 1024})
    if _depth(raw) > MOST_DEPTH:
        raise Invalid("too_deep", facts={"limit": MOST_DEPTH})
    try:
        body = msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError as fault:
        _check_keys(raw)
        raise _fault(str(fault)) from None
    except ValueError:
        raise Invalid("bad_json") from None
    _check_keys(raw)
    return body


def read_query(query: Mapping[str, Sequence[str]], kind: type[B]) -> B:
    """The query as a struct; a name that stands twice is Invalid `duplicate_key`."""
    for values in query.values():
        if len(values) != 1:
            raise Invalid("duplicate_key")
    try:
        told = {name: values[0] for name, values in query.items()}
        # Lax: everything in a query is text, a number too.
        return msgspec.convert(told, kind, strict=False)
    except msgspec.ValidationError as fault:
        raise _fault(str(fault)) from None


def _depth(raw: bytes) -> int:
    depth = deepest = 0
    for token in _TOKENS.finditer(raw):
        if token[0] in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif token[0] in b"]}":
            depth -= 1
    return deepest


def _check_keys(raw: bytes) -> None:
    # msgspec keeps the last of two equal keys silently; which one was meant, nobody knows.
    try:
        json.loads(raw, object_pairs_hook=_once)
    except _DuplicateKey:
        raise Invalid("duplicate_key") from None
    except ValueError:
        raise Invalid("bad_json") from None


def _once(pairs: list[tuple[str, Any]]) -> None:
    if len({key for key, _ in pairs}) != len(pairs):
        raise _DuplicateKey


def _fault(message: str) -> Invalid:
    """The fault as the city says it; the library's own words may quote the body."""
    if found := _UNKNOWN.search(message):
        return Invalid("unknown_field", field=found[1])
    if "unknown field" in message:
        return Invalid("unknown_field")
    if found := _MISSING.search(message):
        return Invalid("missing_field", field=found[1])
    where = _WHERE.search(message)
    return Invalid("bad_value", field=where[1] if where else None)
