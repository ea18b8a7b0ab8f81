"""Workers are told in their apps what concerns them; the apps' inbox shows each notice once.

Here: the reminders, the inbox at the end. Not here: who is told what; the city decides it.
"""

from ops.demo.world import World
from ops.failures import StepFailedError


def remind(world: World) -> None:
    """Wake the schedule of the reminders; the apps take what it sent."""
    with world.screen.step("workers are reminded") as step:
        before = sum(world.inbox.shown.values())
        world.doors.wake("Remind", world.clock.now())
        world.inbox.take_all()
        step.note = f"{sum(world.inbox.shown.values()) - before} notices in the apps since before"


def read_inbox(world: World) -> None:
    """Let the apps take the last notices and tell how many of each kind went out.

    Raises StepFailedError where a message is not as its published schema promises.
    """
    with world.screen.step("notices in the workers' apps") as step:
        while world.doors.depth("ChannelsQueue"):
            world.inbox.take_all()
        step.note = f"{sum(world.inbox.shown.values())}, {world.inbox.repeated} of them told twice"
    if world.inbox.faulty:
        raise StepFailedError(
            "the apps' inbox",
            f"{len(world.inbox.faulty)} faulty messages, the first: {world.inbox.faulty[0]}",
            "compare the message's type in chalicelib with docs/schemas",
        )
    rows = [(kind, number) for kind, number in world.inbox.by_kind().items()]
    world.screen.table("notices", ("kind", "shown"), rows)
