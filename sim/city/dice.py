"""Chance that repeats: every draw of the sample city comes from here.

Only `random.Random.random` is used, the one generator whose sequence Python promises to keep for
a given seed; everything else is built on it, so that no release of Python changes a city.
"""

import random
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

Thing = TypeVar("Thing")


class Dice:
    """One topic's own stream of chance: drawing more in one topic shifts no other."""

    def __init__(self, seed: int, topic: str) -> None:
        self._random = random.Random(f"{seed}/{topic}")

    def between(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def chance(self, percent: int) -> bool:
        """Return True in `percent` of a hundred calls."""
        return self.between(1, 100) <= percent

    def pick(self, things: Sequence[Thing]) -> Thing:
        """Return one of the things."""
        return things[self.between(0, len(things) - 1)]

    def shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        """Return the things in another order."""
        pile = list(things)
        for last in range(len(pile) - 1, 0, -1):
            other = self.between(0, last)
            pile[last], pile[other] = pile[other], pile[last]
        return pile

    def sample(self, things: Sequence[Thing], count: int) -> list[Thing]:
        """Return `count` different things; ValueError when there are not so many."""
        if count > len(things):
            raise ValueError(f"cannot draw {count} of {len(things)}")
        return self.shuffled(things)[:count]

    def day(self, first: date, last: date) -> date:
        """Return a day from `first` to `last`, both included."""
        return date.fromordinal(self.between(first.toordinal(), last.toordinal()))

    def digits(self, count: int) -> str:
        """Return `count` decimal digits."""
        return "".join(str(self.between(0, 9)) for _ in range(count))
