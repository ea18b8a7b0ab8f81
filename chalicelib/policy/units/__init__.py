"""The units of a policy's values: for each what is wrong with a value, and what it means.

A unit is a pair: `faults` names every fault of a plain value, `read` makes the rules' own value
of a sound one. A new unit is a new pair here and a word in vocabulary.py.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from chalicelib.policy.words import Words

from . import amounts, gates, lines, names, parts, scalars, standard, teaching


class Unit(NamedTuple):
    """What is wrong with a plain value, and the rules' value of a sound one."""

    faults: Callable[[Any, Words], Iterator[str]]
    read: Callable[[Any, Words], Any]


UNITS: Mapping[str, Unit] = {
    unit: Unit(*pair)
    for family in (scalars, names, lines, standard, amounts, parts, gates, teaching)
    for unit, pair in family.UNITS.items()
}
