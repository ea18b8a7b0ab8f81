"""Every tap of a learner on his phone: in time, late, from elsewhere, or never.

A lesson and a learner make one record. Most records have one tap; one learner is outside first
and taps again inside, which makes the record good.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sim.city.casting import Learner
from sim.city.dice import Dice
from sim.city.fence import Position
from sim.city.moments import MOMENTS, Lesson, sign_in_moment
from sim.city.positions import position_for
from sim.city.sizes import Size

ABNORMAL = ("late", "outside", "wrong_datum", "poor_accuracy")
SECOND_TAP = "second_tap"
Slot = tuple[Learner, Lesson]


@dataclass(frozen=True)
class CheckIn:
    """One tap and what is to become of it."""

    moment: str
    learner: Learner
    lesson_no: int
    attempt: int
    position: Position
    device_time: datetime
    outcome: str


def _plan(
    dice: Dice, size: Size, slots: list[Slot], surely_paid: Sequence[Learner]
) -> dict[Slot, str]:
    """Which records are out of the ordinary.

    One of each kind falls on a learner who will pass, so that a payment is held in every city.
    Only first lessons of a day can be late.
    """
    first = [slot for slot in slots if slot[1].number % 2 and slot[0] in surely_paid]
    plan = dict(zip(dice.sample(first, len(ABNORMAL)), ABNORMAL, strict=True))
    for kind in ABNORMAL:
        free = [slot for slot in slots if slot not in plan]
        if kind == "late":
            free = [slot for slot in free if slot[1].number % 2]
        more = dice.between(*size.abnormal_of_each_kind) - 1
        plan |= dict.fromkeys(dice.sample(free, more), kind)
    untouched = [slot for slot in slots if slot not in plan]
    return plan | {dice.pick(untouched): SECOND_TAP}


def _tap(dice: Dice, slot: Slot, outcome: str, attempt: int = 1) -> CheckIn:
    learner, lesson = slot
    moment = sign_in_moment(lesson.number, late=outcome == "late")
    where = "good" if outcome == "late" else outcome
    after = timedelta(seconds=60 * (attempt - 1) + dice.between(0, 59))
    return CheckIn(
        moment=moment,
        learner=learner,
        lesson_no=lesson.number,
        attempt=attempt,
        position=position_for(dice, learner.training_class.site, where),
        device_time=MOMENTS[moment] + after,
        outcome=outcome,
    )


def make_check_ins(
    seed: int, size: Size, learners: Sequence[Learner], surely_paid: Sequence[Learner]
) -> tuple[CheckIn, ...]:
    """Return all taps in the order of their moments; some learners miss a lesson."""
    dice = Dice(seed, "check-ins")
    slots = [(learner, lesson) for learner in learners for lesson in learner.training_class.lessons]
    slots = [slot for slot in slots if not dice.chance(size.absent_percent)]
    plan = _plan(dice, size, slots, surely_paid)
    taps = []
    for slot in slots:
        outcome = plan.get(slot, "good")
        if outcome == SECOND_TAP:
            taps += [_tap(dice, slot, "outside"), _tap(dice, slot, "good", attempt=2)]
        else:
            taps.append(_tap(dice, slot, outcome))
    order = list(MOMENTS)
    return tuple(sorted(taps, key=lambda tap: (order.index(tap.moment), tap.device_time)))
