"""The workers: who they are, which group they belong to and from when to when.

Shares of the groups, ages and dates are plausible to the eye, nothing more. Facts that have ended
ended before the story, the others last beyond it: no result hangs on a day's edge.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sim.city.check_digits import citizen_check
from sim.city.dice import Dice
from sim.city.groups import GROUPS, Group
from sim.city.names import person_name
from sim.city.places import DISTRICTS

LAST_ENDING = date(2026, 1, 31)
HORIZON = date(2026, 2, 20)


@dataclass(frozen=True)
class Person:
    """A worker as the roster states him; `until` is None while the group fact is open-ended."""

    document_number: str
    name: str
    phone: str
    group: str
    since: date
    until: date | None
    is_local: bool
    district: str

    def is_in_group_on(self, day: date) -> bool:
        """Say whether the group fact holds on the day, its first and last day included."""
        return self.since <= day and (self.until is None or day <= self.until)


def citizen_number(dice: Dice, born: date) -> str:
    """Return a valid citizen number (GB 11643) of nobody, under the prefix 3199."""
    order = dice.between(1, 999)
    first_17 = f"3199{dice.between(1, 18):02d}{born:%Y%m%d}{order:03d}"
    return first_17 + citizen_check(first_17)


def _fact(dice: Dice, group: Group, born: date) -> tuple[date, date | None]:
    """The first and the last day of a person's group fact, not before he turns eighteen."""
    if dice.chance(group.ended_percent):
        until = dice.day(LAST_ENDING - timedelta(days=200), LAST_ENDING)
        return until - timedelta(days=group.lasts_days or dice.between(240, 1000)), until
    if group.until is not None:
        return group.since, group.until
    since = dice.day(max(group.since, date(born.year + 18, 12, 31)), HORIZON)
    return since, since + timedelta(days=group.lasts_days) if group.lasts_days else None


def make_person(dice: Dice, group: Group) -> Person:
    """Return one worker of the group."""
    born = dice.day(*group.born_between)
    since, until = _fact(dice, group, born)
    return Person(
        document_number=citizen_number(dice, born),
        name=person_name(dice),
        phone=f"169{dice.digits(8)}",
        group=group.code,
        since=since,
        until=until,
        is_local=not dice.chance(group.outsider_percent),
        district=dice.pick(DISTRICTS).code,
    )


def make_people(seed: int, workers: int, strangers: int) -> tuple[list[Person], list[Person]]:
    """Return the city's workers, and strangers beside them whose rows will be spoilt.

    No two share a number. The shares of the groups move a little with the seed.
    """
    dice = Dice(seed, "people")
    counts = {group.code: workers * group.share_percent // 100 for group in GROUPS}
    moved = dice.between(0, workers // 100)
    counts["registered-unemployed"] += moved
    counts["employee"] += workers - sum(counts.values())
    wanted = [group for group in GROUPS for _ in range(counts[group.code])]
    wanted = dice.shuffled(wanted) + [dice.pick(GROUPS) for _ in range(strangers)]
    made: dict[str, Person] = {}
    for group in wanted:
        person = make_person(dice, group)
        while person.document_number in made:
            person = make_person(dice, group)
        made[person.document_number] = person
    everybody = list(made.values())
    return everybody[:workers], everybody[workers:]
