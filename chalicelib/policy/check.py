"""What is wrong with a policy document: each fault names the key and the mend."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from chalicelib.rules.moves import Shape

from .vocabulary import NEEDED, OPTIONAL, UNITS, WHOLE_NUMBERS, WORDS

_CODE = re.compile(r"[a-z][a-z0-9-]{0,63}")
_LEVELS = frozenset("12345")
_RANKS = (1, 2, 3, 4, 5)


def faults(document: dict[str, Any]) -> tuple[str, ...]:
    """Every fault of the document, in its own order; empty where it can be used."""
    return tuple(_faults(document))


def _faults(document: dict[str, Any]) -> Iterator[str]:
    if not isinstance(document.get("programme"), str) or not document["programme"]:
        yield "programme: needs a code"
    if document.get("shape") not in list(Shape):
        yield f"shape: is {document.get('shape')!r}, needs one of {', '.join(Shape)}"
        return
    parameters = document.get("parameters")
    if not isinstance(parameters, dict):
        yield "parameters: needs a table"
        return
    shape = Shape(document["shape"])
    for name in sorted(NEEDED[shape] - parameters.keys()):
        yield f"{name}: is missing; a programme of shape {shape} needs it"
    for name in sorted(parameters):
        if name not in NEEDED[shape] | OPTIONAL[shape]:
            yield f"{name}: is no parameter of the shape {shape}"
        else:
            yield from _parameter(name, parameters[name])


def _parameter(name: str, parameter: Any) -> Iterator[str]:
    if not isinstance(parameter, dict) or not isinstance(parameter.get("values"), list):
        yield f"{name}: needs a unit and a list of values"
        return
    if parameter.get("unit") != UNITS[name]:
        yield f"{name}: unit is {parameter.get('unit')!r}, needs {UNITS[name]!r}"
    if not parameter["values"]:
        yield f"{name}: needs at least one value"
    before = ""
    for value in parameter["values"]:
        start = value.get("from") if isinstance(value, dict) else None
        if not isinstance(start, str) or not _is_date(start):
            yield f"{name}: a value needs `from` as a date"
            continue
        if start <= before:
            yield f"{name}: the value from {start} does not start after the one before it"
        before = start
        if not value.get("source"):
            yield f"{name}: the value from {start} names no source"
        if not _fits(UNITS[name], value.get("value")):
            yield f"{name}: the value from {start} is no {UNITS[name]}"


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _fits(unit: str, value: Any) -> bool:
    if unit in WHOLE_NUMBERS:
        return _whole(value) and (unit != "percent" or value <= 100)
    if unit == "flag":
        return isinstance(value, bool)
    if unit == "fund-list":
        return isinstance(value, list) and all(map(_is_name, value))
    if unit in WORDS:
        return isinstance(value, str) and value in WORDS[unit]
    if unit == "period":
        return isinstance(value, dict) and _is_name(value.get("name")) and _ends(value)
    if unit == "fen-by-level":
        return (
            isinstance(value, dict) and value.keys() <= _LEVELS and all(map(_whole, value.values()))
        )
    if unit == "percent-by-occupation":
        return isinstance(value, dict) and _whole(value.get("percent")) and _names(value)
    if unit in {"group-list", "percent-by-group"}:
        return isinstance(value, list) and all(_line(unit, line) for line in value)
    return _is_name(value)


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_code(value: Any) -> bool:
    return isinstance(value, str) and bool(_CODE.fullmatch(value))


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _ends(value: dict[str, Any]) -> bool:
    return isinstance(value.get("expires_on"), str) and _is_date(value["expires_on"])


def _names(value: dict[str, Any]) -> bool:
    names = value.get("occupations")
    return isinstance(names, list) and all(map(_is_name, names))


def _line(unit: str, line: Any) -> bool:
    """One line of a list of groups, with a percentage where the unit asks for one."""
    if not isinstance(line, dict) or not isinstance(line.get("groups"), list):
        return False
    if not all(map(_is_code, line["groups"])):
        return False
    if not line.keys() <= {"groups", "local", "occupations", "level_at_least", "percent"}:
        return False
    if not isinstance(line.get("local", False), bool):
        return False
    if line.get("level_at_least", 5) not in _RANKS:
        return False
    if "occupations" in line and not _names(line):
        return False
    if unit == "percent-by-group":
        return _whole(line.get("percent")) and line["percent"] <= 100
    return "percent" not in line
