"""Districts look at lines born held and release them with a reason, or keep them.

Here: the decision on held lines. Not here: why they were held.
"""

from collections.abc import Iterator
from typing import Any

from ops.demo.world import World
from ops.failures import must


def decide_held_lines(world: World) -> None:
    """Release every held line but those the story keeps."""
    decisions = {
        world.notebook.vouchers[row.person, row.programme]: row for row in world.story.held
    }

    def decide(job: tuple[str, dict[str, Any]]) -> bool:
        district, line = job
        row = decisions.get(line["voucher_id"])
        if row is not None and row.decision == "keep":
            return False
        reason = world.story.default_release_reason if row is None else row.reason
        token = world.tokens.staff(world.story.cast.releasers[district])
        must(world.api.post(f"/lines/{line['line_id']}/release", token, {"reason": reason}), 200)
        return True

    held = [
        (district, line)
        for district in world.story.districts
        for line in _held_lines(world, district)
    ]
    released = world.all_together("held lines decided", decide, held)
    world.screen.tell(f"{released.count(True)} released, {released.count(False)} kept held")


def hold_again_by_hand(world: World) -> None:
    """Hold is a verb as release is: a line let go is stopped again by hand."""
    kept = {
        world.notebook.vouchers[row.person, row.programme]
        for row in world.story.held
        if row.decision == "keep"
    }
    district, line = next(
        (district, line)
        for district in world.story.districts
        for line in _held_lines(world, district)
        if line["voucher_id"] not in kept
    )
    token = world.tokens.staff(world.story.cast.releasers[district])
    path = f"/lines/{line['line_id']}"
    with world.screen.step("a line released, then held by hand") as step:
        must(world.api.post(f"{path}/release", token, {"reason": "核实后放行"}), 200)
        held = must(world.api.post(f"{path}/hold", token, {"reason": "再次核实"}), 200)
        step.note = str(held.json["state"])


def _held_lines(world: World, district: str) -> Iterator[dict[str, Any]]:
    token = world.tokens.staff(world.story.cast.releasers[district])
    cursor: str | None = ""
    while cursor is not None:
        path = f"/lines?work=held:{district}" + (f"&cursor={cursor}" if cursor else "")
        page = must(world.api.get(path, token), 200).json
        yield from page["lines"]
        cursor = page.get("next_cursor")
