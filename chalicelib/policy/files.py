"""The TOML files of a place's folder as plain contents, by folder and file; what cannot be read.

What their tables mean together is said by place.py.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

CASES = "cases"
SHARED = ""
"""The folder of what a place's programmes share, as contents name it."""

Content = dict[str, Any]
Contents = Mapping[str, Mapping[str, Content]]
"""Each folder's files with what stands in them; dates are text."""


@dataclass(frozen=True)
class Torn:
    """A file that cannot be read: its folder, as contents name it, and the fault."""

    folder: str
    fault: str


def programme_folders(place: Path) -> list[Path]:
    """The folders of a place's programmes: all but its cases."""
    return [path for path in sorted(place.iterdir()) if path.is_dir() and path.name != CASES]


def contents(place: Path, folders: list[Path], torn: list[Torn]) -> dict[str, dict[str, Content]]:
    """What stands in the place's own files and in these folders'; `torn` gets the unreadable."""
    own = {folder.name: _read(folder, folder.name, torn) for folder in folders}
    return {SHARED: _read(place, SHARED, torn), **own}


def _read(folder: Path, name: str, torn: list[Torn]) -> dict[str, Content]:
    read = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            read[path.name] = _plain(tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
            torn.append(Torn(name, f"{folder.name}/{path.name}: cannot be read: {fault}"))
    return read


def _plain(value: Any) -> Any:
    """TOML's value as JSON can carry it: dates become text."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
