"""The payment line (拨付明细): one voucher, fund and instalment; its moves and the bank's word.

A line has at most one live attempt. What the bank says decides only together with the line's
state: the same word twice is a repeat, a contradiction is nobody's to resolve by machine.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from chalicelib.errors import Conflict

from . import calendar, history
from .history import Command
from .ids import LineId, ProposalId, VoucherId


class LineState(StrEnum):
    """Where a line stands."""

    DUE = "DUE"  # 待拨付
    HELD = "HELD"  # 暂缓
    SENT = "SENT"  # 已送银行
    ACCEPTED = "ACCEPTED"  # 银行已受理
    PAID = "PAID"  # 已到账
    REJECTED = "REJECTED"  # 银行拒付
    RETURNED = "RETURNED"  # 退汇


class LineVerb(StrEnum):
    """What can happen to a line."""

    HOLD = "hold"
    RELEASE = "release"
    SEND = "send"
    ACCEPT = "accept"
    PAY = "pay"
    REJECT = "reject"
    RETURN = "return"


_AT_BANK = frozenset({LineState.SENT, LineState.ACCEPTED})

LINE_MOVES: Mapping[LineVerb, tuple[frozenset[LineState], LineState]] = {
    LineVerb.HOLD: (frozenset({LineState.DUE}), LineState.HELD),
    LineVerb.RELEASE: (frozenset({LineState.HELD}), LineState.DUE),
    LineVerb.SEND: (frozenset({LineState.DUE}), LineState.SENT),
    LineVerb.ACCEPT: (frozenset({LineState.SENT}), LineState.ACCEPTED),
    LineVerb.PAY: (_AT_BANK, LineState.PAID),
    LineVerb.REJECT: (_AT_BANK, LineState.REJECTED),
    LineVerb.RETURN: (frozenset({LineState.PAID}), LineState.RETURNED),
}

_KEPT_FOR_THE_BANK = 10
"""Events of a line's history that holding it over and over cannot use up."""


@dataclass(frozen=True)
class Line:
    """One line; `sealed` is payee and account under the bank's key, as approved."""

    id: LineId
    voucher_id: VoucherId
    proposal_id: ProposalId
    fund: str
    year: int
    instalment: int
    district: str
    amount_fen: int
    payee: str
    payee_id: str
    sealed: str
    attempt: int
    state: LineState
    history: tuple[str, ...]

    @property
    def version(self) -> int:
        """The number of its last event."""
        return len(self.history)


@dataclass(frozen=True)
class BankWord:
    """What the bank says of one attempt; a refusal or a return has its reason."""

    verb: LineVerb
    line_id: LineId
    attempt: int
    amount_fen: int
    reason: str = ""


class Verdict(StrEnum):
    """What to do with a bank's word."""

    APPLY = "apply"
    REPEATED = "repeated"
    EARLY = "early"
    QUARANTINE = "quarantine"


_VERDICTS: Mapping[LineVerb, Mapping[LineState, Verdict]] = {
    LineVerb.ACCEPT: {
        LineState.DUE: Verdict.EARLY,
        LineState.SENT: Verdict.APPLY,
        LineState.ACCEPTED: Verdict.REPEATED,
        LineState.PAID: Verdict.REPEATED,
        LineState.REJECTED: Verdict.REPEATED,
        LineState.RETURNED: Verdict.REPEATED,
    },
    LineVerb.PAY: {
        LineState.DUE: Verdict.EARLY,
        LineState.SENT: Verdict.APPLY,
        LineState.ACCEPTED: Verdict.APPLY,
        LineState.PAID: Verdict.REPEATED,
        LineState.RETURNED: Verdict.REPEATED,
    },
    LineVerb.REJECT: {
        LineState.DUE: Verdict.EARLY,
        LineState.SENT: Verdict.APPLY,
        LineState.ACCEPTED: Verdict.APPLY,
        LineState.REJECTED: Verdict.REPEATED,
    },
    LineVerb.RETURN: {
        LineState.SENT: Verdict.EARLY,
        LineState.ACCEPTED: Verdict.EARLY,
        LineState.PAID: Verdict.APPLY,
        LineState.RETURNED: Verdict.REPEATED,
    },
}


def weigh(word: BankWord, line: Line | None) -> Verdict:
    """What to do with the bank's word about this line.

    A word about no line, another attempt or another amount, and one that contradicts what the
    bank said before, is quarantined.
    """
    if line is None or word.attempt != line.attempt or word.amount_fen != line.amount_fen:
        return Verdict.QUARANTINE
    return _VERDICTS[word.verb].get(line.state, Verdict.QUARANTINE)


def born(line: Line, command: Command) -> Line:
    """A new line with its first event, due or held as its state says."""
    facts = {"amount_fen": line.amount_fen, "payee_id": line.payee_id}
    return replace(line, history=history.append((), "approve", line.state, command, facts))


def move(line: Line, verb: LineVerb, command: Command, facts: Mapping[str, Any]) -> Line:
    """The line after one more event.

    Raises Conflict `not_in_state` where the table has no such move, `history_full` at its limit.
    """
    sources, to = LINE_MOVES[verb]
    if line.state not in sources:
        raise Conflict("not_in_state", facts={"state": line.state, "verb": verb})
    limit = history.LIMIT - (_KEPT_FOR_THE_BANK if verb is LineVerb.HOLD else 0)
    if line.version >= limit:
        raise Conflict("history_full", facts={"limit": limit})
    return replace(line, state=to, history=history.append(line.history, verb, to, command, facts))


def as_of(line: Line, version: int) -> Line:
    """The line as it stood after that event."""
    told = line.history[:version]
    return replace(line, state=LineState(history.read(told[-1]).to), history=told)


def held_because(line: Line) -> str:
    """What an official stated who held it; "" where none did: it was born held, or is not held."""
    if line.state is not LineState.HELD:
        return ""
    return str(history.read(line.history[-1]).set.get("reason", ""))


def day_of(line: Line, event: int) -> date:
    """The Shanghai date of one of its events, counted as in a list: 0 the first, -1 the last."""
    return calendar.civil_date(calendar.instant(history.read(line.history[event]).at))
