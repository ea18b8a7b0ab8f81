"""A programme's folder of TOML files as one plain document, and the document's hash.

A document is {"programme", "shape", "name", "parameters": {name: {"unit", "values"}}} with each
value {"from", "value", "source"}, dates as text; what is wrong with it is said by `check`.
"""

import json
import tomllib
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from .check import faults

Document = dict[str, Any]


class FaultyPolicy(ValueError):
    """A policy that cannot be used, with every fault found in it."""

    def __init__(self, found: tuple[str, ...]) -> None:
        super().__init__("\n".join(found))
        self.faults = found


def read(folder: Path) -> Document:
    """The document of a programme's folder; FaultyPolicy with every fault, nothing half."""
    parameters: dict[str, Any] = {}
    head: Mapping[str, Any] = {}
    for path in sorted(folder.glob("*.toml")):
        content = _plain(tomllib.loads(path.read_text(encoding="utf-8")))
        head = content.pop("programme", head)
        if doubled := sorted(parameters.keys() & content.keys()):
            raise FaultyPolicy(tuple(f"{path.name}: {name} stands twice" for name in doubled))
        parameters.update(content)
    if not head:
        raise FaultyPolicy((f"{folder}: no file has a [programme] table",))
    document = {
        "programme": head.get("code"),
        "shape": head.get("shape"),
        "name": head.get("name"),
        "parameters": parameters,
    }
    return checked(document)


def checked(document: Document) -> Document:
    """The document itself, or FaultyPolicy with every fault."""
    if found := faults(document):
        raise FaultyPolicy(found)
    return document


def digest(document: Document) -> str:
    """The content hash under which a version is kept: the same content, the same hash."""
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()[:32]


def _plain(value: Any) -> Any:
    """TOML's value as JSON can carry it: dates become text."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
