"""Districts propose the amounts, the city's finance approves them.

Here: proposals, the refusal of one's own, approvals. Not here: lines that are held.
"""

from typing import Any

from ops.demo.story import Proposal
from ops.demo.world import World
from ops.failures import must, must_refuse, unexpected


def propose_all(world: World) -> None:
    """Every district proposes; entries and total must be what the story computed."""

    def propose(row: Proposal) -> str:
        token = world.tokens.staff(world.story.cast.proposers[row.district])
        body = {"programme": row.programme, "district": row.district}
        answer = must(world.api.post("/proposals", token, body), 201)
        found = (answer.json["entries"], answer.json["total_fen"])
        if found != (row.entries, row.total_fen):
            raise unexpected(answer, f"{row.entries} entries, {row.total_fen} fen in {body}")
        return str(answer.json["proposal_id"])

    proposals = world.all_together("proposals", propose, world.story.proposals)
    world.notebook.proposals.extend(proposals)


def own_proposal_refused(world: World) -> None:
    """Whoever proposed cannot approve."""
    proposal_id = world.notebook.proposals[0]
    token = world.tokens.staff(world.story.cast.proposers[world.story.proposals[0].district])
    with world.screen.step("approving one's own proposal") as step:
        answer = world.api.post(f"/proposals/{proposal_id}/approval", token, {})
        step.note = world.note_refusal(must_refuse(answer, 403, "same_person"))


def approve_all(world: World) -> None:
    """The city's finance approves; then every voucher of a proposal gets its line."""
    token = world.tokens.staff(world.story.cast.approver)

    def approve(proposal_id: str) -> dict[str, Any]:
        return must(world.api.post(f"/proposals/{proposal_id}/approval", token, {}), 200).json

    approved = world.all_together("approvals", approve, world.notebook.proposals)
    total_fen = sum(proposal["total_fen"] for proposal in approved)
    with world.screen.step("payment lines written") as step:
        world.doors.wait_until_quiet("SettlementsQueue")
        step.note = f"{sum(p['entries'] for p in approved)} vouchers, {total_fen / 100:,.2f} yuan"
