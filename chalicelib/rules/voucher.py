"""The voucher (职业培训券) and the one table of its moves.

The write conditions of the store, the checker's replay and the diagram in docs/ come from this
table. When a move is allowed beyond its state (time, codes, seats) is for the use case.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from chalicelib.errors import Conflict

from . import calendar, history
from .history import Command
from .ids import ClassId, OrganisationId, PersonId, ProposalId, VoucherId


class State(StrEnum):
    """Where a voucher stands."""

    ISSUED = "ISSUED"  # 已发放
    CLAIMED = "CLAIMED"  # 已领取
    VERIFIED = "VERIFIED"  # 已验证
    ENROLLED = "ENROLLED"  # 已录取
    ASSESSED = "ASSESSED"  # 已考核
    APPROVED = "APPROVED"  # 已核准
    PAYING = "PAYING"  # 拨付中
    WRITTEN_OFF = "WRITTEN_OFF"  # 已核销
    EXPIRED = "EXPIRED"  # 超期作废
    CLOSED = "CLOSED"  # 关闭


class Shape(StrEnum):
    """The way a programme's vouchers go."""

    CLASS = "class"
    CERTIFICATE = "certificate"
    CHECK_IN = "check-in"


class Verb(StrEnum):
    """What can happen to a voucher."""

    ISSUE = "issue"
    CLAIM = "claim"
    VERIFY = "verify"
    ENROL = "enrol"
    ASSESS = "assess"
    FAIL = "fail"
    PROPOSE = "propose"
    DEFER = "defer"
    APPROVE = "approve"
    PAY = "pay"
    REJECT = "reject"
    WRITE_OFF = "write_off"
    RETURN = "return"
    EXPIRE = "expire"
    CLOSE = "close"


Move = tuple[frozenset[State], State]


def _move(to: State, *sources: State) -> Move:
    return frozenset(sources), to


_START = {
    Verb.ISSUE: _move(State.ISSUED),
    Verb.CLAIM: _move(State.CLAIMED, State.ISSUED),
}
_TEACHING = {
    Verb.VERIFY: _move(State.VERIFIED, State.CLAIMED),
    Verb.ENROL: _move(State.ENROLLED, State.VERIFIED),
    Verb.EXPIRE: _move(State.EXPIRED, State.ISSUED, State.CLAIMED, State.VERIFIED),
}
_MONEY = {
    Verb.PROPOSE: _move(State.ASSESSED, State.ASSESSED),
    Verb.DEFER: _move(State.ASSESSED, State.ASSESSED),
    Verb.APPROVE: _move(State.APPROVED, State.ASSESSED),
    Verb.PAY: _move(State.PAYING, State.APPROVED),
    Verb.REJECT: _move(State.APPROVED, State.PAYING),
    Verb.WRITE_OFF: _move(State.WRITTEN_OFF, State.PAYING),
    Verb.RETURN: _move(State.APPROVED, State.WRITTEN_OFF),
}

MOVES: Mapping[Shape, Mapping[Verb, Move]] = {
    Shape.CLASS: {
        **_START,
        **_TEACHING,
        Verb.ASSESS: _move(State.ASSESSED, State.ENROLLED),
        Verb.FAIL: _move(State.CLOSED, State.ENROLLED),
        **_MONEY,
    },
    Shape.CERTIFICATE: {
        **_START,
        Verb.ASSESS: _move(State.ASSESSED, State.CLAIMED),
        Verb.EXPIRE: _move(State.EXPIRED, State.ISSUED, State.CLAIMED),
        **_MONEY,
    },
    Shape.CHECK_IN: {
        **_START,
        **_TEACHING,
        Verb.CLOSE: _move(State.CLOSED, State.ENROLLED),
    },
}

USED: Mapping[Shape, State] = {
    Shape.CLASS: State.ENROLLED,
    Shape.CERTIFICATE: State.ASSESSED,
    Shape.CHECK_IN: State.ENROLLED,
}
"""The state in which a voucher of the shape counts as used (已使用)."""

BEFORE_EXPIRY: Mapping[Shape, frozenset[Verb]] = {
    Shape.CLASS: frozenset({Verb.CLAIM, Verb.VERIFY, Verb.ENROL}),
    Shape.CERTIFICATE: frozenset({Verb.CLAIM, Verb.ASSESS}),
    Shape.CHECK_IN: frozenset({Verb.CLAIM, Verb.VERIFY, Verb.ENROL}),
}
"""The moves that a voucher past its validity can no longer make (notice 三.(五))."""


@dataclass(frozen=True)
class Terms:
    """What the moves of a voucher fixed, each field by the event that set it."""

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
    judged_on: str | None = None
    assessed_on: str | None = None
    proposal_id: ProposalId | None = None
    fund: str | None = None
    amount_fen: int | None = None


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


def issue(blank: Voucher, command: Command) -> Voucher:
    """A blank voucher with its first event; the event repeats what the item was born with."""
    facts = {
        "programme": blank.programme,
        "period": blank.period,
        "policy": blank.policy,
        "district": blank.terms.district,
        "group": blank.terms.group,
        "expires_at": blank.expires_at,
    }
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
