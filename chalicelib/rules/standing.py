"""Standing: where a voucher stands by its payment lines, and which of its moves a line's calls for.

Lines of one voucher (a share of each fund) are sent and answered one by one and in any order; the
voucher follows from their states alone.
"""

from collections.abc import Iterable

from .line import LineState, LineVerb
from .moves import State, Verb

_CAME_BACK = frozenset({LineState.REJECTED, LineState.RETURNED})
_LEFT = frozenset({LineState.SENT, LineState.ACCEPTED, LineState.PAID})
_TOLD = {LineVerb.REJECT: Verb.REJECT, LineVerb.RETURN: Verb.RETURN}


def stands(lines: Iterable[LineState | None]) -> State:
    """Where the lines put their voucher; None stands for a line that is not born yet.

    Written off with the last one paid; approved again once one came back, until a person decides;
    paying from the first that left.
    """
    states = set(lines)
    if states & _CAME_BACK:
        return State.APPROVED
    if states == {LineState.PAID}:
        return State.WRITTEN_OFF
    return State.PAYING if states & _LEFT else State.APPROVED


def verb(of: LineVerb, before: State, lines: Iterable[LineState | None]) -> Verb | None:
    """The voucher's move that goes with a line's, or None where the line moves alone.

    `lines` are the states of all its lines after the move. What comes back is always told on the
    voucher: its holder hears of it, and the figures count it.
    """
    if of in _TOLD:
        return _TOLD[of]
    to = stands(lines)
    if of is LineVerb.PAY:
        return Verb.WRITE_OFF if to is State.WRITTEN_OFF else None
    return Verb.PAY if to is State.PAYING and before is not State.PAYING else None
