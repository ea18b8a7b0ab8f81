"""Vouchers come to people: by a batch for a group, and by each one's own claim.

Here: issue and claim. Not here: who is eligible; the city says so.
"""

from collections import Counter

from ops.demo.story import Batch, Claim
from ops.demo.world import World
from ops.failures import StepFailedError, must, unexpected
from ops.runs import follow, start_batch


def issue_batches(world: World) -> None:
    """Issue proactively to every group of the story."""
    for batch in world.story.batches:
        _issue(world, batch)


def claim_all(world: World) -> None:
    """Everybody claims; the voucher's id goes into the notebook."""

    def claim(row: Claim) -> None:
        answer = world.api.post(f"/programmes/{row.programme}/claims", world.worker(row.person), {})
        voucher = must(answer, 201).json
        world.notebook.vouchers[row.person, row.programme] = voucher["voucher_id"]

    world.all_together("claims", claim, world.story.claims)


def claims_refused(world: World) -> None:
    """Those whom the rules turn away are turned away, each with a problem."""

    def claim(row: Claim) -> str:
        answer = world.api.post(f"/programmes/{row.programme}/claims", world.worker(row.person), {})
        if not 400 <= answer.status < 500 or answer.code is None:
            raise unexpected(answer, "a refusal")
        return world.note_refusal(answer)

    told = world.all_together("claims refused by rule", claim, world.story.refused_claims)
    for refusal, count in Counter(told).items():
        world.screen.tell(f"{count} × {refusal}")


def _issue(world: World, batch: Batch) -> None:
    token = world.tokens.staff(batch.by)
    with world.screen.step(f"issue {batch.programme} to {batch.group}") as step:
        ordered = start_batch(world.api, token, batch.programme, group=batch.group)
        run = follow(
            world.api, token, ordered, lambda run: step.reach(run.handled, run.rows or None)
        )
        step.note = f"{run.applied} issued"
    if run.applied != batch.expected_issued:
        raise StepFailedError(
            f"batch {batch.programme} to {batch.group}",
            f"issued {run.applied}, expected {batch.expected_issued}",
            f"read the run: GET /runs/{run.run_id}; is every roster row imported?",
        )
