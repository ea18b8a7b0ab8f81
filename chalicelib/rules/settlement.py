"""Proposals (拨付建议) and the fund's budget: what is proposed, what fits, who may approve."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.errors import Forbidden

from .ids import ProposalId, VoucherId


class ProposalState(StrEnum):
    """Where a proposal stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    SETTLED = "settled"


@dataclass(frozen=True)
class Entry:
    """One voucher of a proposal: its amount and everything the amount was computed from."""

    voucher_id: VoucherId
    amount_fen: int
    policy: str
    judged_on: str
    occupation: str
    level: int
    standard_fen: int
    uplift_percent: int
    ratio_percent: int


@dataclass(frozen=True)
class Proposal:
    """Vouchers of one programme and district, to be paid from one fund."""

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

    @property
    def total_fen(self) -> int:
        """What all its entries come to."""
        return sum(entry.amount_fen for entry in self.entries)

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


def longest_prefix(entries: Sequence[Entry], available_fen: int) -> int:
    """How many entries, in the proposal's order, the available money covers."""
    spent_fen = 0
    for count, entry in enumerate(entries):
        spent_fen += entry.amount_fen
        if spent_fen > available_fen:
            return count
    return len(entries)


def check_second_person(proposal: Proposal, approver: str) -> None:
    """Nobody approves what he proposed (notice 四.(三)); Forbidden `same_person`."""
    if proposal.proposer == approver:
        raise Forbidden("same_person", facts={"proposal_id": proposal.id})
