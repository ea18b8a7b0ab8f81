"""Frozen values as plain mappings and back: what TOML, JSON and an item of a table can carry.

Here: dataclasses of whole numbers from 0 on, words, flags, dates, tuples and mappings of them. An
absent field is its default; an unknown or misshapen one is named by its path.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Misshapen(ValueError):
    """A plain value that is not what its type asks for; says where and what is needed."""


def plain(value: Any) -> Any:
    """The value as plain data: what is None or empty in a dataclass is left out."""
    if is_dataclass(value):
        told = ((field.name, plain(getattr(value, field.name))) for field in fields(value))
        return {name: inner for name, inner in told if inner not in (None, [], {})}
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def canonical(value: Any) -> str:
    """The one JSON text of plain data: what hashes are taken of."""
    return _CANONICAL.encode(value)


def typed(kind: Any, value: Any) -> Any:
    """The frozen value of that type a plain value stands for; Misshapen."""
    return _reader(kind)(value, "")


_Reader = Callable[[Any, str], Any]


@cache
def _reader(kind: Any) -> _Reader:
    """The reader of one type, made once: a city's history is read with it."""
    if is_dataclass(kind):
        return _record(kind)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType:
        (only,) = (each for each in inner if each is not NoneType)
        return _reader(only)
    if origin is tuple:
        return _tuple(_reader(inner[0]))
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(inner[0], _reader(inner[1]))
    if kind is date:
        return _date
    return _enum(kind) if issubclass(kind, StrEnum) else _scalar(kind)


def _record(kind: Any) -> _Reader:
    readers = {name: _reader(hint) for name, hint in get_type_hints(kind).items()}
    needed = {field.name for field in fields(kind) if _has_no_default(field)}

    def read(value: Any, where: str) -> Any:
        if not isinstance(value, Mapping):
            raise Misshapen(f"{where or 'it'}: needs a table")
        if unknown := [key for key in value if key not in readers]:
            known = ", ".join(readers)
            raise Misshapen(f"{_at(where, unknown[0])}: is unknown; known are {known}")
        if missing := needed - value.keys():
            raise Misshapen(f"{_at(where, min(missing))}: is missing")
        found = {key: readers[key](inner, _at(where, key)) for key, inner in value.items()}
        return kind(**found)

    return read


def _has_no_default(field: Any) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _at(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def _tuple(of: _Reader) -> _Reader:
    def read(value: Any, where: str) -> Any:
        if not isinstance(value, list | tuple):
            raise Misshapen(f"{where}: needs a list")
        return tuple(of(inner, f"{where}[{n}]") for n, inner in enumerate(value, 1))

    return read


def _mapping(keys: Any, of: _Reader) -> _Reader:
    key_of = _reader(keys)

    def read(value: Any, where: str) -> Any:
        if not isinstance(value, Mapping):
            raise Misshapen(f"{where}: needs a table")
        return {key_of(key, where): of(inner, _at(where, str(key))) for key, inner in value.items()}

    return read


def _date(value: Any, where: str) -> date:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    if type(value) is date:
        return value
    raise Misshapen(f"{where}: is {value!r}, needs a date")


def _enum(kind: Any) -> _Reader:
    def read(value: Any, where: str) -> Any:
        try:
            return kind(value)
        except ValueError:
            raise Misshapen(f"{where}: is {value!r}, needs one of {', '.join(kind)}") from None

    return read


def _scalar(kind: type) -> _Reader:
    words = {
        int: "a whole number, 0 or more",
        float: "a number, 0 or more",
        str: "a text",
        bool: "true or false",
    }
    taken = (int, float) if kind is float else (kind,)

    def read(value: Any, where: str) -> Any:
        if type(value) not in taken or (isinstance(value, int | float) and value < 0):
            raise Misshapen(f"{where}: is {value!r}, needs {words[kind]}")
        return value

    return read
