"""The figures that the stream kept up all the while, held against what was to be expected.

Here: waiting until the stream is through, and the comparison. Not here: any counting.
"""

import time

from ops.demo.verdict import read_expected
from ops.demo.world import World
from ops.failures import StepFailedError
from ops.figures import Figures, ask

PATIENCE_S = 60
POLL_EVERY_S = 0.5
_SAME = {
    **{"issued": "issued", "claimed": "claimed", "verified": "verified"},
    **{"settled": "written_off", "expired": "expired"},
}
"""The figures that mean what the story's count of the other name means."""


def agree(world: World) -> None:
    """Wait until the figures are the expected ones. Raises StepFailedError where they stay other.

    Used is what did not expire, spent what was paid and not returned.
    """
    told = read_expected(world.samples)
    expected = {figure: told[count] for figure, count in _SAME.items()}
    expected |= {"used": told["issued"] - told["expired"], "spent_fen": told["paid_fen"]}
    with world.screen.step("figures as expected") as step:
        ends_at = time.monotonic() + PATIENCE_S
        while (found := _found(of_the_year(world))) != expected:
            if time.monotonic() > ends_at:
                raise StepFailedError(
                    "waiting for the figures",
                    f"they stay at {found}, expected {expected}",
                    "look at CountFigures' log lines, and run voucherctl stats --rebuild",
                )
            time.sleep(POLL_EVERY_S)
        step.note = f"{found['used']} used of {found['issued']} issued"


def of_the_year(world: World) -> Figures:
    """The city's figures of the story's year, by programme, as its finance office sees them."""
    token = world.tokens.staff(world.story.cast.approver)
    period = str(world.story.moments["S0"].year)
    return ask(world.api, token, by="programme", period=period)


def _found(figures: Figures) -> dict[str, int]:
    spent_fen = sum(sums["paid_fen"] - sums["returned_fen"] for _, sums in figures.funds())
    return {**figures.total(), "spent_fen": spent_fen}
