"""An organisation's licence (办学许可): which occupations it may teach, and up to which level.

Written as one cell of the organisations' file: `养老护理员:5-3;家政服务员` are 五级 to 三级 of the
one and every level of the other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LOWEST, _HIGHEST = 9, 1
_SCOPE = re.compile(r"([^:]+?)(?::([1-5])(?:-([1-5]))?)?", re.ASCII)


@dataclass(frozen=True)
class Scope:
    """An occupation from the lowest level that may be taught to the highest, which is 1.

    A course without a level is of level 9, so only a scope of every level covers it.
    """

    occupation: str
    lowest: int
    highest: int

    def covers(self, occupation: str, level: int) -> bool:
        """Whether the course lies in it."""
        return occupation == self.occupation and self.highest <= level <= self.lowest


def read(written: str) -> tuple[Scope, ...]:
    """The scopes of a cell, none where it is empty; ValueError where it cannot be read."""
    plain = written.replace("；", ";").replace("：", ":")
    return tuple(_scope(part.strip()) for part in plain.split(";") if part.strip())


def _scope(part: str) -> Scope:
    found = _SCOPE.fullmatch(part)
    if found is None:
        raise ValueError("no scope of a licence")
    occupation, first, last = found.groups()
    if first is None:
        return Scope(occupation, _LOWEST, _HIGHEST)
    lowest, highest = int(first), int(last or first)
    if lowest < highest:
        raise ValueError("a scope goes from the lowest level to the highest")
    return Scope(occupation.strip(), lowest, highest)


def covers(licence: Sequence[Scope], occupation: str, level: int) -> bool:
    """Whether the licence covers the course; where none is recorded, it covers nothing."""
    return any(scope.covers(occupation, level) for scope in licence)
