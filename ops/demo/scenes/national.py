"""The national platform hears of every voucher and answers; what it has not is repeated.

Here: its hours, the clock in between, the repeats. Not here: the platform's rules.
"""

from datetime import timedelta

from ops.demo.world import World

AN_HOUR = timedelta(hours=1)
STREAM_MAY_PAUSE_S = 5.0
A_REPEAT_IS_THERE_S = 2.0


def hear_all(world: World) -> None:
    """Let the platform answer, hour by hour, until it owes nothing for what it was told."""
    with world.screen.step("every event told to the national platform") as step:
        heard, repeated, idle_s = 0, 0, STREAM_MAY_PAUSE_S
        while True:
            work = world.national.answer(world.clock.now(), idle_s)
            world.doors.wait_until_quiet("NationalQueue", "NationalResultsQueue")
            heard, repeated = heard + work["heard"], repeated + work["repeated"]
            step.reach(heard, None)
            if not work["owed"]:
                break
            world.clock.jump(world.clock.now() + AN_HOUR)
            world.tokens.forget()
            world.doors.wake("Repeat", world.clock.now())
            idle_s = A_REPEAT_IS_THERE_S
        step.note = f"{heard} events, {repeated} of them told twice"
