"""The one table of a voucher's moves: its states, the verbs between them, the shapes of its way.

The write conditions of the store, the checker's replay and the diagram in docs/ come from this
table. What a voucher carries, and what a move makes of it, stands in voucher.py.
"""

from collections.abc import Mapping
from enum import StrEnum


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
    ISSUE_ONLY = "issue-only"
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
    Verb.EXPIRE: _move(State.EXPIRED, State.ISSUED, State.CLAIMED, State.VERIFIED, State.ENROLLED),
}
_RESULT = {
    Verb.ASSESS: _move(State.ASSESSED, State.ENROLLED),
    Verb.FAIL: _move(State.CLOSED, State.ENROLLED),
}
_MONEY = {
    Verb.PROPOSE: _move(State.ASSESSED, State.ASSESSED),
    Verb.DEFER: _move(State.ASSESSED, State.ASSESSED),
    Verb.APPROVE: _move(State.APPROVED, State.ASSESSED),
    Verb.PAY: _move(State.PAYING, State.APPROVED),
    # What comes back may be one line of several, whatever became of the others.
    Verb.REJECT: _move(State.APPROVED, State.PAYING, State.APPROVED),
    Verb.WRITE_OFF: _move(State.WRITTEN_OFF, State.PAYING),
    Verb.RETURN: _move(State.APPROVED, State.WRITTEN_OFF, State.PAYING, State.APPROVED),
}

MOVES: Mapping[Shape, Mapping[Verb, Move]] = {
    Shape.CLASS: {**_START, **_TEACHING, **_RESULT, **_MONEY},
    Shape.CERTIFICATE: {
        **_START,
        Verb.ASSESS: _move(State.ASSESSED, State.CLAIMED),
        Verb.EXPIRE: _move(State.EXPIRED, State.ISSUED, State.CLAIMED),
        **_MONEY,
    },
    # The enterprise that teaches its own staff enrols them itself; nobody verifies (二.(三)).
    Shape.ISSUE_ONLY: {
        **_START,
        Verb.ENROL: _move(State.ENROLLED, State.CLAIMED),
        Verb.EXPIRE: _move(State.EXPIRED, State.ISSUED, State.CLAIMED, State.ENROLLED),
        **_RESULT,
        **_MONEY,
    },
    Shape.CHECK_IN: {
        **_START,
        **_TEACHING,
        Verb.CLOSE: _move(State.CLOSED, State.ENROLLED),
    },
}

IN_CLASSES = frozenset(shape for shape, moves in MOVES.items() if Verb.ENROL in moves)
"""The shapes whose vouchers go through a class."""

USED: Mapping[Shape, State] = {
    Shape.CLASS: State.ENROLLED,
    Shape.CERTIFICATE: State.ASSESSED,
    Shape.ISSUE_ONLY: State.ENROLLED,
    Shape.CHECK_IN: State.ENROLLED,
}
"""The state in which a voucher of the shape counts as used (已使用)."""

UNUSED = frozenset({State.ISSUED, State.CLAIMED, State.VERIFIED})
"""The states in which any voucher expires; one that is ENROLLED only where its policy says so."""

BEFORE_EXPIRY: Mapping[Shape, frozenset[Verb]] = {
    Shape.CLASS: frozenset({Verb.CLAIM, Verb.VERIFY, Verb.ENROL}),
    Shape.CERTIFICATE: frozenset({Verb.CLAIM, Verb.ASSESS}),
    Shape.ISSUE_ONLY: frozenset({Verb.CLAIM, Verb.ENROL}),
    Shape.CHECK_IN: frozenset({Verb.CLAIM, Verb.VERIFY, Verb.ENROL}),
}
"""The moves that a voucher past its validity can no longer make (notice 三.(五))."""
