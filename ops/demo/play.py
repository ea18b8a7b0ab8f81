"""The story's calendar: which scene is played at which moment.

Here: the order of scenes. Not here: how any is played. The same story is played in the
demo on a city of five thousand and in the tests on one of two hundred.
"""

from ops.demo.scenes import (
    cases,
    classes,
    desks,
    figures,
    issuing,
    lessons,
    national,
    notices,
    offices,
    payments,
    rights,
    schedules,
    settlement,
)
from ops.demo.world import World

LESSON_MOMENTS = ("S2", "S3", "S4", "S5", "S6", "S7")


def play(world: World) -> None:
    """Play the whole year, from the first files to the expiry.

    The city stands at S0 already. Raises StepFailedError at the first answer that is not
    what the story expects, UnreachableError when none comes.
    """
    _first_day(world)
    _jump(world, "S1", "the day before the classes")
    classes.learner_enrolled_too_late(world)
    notices.remind(world)
    for moment in LESSON_MOMENTS:
        _jump(world, moment, "lessons")
        lessons.check_in_all(world, moment)
    _jump(world, "S8", "results and money")
    _settlement_day(world)
    _jump(world, "S9", "a week later")
    payments.bank_opens(world)
    _jump(world, "S10", "seven days before unused vouchers expire")
    notices.remind(world)
    _jump(world, "S11", "the year has ended")
    schedules.expire_unused(world)
    national.hear_all(world)
    notices.read_inbox(world)
    figures.agree(world)


def _first_day(world: World) -> None:
    world.screen.scene(f"S0 · {world.story.moments['S0']:%Y-%m-%d %H:%M} · the city opens")
    world.doors.take_over_schedules()
    offices.open_city(world)
    offices.register_channels(world)
    rights.turned_away(world)
    issuing.issue_batches(world)
    issuing.claim_all(world)
    issuing.claims_refused(world)
    desks.code_shown_twice(world)
    desks.verify_all(world)
    classes.file_classes(world)
    classes.class_filed_too_late(world)
    classes.enrol_all(world)


def _settlement_day(world: World) -> None:
    offices.bring_files(world, "S8")
    settlement.propose_all(world)
    settlement.own_proposal_refused(world)
    settlement.approve_all(world)
    cases.hold_again_by_hand(world)
    cases.decide_held_lines(world)
    payments.pay(world)
    schedules.close_check_in_vouchers(world)


def _jump(world: World, moment: str, what: str) -> None:
    world.screen.scene(f"{moment} · {world.story.moments[moment]:%Y-%m-%d %H:%M} · {what}")
    with world.screen.step("the clock jumps"):
        world.jump_to(moment)
