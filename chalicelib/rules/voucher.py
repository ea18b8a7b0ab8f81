"""The voucher (职业培训券): what it is, and what a move makes of it.

Which moves there are stands in moves.py. When one is allowed beyond its state (time, codes, seats)
is for the use case.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from chalicelib.errors import Conflict

from . import calendar, history, ids
from .history import Command
from .ids import ClassId, LineId, OrganisationId, PersonId, ProposalId, VoucherId
from .moves import BEFORE_EXPIRY, MOVES, UNUSED, Shape, State, Verb
from .shares import Share

_FIRST = 1
"""The instalment that a whole amount is."""


@dataclass(frozen=True)
class Terms:
    """What the moves of a voucher fixed, each field by the event that set it.

    `shares` are fund, payee and fen of each, kept where they are not one to who paid the fee.
    """

    district: str | None = None
    group: str | None = None
    code_step: int | None = None
    verified_by: OrganisationId | None = None
    class_id: ClassId | None = None
    ends_at: str | None = None
    paid_by: str | None = None
    payee_id: str | None = None
    occupation: str | None = None
    level: int | None = None
    certificate_no: str | None = None
    assessed_on: str | None = None
    proposal_id: ProposalId | None = None
    fund: str | None = None
    amount_fen: int | None = None
    shares: Sequence[Sequence[Any]] | None = None
    expires_unfinished: bool | None = None

    @property
    def owed(self) -> tuple[Share, ...]:
        """What each fund pays, its own first; nothing before it was proposed."""
        if self.shares:
            return tuple(Share(*share) for share in self.shares)
        if self.fund is None or self.amount_fen is None:
            return ()
        return (Share(self.fund, self.paid_by or "", self.amount_fen),)


@dataclass(frozen=True)
class Voucher:
    """One voucher with its whole history inside."""

    id: VoucherId
    person_id: PersonId
    programme: str
    period: str
    ordinal: int
    shape: Shape
    policy: str
    expires_at: str
    secret: bytes
    state: State
    terms: Terms
    history: tuple[str, ...]

    @property
    def version(self) -> int:
        """The number of its last event."""
        return len(self.history)

    def expired(self, now: datetime) -> bool:
        """Past its validity; at the very instant it is void."""
        return now >= calendar.instant(self.expires_at)

    @property
    def expirable(self) -> bool:
        """Whether it becomes void at `expires_at` as it stands (notice 三.(五)).

        Unused it does; enrolled and not finished only where the policy it was issued under says
        so. A check-in voucher finishes with its class.
        """
        if self.state is not State.ENROLLED:
            return self.state in UNUSED
        over_in_time = self.terms.ends_at is not None and self.terms.ends_at <= self.expires_at
        return bool(self.terms.expires_unfinished) and not over_in_time

    def payee(self, word: str) -> str | None:
        """Who is meant by worker, institution or enterprise; None where it is nobody known."""
        if word == self.terms.paid_by:
            return self.terms.payee_id
        return {"worker": self.person_id, "institution": self.terms.verified_by}.get(word)

    def line_of(self, share: Share) -> LineId:
        """The line that pays the share."""
        return ids.line_id(self.id, share.fund, _FIRST)

    def concerned(self, facts: Mapping[str, Any]) -> tuple[Share, ...]:
        """The share of the line that an event names; the only one where there are no others."""
        owed = self.terms.owed
        if len(owed) == 1:
            return owed
        return tuple(share for share in owed if self.line_of(share) == facts.get("line_id"))

    def in_validity_only(self, verb: Verb) -> bool:
        """Whether a voucher past its validity can no longer make the move."""
        finishes = verb in {Verb.ASSESS, Verb.FAIL} and self.terms.expires_unfinished
        return bool(finishes) or verb in BEFORE_EXPIRY[self.shape]


_TERMS = frozenset(field.name for field in fields(Terms))


def after(terms: Terms, facts: Mapping[str, Any]) -> Terms:
    """The terms with what an event set."""
    return replace(terms, **{name: value for name, value in facts.items() if name in _TERMS})


def move(voucher: Voucher, verb: Verb, command: Command, facts: Mapping[str, Any]) -> Voucher:
    """The voucher after one more event.

    Raises Conflict `not_in_state` where the table has no such move, `history_full` at its limit.
    """
    sources, to = MOVES[voucher.shape].get(verb, (frozenset(), voucher.state))
    if voucher.state not in sources:
        raise Conflict("not_in_state", facts={"state": voucher.state, "verb": verb})
    if voucher.version >= history.LIMIT:
        raise Conflict("history_full", facts={"limit": history.LIMIT})
    return replace(
        voucher,
        state=to,
        terms=after(voucher.terms, facts),
        history=history.append(voucher.history, verb, to, command, facts),
    )


def issue(blank: Voucher, command: Command, judged: Mapping[str, object] | None = None) -> Voucher:
    """A blank voucher with its first event; the event repeats what the item was born with.

    `judged` is what its holder's eligibility was decided by, and the hash of that decision's why.
    """
    facts: dict[str, object] = {
        "programme": blank.programme,
        "period": blank.period,
        "policy": blank.policy,
        "district": blank.terms.district,
        "group": blank.terms.group,
        "expires_at": blank.expires_at,
    }
    if blank.terms.expires_unfinished:
        facts["expires_unfinished"] = True
    facts |= judged or {}
    born = history.append((), Verb.ISSUE, State.ISSUED, command, facts)
    return replace(blank, state=State.ISSUED, history=born)


def as_of(voucher: Voucher, version: int) -> Voucher:
    """The voucher as it stood after that event."""
    return replayed(voucher, voucher.history[:version])


def replayed(voucher: Voucher, entries: Sequence[str]) -> Voucher:
    """What these events alone make of the voucher's fixed part; ValueError at an illegal move."""
    state, terms = State.ISSUED, Terms()
    for event in history.events(entries):
        sources, to = MOVES[voucher.shape].get(Verb(event.do), (frozenset(), None))
        legal = state in sources if sources else event.n == 1
        if not legal or to is None or event.to != to:
            raise ValueError(f"event {event.n} is no move of the table: {event.do}")
        state, terms = to, after(terms, event.set)
    return replace(voucher, state=state, terms=terms, history=tuple(entries))
