"""A programme as one plain document, and the document's hash.

A document is {"place", "programme", "shape", "name", "parameters": {name: {"unit", "values"}}}
with each value {"from", "value", "source"}, dates as text. What is wrong with one is said by
`check`; how a folder of files becomes one stands in place.py.
"""

import json
from hashlib import sha256
from typing import Any

from .check import faults

Document = dict[str, Any]


class FaultyPolicy(ValueError):
    """A policy that cannot be used, with every fault found in it."""

    def __init__(self, found: tuple[str, ...]) -> None:
        super().__init__("\n".join(found))
        self.faults = found


def checked(document: Document) -> Document:
    """The document itself, or FaultyPolicy with every fault."""
    if found := faults(document):
        raise FaultyPolicy(found)
    return document


def digest(document: Document) -> str:
    """The content hash under which a version is kept: the same content, the same hash."""
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()[:32]
