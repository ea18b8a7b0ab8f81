"""Proposals (拨付建议) and the fund's budget: what is proposed, what fits, who may approve."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from chalicelib.errors import Conflict, Forbidden

from . import history, shares
from .history import Command
from .ids import ProposalId, VoucherId
from .shares import Share


class ProposalState(StrEnum):
    """Where a proposal stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    SETTLED = "settled"


class ProposalVerb(StrEnum):
    """What can happen to a proposal."""

    DRAFT = "draft"
    PROPOSE = "propose"
    DROP = "drop"  # every voucher went to another proposal
    APPROVE = "approve"
    SETTLE = "settle"


PROPOSAL_MOVES: Mapping[ProposalVerb, tuple[ProposalState, ProposalState]] = {
    ProposalVerb.PROPOSE: (ProposalState.DRAFT, ProposalState.PROPOSED),
    ProposalVerb.DROP: (ProposalState.DRAFT, ProposalState.SETTLED),
    ProposalVerb.APPROVE: (ProposalState.PROPOSED, ProposalState.APPROVED),
    ProposalVerb.SETTLE: (ProposalState.APPROVED, ProposalState.SETTLED),
}

ENTRIES = 100
"""Vouchers one proposal holds at most."""


@dataclass(frozen=True)
class Entry:
    """One voucher of a proposal: its amount and everything the amount was computed from.

    `inputs` is the situation as plain data, `on` the day of the computation, `why` the hash of
    its trace. `version` is the voucher's at that moment: what changed since then is not what was
    computed. Entries from before there were traces have none, and what the item told of them;
    those from before a what-if counted people do not name the person.
    `shares` sum to the amount; none stand for one of the proposal's fund, to who paid the fee.
    """

    voucher_id: VoucherId
    amount_fen: int
    policy: str
    version: int
    on: str = ""
    inputs: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""
    person_id: str = ""
    shares: tuple[Share, ...] = ()

    def owed(self, fund: str, paid_by: str) -> tuple[Share, ...]:
        """Its shares in a proposal of that fund, where he paid the fee."""
        return self.shares or (Share(fund, paid_by, self.amount_fen),)


@dataclass(frozen=True)
class Proposal:
    """Vouchers of one programme and district, to be paid from one fund and what tops it up.

    `fund` is that of every entry's first share.
    """

    id: ProposalId
    programme: str
    district: str
    fund: str
    year: int
    state: ProposalState
    entries: tuple[Entry, ...]
    approved_entries: int
    proposer: str
    approver: str | None
    key: str
    body: str
    history: tuple[str, ...]

    @property
    def version(self) -> int:
        """The number of its last event."""
        return len(self.history)

    @property
    def total_fen(self) -> int:
        """What all its entries come to."""
        return sum(entry.amount_fen for entry in self.entries)

    def by_fund(self, entries: Iterable[Entry]) -> dict[str, int]:
        """What each fund pays of these entries of it, in fen."""
        return shares.by_fund(share for entry in entries for share in entry.owed(self.fund, ""))

    @property
    def approved(self) -> tuple[Entry, ...]:
        """The entries that the budget covered."""
        return self.entries[: self.approved_entries]

    @property
    def deferred(self) -> tuple[Entry, ...]:
        """The entries that wait for money."""
        return self.entries[self.approved_entries :]


@dataclass(frozen=True)
class Budget:
    """A fund's year (资金来源): what was granted and where it stands, in fen."""

    fund: str
    year: int
    granted_fen: int
    available_fen: int
    reserved_fen: int
    paid_fen: int
    recovered_fen: int

    @property
    def balanced(self) -> bool:
        """The money equation: nothing appears, nothing vanishes, nothing is negative."""
        parts = (self.available_fen, self.reserved_fen, self.paid_fen, self.recovered_fen)
        whole = self.available_fen + self.reserved_fen + self.paid_fen - self.recovered_fen
        return min(parts) >= 0 and whole == self.granted_fen


def longest_prefix(proposal: Proposal, available: Mapping[str, int]) -> tuple[int, str]:
    """How many entries, in the proposal's order, what every fund has available covers.

    Also the fund that falls short of the next one, "" where none does.
    """
    spent: dict[str, int] = {}
    for count, entry in enumerate(proposal.entries):
        for fund, fen in proposal.by_fund([entry]).items():
            spent[fund] = spent.get(fund, 0) + fen
            if spent[fund] > available[fund]:
                return count, fund
    return len(proposal.entries), ""


def check_second_person(proposal: Proposal, approver: str) -> None:
    """Nobody approves what he proposed (notice 四.(三)); Forbidden `same_person`."""
    if proposal.proposer == approver:
        raise Forbidden("same_person", facts={"proposal_id": proposal.id})


def drafted(proposal: Proposal, command: Command) -> Proposal:
    """A new proposal with its first event; its vouchers are not marked yet."""
    facts = {"entries": len(proposal.entries), "total_fen": proposal.total_fen}
    born = history.append((), ProposalVerb.DRAFT, ProposalState.DRAFT, command, facts)
    return replace(proposal, state=ProposalState.DRAFT, history=born)


def move(proposal: Proposal, verb: ProposalVerb, command: Command) -> Proposal:
    """The proposal after one more event; Conflict `not_in_state` where there is no such move."""
    source, to = PROPOSAL_MOVES[verb]
    if proposal.state is not source:
        raise Conflict("not_in_state", facts={"state": proposal.state, "verb": verb})
    facts: dict[str, int] = {"entries": len(proposal.entries), "total_fen": proposal.total_fen}
    if verb is ProposalVerb.APPROVE:
        facts = {
            "approved_entries": proposal.approved_entries,
            "approved_fen": sum(entry.amount_fen for entry in proposal.approved),
        }
    told = history.append(proposal.history, verb, to, command, facts)
    return replace(proposal, state=to, history=told)


def approved(proposal: Proposal, count: int, command: Command) -> Proposal:
    """The proposal with its first `count` entries approved by whoever commands it."""
    filled = replace(proposal, approved_entries=count, approver=command.actor)
    return move(filled, ProposalVerb.APPROVE, command)


def as_of(proposal: Proposal, version: int) -> Proposal:
    """The proposal as it stood after that event, once its entries were final."""
    told = proposal.history[:version]
    events = history.events(told)
    known = [event for event in events if event.do == ProposalVerb.APPROVE]
    return replace(
        proposal,
        state=ProposalState(events[-1].to),
        approver=known[0].by if known else None,
        approved_entries=int(known[0].set["approved_entries"]) if known else 0,
        history=told,
    )
