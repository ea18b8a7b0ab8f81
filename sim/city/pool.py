"""The workers not yet cast, by what they may claim."""

from collections.abc import Sequence

from sim.city.amounts import is_eligible
from sim.city.dice import Dice
from sim.city.moments import CLAIM_DAY
from sim.city.people import Person

UNEMPLOYED = "registered-unemployed"
NOT_ELIGIBLE = "not-eligible"
SHARES_PERCENT = (
    (UNEMPLOYED, 40),
    ("employee", 28),
    ("disabled", 6),
    ("veteran", 6),
    ("agreement-insured", 5),
    ("rural-surplus", 5),
    ("college-final-year", 5),
    ("vocational-final-year", 5),
)


class Pool:
    """Hands out every worker once."""

    def __init__(self, dice: Dice, people: Sequence[Person]) -> None:
        self._dice = dice
        self._waiting: dict[str, list[Person]] = {}
        for person in dice.shuffled(people):
            group = person.group if is_eligible(person, CLAIM_DAY) else NOT_ELIGIBLE
            self._waiting.setdefault(group, []).append(person)

    def take(self, group: str, count: int) -> list[Person]:
        """Take workers of one group; ValueError when too few of it are left."""
        waiting = self._waiting.get(group, [])
        if len(waiting) < count:
            raise ValueError(f"not enough workers: {group}")
        taken, self._waiting[group] = waiting[:count], waiting[count:]
        return taken

    def take_mixed(self, count: int) -> list[Person]:
        """Take eligible workers of several groups, by the shares in which groups learn."""
        return self._take_by_lot(count, SHARES_PERCENT)

    def take_claimants(self, count: int) -> list[Person]:
        """Take eligible workers of the groups to which the batch issues nothing."""
        return self._take_by_lot(count, SHARES_PERCENT[1:])

    def _take_by_lot(self, count: int, shares: Sequence[tuple[str, int]]) -> list[Person]:
        lots = [group for group, percent in shares for _ in range(percent)]
        taken: list[Person] = []
        while len(taken) < count:
            lots = [group for group in lots if self._waiting.get(group)]
            taken += self.take(self._dice.pick(lots), 1)
        return taken
