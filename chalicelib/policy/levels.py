"""Levels (技能等级) between parameters: those that lines name, and those that tables have."""

from collections.abc import Iterator, Mapping
from typing import Any

_AFTER_THE_STANDARD = (
    *("uplift", "ratio", "mode_factor", "fixed", "top_ups"),
    *("payee", "fund", "instalments", "claw_back"),
)


def level_faults(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Levels that are no number, and levels of lines that no table of the standard has."""
    for level in values.get("levels", ()):
        if not (level.isascii() and level.isdigit()):
            yield "levels", f"{level} is no number; number the levels, 1 the highest"
    priced = _priced(values.get("standard"))
    if priced is None:
        return
    for name in _AFTER_THE_STANDARD:
        lines = values.get(name)
        for number, line in enumerate(lines if isinstance(lines, list) else (), 1):
            for level in _named(line):
                if level not in priced:
                    known = ", ".join(map(str, sorted(priced)))
                    yield (
                        name,
                        (
                            f"line {number}: names level {level}, which no table of the standard "
                            f"has; they have {known}"
                        ),
                    )


def _named(line: Mapping[str, Any]) -> list[int]:
    return [*line.get("levels", ()), *map(int, line.get("fen_by_level", ()))]


def _priced(standard: Any) -> set[int] | None:
    """Every level that the standard's tables have; None where it does not go by level alone."""
    if standard is None:
        return None
    if isinstance(standard, dict):
        # Documents published before there were lines: one table by level.
        return set(map(int, standard))
    priced = set[int]()
    for line in standard:
        tables = _tables(line)
        if not tables:
            return None
        for table in tables:
            priced.update(map(int, table))
    return priced


def _tables(line: Mapping[str, Any]) -> list[Mapping[str, int]]:
    if "fen_by_kind_and_level" in line:
        return list(line["fen_by_kind_and_level"].values())
    return [line["fen_by_level"]] if "fen_by_level" in line else []
