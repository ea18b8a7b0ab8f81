"""Why somebody was paid what he was paid, as he reads it himself.

Here: finding a payment that arrived and asking for its explanation. Not here: how it is shown.
"""

from collections.abc import Iterator
from typing import Any

from ops import explained
from ops.demo.world import World
from ops.failures import StepFailedError

Explanation = dict[str, Any]


def of_a_payment(world: World) -> tuple[Explanation, Explanation]:
    """One paid voucher's explanation in zh-CN and en, to its holder; computed again, it is so.

    Raises StepFailedError where nobody was paid, or an official computes it otherwise.
    """
    for token, voucher_id in _paying_learners(world):
        told = explained.fetched(world.api, token, voucher_id, "zh-CN")
        if any(payment["state"] == "PAID" for payment in told.get("payments", ())):
            _computed_again(world, voucher_id)
            return told, explained.fetched(world.api, token, voucher_id, "en")
    raise StepFailedError("explaining a payment", "nobody was paid", "look at the funnel above")


def _paying_learners(world: World) -> Iterator[tuple[str, str]]:
    """The tokens of those who paid their own fee, each with his voucher."""
    for course in world.story.classes:
        for learner in course.learners:
            voucher_id = world.notebook.vouchers.get((learner.person, course.programme))
            if learner.paid_by == "worker" and voucher_id:
                yield world.worker(learner.person), voucher_id


def _computed_again(world: World, voucher_id: str) -> None:
    official = world.tokens.staff(world.story.cast.approver)
    told = explained.fetched(world.api, official, voucher_id, "en")
    versions = explained.documents(world.api, official)
    other = [each.name for each in explained.recomputed(told, versions) if not each.same]
    if other:
        raise StepFailedError(
            f"computing {voucher_id} again", f"{', '.join(other)} differs", "see policy explain"
        )
