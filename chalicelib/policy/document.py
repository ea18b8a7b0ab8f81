"""A programme as one plain document, and the document's hash.

A document is {"place", "programme", "shape", "name", "parameters": {name: {"unit", "values"}}}
with each value {"from", "value", "source"}, dates as text. What is wrong with one is said by
check.py; how a folder of files becomes one stands in place.py.
"""

from hashlib import sha256
from typing import Any

from chalicelib.rules import plain

Document = dict[str, Any]


def digest(document: Document) -> str:
    """The content hash under which a version is kept: the same content, the same hash."""
    return sha256(plain.canonical(document).encode()).hexdigest()[:32]
