"""Money leaves for the bank, and the bank's answers come back.

Here: the relay, the bank's opening hours, the results. Not here: the bank's rules.
"""

from ops.demo.world import World


def pay(world: World) -> None:
    """Relay due lines and let the bank answer, until neither finds anything more."""
    with world.screen.step("relay, bank and its results") as step:
        told = 0
        while True:
            world.doors.wake("Relay", world.clock.now())
            work = world.bank.open_for_business(world.clock.now())
            world.doors.wait_until_quiet("BankQueue", "BankResultsQueue")
            if not work["heard"]:
                break
            told += work["heard"]
            step.reach(told, None)
        step.note = f"{told} lines at the bank"


def bank_opens(world: World) -> None:
    """The bank opens on another day and says what has become due since."""
    with world.screen.step("the bank returns what it could not keep") as step:
        work = world.bank.open_for_business(world.clock.now())
        world.doors.wait_until_quiet("BankResultsQueue")
        step.note = f"{work['sent']} messages"
