"""Reading a place's cases: every file, every case, every row of it; all faults at once.

What a case may say stands in checked.py.
"""

import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from chalicelib.rules.plain import Misshapen

from .case import Case, FaultyCases
from .checked import case_of

_Row = tuple[str, dict[str, Any]]


def read_cases(folder: Path) -> tuple[Case, ...]:
    """The cases of a place's folder, in the order of files and rows; FaultyCases."""
    found: list[str] = []
    cases: list[Case] = []
    for path in sorted((folder / "cases").glob("*.toml")):
        for where, table in _tables(path, found):
            for at, whole in _rows(where, table, found):
                made = case_of(at, whole)
                if isinstance(made, Case):
                    cases.append(made)
                else:
                    found.extend(f"{at}: {fault}" for fault in made)
    if not cases and not found:
        found.append(f"{folder}: no case in cases/*.toml")
    if found:
        raise FaultyCases(tuple(dict.fromkeys(found)))
    return tuple(cases)


def _tables(path: Path, found: list[str]) -> Iterator[_Row]:
    """The file's [[case]] tables, each with its number and name."""
    file = f"cases/{path.name}"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        found.append(f"{file}: cannot be read: {fault}")
        return
    for key in sorted(content.keys() - {"case"}):
        found.append(f"{file}: {key}: is unknown; a case begins with [[case]]")
    tables = content.get("case", [])
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        found.append(f"{file}: case: needs tables; begin each with [[case]]")
        return
    for number, table in enumerate(tables, 1):
        yield f"{file}: case {number} ({table.get('name', 'without a name')})", table


def _rows(where: str, table: Mapping[str, Any], found: list[str]) -> Iterator[_Row]:
    """The case itself, or one for each of its rows; a row's keys are paths into the case."""
    base = {key: value for key, value in table.items() if key != "rows"}
    rows = table.get("rows")
    if rows is None:
        yield where, base
        return
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        found.append(f"{where}: rows: needs a list of tables")
        return
    for number, row in enumerate(rows, 1):
        at = f"{where}, row {number}"
        try:
            yield at, _with(base, row)
        except Misshapen as fault:
            found.append(f"{at}: {fault}")


def _with(base: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """The case with the row's values at their paths; Misshapen where a path leads nowhere."""
    whole: dict[str, Any] = deepcopy(dict(base))
    for path, value in row.items():
        *parents, last = path.split(".")
        inner = whole
        for parent in parents:
            inner = inner.setdefault(parent, {})
            if not isinstance(inner, dict):
                raise Misshapen(f"{path}: {parent} is no table")
        inner[last] = value
    return whole
