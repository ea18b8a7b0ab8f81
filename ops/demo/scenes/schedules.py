"""Schedules that the story wakes by hand, as EventBridge would.

Here: closing and expiry. Not here: the relay; see payments.
"""

from ops.demo.world import World


def close_check_in_vouchers(world: World) -> None:
    """Check-in vouchers close after their class's last lesson."""
    with world.screen.step("check-in vouchers closed") as step:
        step.note = _told(world.doors.wake("Close", world.clock.now()))


def expire_unused(world: World) -> None:
    """The year has ended: what was not used becomes void."""
    with world.screen.step("unused vouchers expired") as step:
        step.note = _told(world.doors.wake("Expire", world.clock.now()))


def _told(answer: object) -> str:
    return "" if answer is None else str(answer)
