"""Reading a place's cases: every file, every case, every row of it; all faults at once."""

import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from chalicelib.rules.plain import Misshapen, typed
from chalicelib.rules.situation import Situation

from .asks import ASKS
from .case import Case, FaultyCases

_SITUATION = frozenset(field.name for field in fields(Situation))
_HEAD = frozenset({"name", "programme", "asks", "on", "act", "expect", "rows"})


def read_cases(folder: Path) -> tuple[Case, ...]:
    """The cases of a place's folder, in the order of files and rows; FaultyCases."""
    found: list[str] = []
    cases: list[Case] = []
    for path in sorted((folder / "cases").glob("*.toml")):
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
            found.append(f"cases/{path.name}: cannot be read: {fault}")
            continue
        for number, table in enumerate(content.get("case", ()), 1):
            where = f"cases/{path.name}: case {number} ({table.get('name', 'without a name')})"
            for row, whole in _rows(table):
                at = f"{where}, row {row}" if row else where
                try:
                    cases.append(_case(at, whole))
                except (Misshapen, KeyError, TypeError) as fault:
                    found.append(f"{at}: {_said(fault)}")
    if not cases:
        found.append(f"{folder}: no case in cases/*.toml")
    if found:
        raise FaultyCases(tuple(found))
    return tuple(cases)


def _said(fault: Exception) -> str:
    return f"{fault} is missing" if isinstance(fault, KeyError) else str(fault)


def _rows(table: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The case itself, or one for each of its rows; a row's keys are paths into the case."""
    base = {key: value for key, value in table.items() if key != "rows"}
    if "rows" not in table:
        yield 0, base
        return
    for number, row in enumerate(table["rows"], 1):
        whole = deepcopy(base)
        for path, value in row.items():
            *parents, last = path.split(".")
            inner = whole
            for parent in parents:
                inner = inner.setdefault(parent, {})
            inner[last] = value
        yield number, whole


def _case(where: str, table: Mapping[str, Any]) -> Case:
    if unknown := sorted(table.keys() - _HEAD - _SITUATION):
        known = ", ".join(sorted(_HEAD | _SITUATION))
        raise Misshapen(f"{unknown[0]}: is unknown; known are {known}")
    if table["asks"] not in ASKS:
        raise Misshapen(f"asks: is {table['asks']!r}, needs one of {', '.join(ASKS)}")
    return Case(
        where=where,
        name=typed(str, table["name"]),
        programme=typed(str, table["programme"]),
        asks=table["asks"],
        on=typed(date, table["on"]),
        situation=typed(Situation, {key: table[key] for key in table if key in _SITUATION}),
        act=table.get("act", {}),
        expect=table["expect"],
    )
