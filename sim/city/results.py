"""The assessment body's results: who passed, who failed, who earned a certificate elsewhere.

Only passes are reported for certificates: who failed has none to apply with. Some learners miss
the examination and have no row at all.
"""

from dataclasses import dataclass
from datetime import date

from sim.city.amounts import CERTIFICATE, TRAINING
from sim.city.casting import Cast, Learner
from sim.city.dice import Dice
from sim.city.people import Person
from sim.city.sizes import Size
from sim.city.trades import LEVELS, ORDINARY_OCCUPATIONS, UPLIFTED_OCCUPATIONS

EXAM_DAYS = (date(2026, 3, 12), date(2026, 3, 17))
CERTIFICATE_DAYS = (date(2026, 3, 4), date(2026, 3, 18))
CERTIFICATE_LEVELS = ("五级",) * 3 + ("四级",) * 4 + ("三级",) * 3 + ("二级",) * 2 + ("一级",)


@dataclass(frozen=True)
class Result:
    """One row of the results; `learner` is None for a certificate earned without a class."""

    person: Person
    programme: str
    occupation: str
    level: str
    learner: Learner | None
    passed: bool
    certificate_no: str
    day: date


def certificate_number(dice: Dice, level: str, order: int) -> str:
    """Return a 22-character number of a 职业技能等级证书 of no real agency."""
    grade = len(LEVELS) - LEVELS.index(level)
    return f"{dice.pick('YS')}{dice.digits(4)}31{dice.digits(6)}26{grade}{order:06d}"


def _of_class(dice: Dice, learner: Learner, passed: bool, order: int) -> Result:
    filed = learner.training_class
    return Result(
        person=learner.person,
        programme=TRAINING,
        occupation=filed.occupation,
        level=filed.level,
        learner=learner,
        passed=passed,
        certificate_no=certificate_number(dice, filed.level, order) if passed else "",
        day=dice.day(*EXAM_DAYS),
    )


def _of_certificate(dice: Dice, person: Person, order: int) -> Result:
    """A certificate at a level that the person's group is paid for."""
    level = dice.pick(CERTIFICATE_LEVELS)
    if person.group == "college-final-year" and level == LEVELS[0]:
        level = LEVELS[1]
    trades = UPLIFTED_OCCUPATIONS if dice.chance(45) else ORDINARY_OCCUPATIONS
    return Result(
        person=person,
        programme=CERTIFICATE,
        occupation=dice.pick(trades),
        level=level,
        learner=None,
        passed=True,
        certificate_no=certificate_number(dice, level, order),
        day=dice.day(*CERTIFICATE_DAYS),
    )


def make_results(seed: int, size: Size, cast: Cast) -> tuple[Result, ...]:
    """Return all results in the order of the file."""
    dice = Dice(seed, "results")
    sitting = [seat for seat in cast.learners if seat.training_class.programme == TRAINING]
    sitting = dice.shuffled(sitting)[size.missed_exam :]
    failures = dice.between(*size.failed)
    results = [
        _of_class(dice, learner, number > failures, number)
        for number, learner in enumerate(sitting, start=1)
    ]
    results += [
        _of_certificate(dice, person, number)
        for number, person in enumerate(cast.certified, start=len(sitting) + 1)
    ]
    return tuple(dice.shuffled(results))
