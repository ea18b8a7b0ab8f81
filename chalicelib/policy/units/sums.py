"""What the units of money share: sums in fen, percentages, tables by level, lists."""

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.policy.words import Words

from .lines import each_line, read_lines
from .scalars import Faults, is_whole, unknown


def sum_faults(value: Any, where: str) -> Faults:
    """What is wrong with a sum in fen."""
    if not is_whole(value):
        yield f"{where}: is {value!r}; needs whole fen, 0 or more"


def percent_faults(value: Any, where: str, most: int | None = 100) -> Faults:
    """What is wrong with a percentage."""
    if not is_whole(value) or (most is not None and value > most):
        upper = f"from 0 to {most}" if most is not None else "of 0 or more"
        yield f"{where}: is {value!r}; needs a whole percentage {upper}"


def table_faults(value: Any, where: str, words: Words) -> Faults:
    """What is wrong with a table of fen by level."""
    if not isinstance(value, dict) or not value:
        yield f"{where}: needs a table of fen by level"
        return
    for level, fen in value.items():
        if level not in {str(known) for known in words.levels}:
            yield f"{where}: names {unknown(level, 'level', words.levels)}"
        yield from sum_faults(fen, f"{where}.{level}")


def by_level(value: Mapping[str, int]) -> dict[int, int]:
    """Fen by level, the levels as numbers."""
    return {int(level): fen for level, fen in value.items()}


def lines_unit(
    line_faults: Callable[[Mapping[str, Any], Words], Faults],
    read: Callable[[Mapping[str, Any], Words], Any],
) -> tuple[Any, Any]:
    """The unit of a list of lines, from what is wrong with one and what it gives."""
    return (
        lambda value, words: each_line(value, words, line_faults),
        lambda value, words: read_lines(value, words, read),
    )
