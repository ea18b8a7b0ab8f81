"""Release (解除暂缓): a district lets a held line go, and with it ends the voucher's cases."""

from chalicelib.rules import line
from chalicelib.rules.history import Command
from chalicelib.rules.ids import LineId
from chalicelib.rules.line import Line, LineVerb
from chalicelib.rules.principal import Principal, Right
from chalicelib.store import cases

from .decide_line import answered, checked, keep, supervised


def release(principal: Principal, line_id: LineId, reason: str, command: Command) -> Line:
    """The line, due again; the reason stands on it and on every case it decides.

    Raises Conflict `not_in_state` where it is not held. Cases first: a line is never due while
    one of them is open, and a repeat finds what is left.
    """
    principal.require(Right.LINE_RELEASE)
    stated = checked(reason)
    found = supervised(principal, line_id)
    if done := answered(found, LineVerb.RELEASE, command):
        return done
    released = line.move(found, LineVerb.RELEASE, command, {"reason": stated})
    for case in cases.open_of(found.voucher_id):
        if case.holds_payment:
            cases.close(case, stated)
    return keep(found, released, LineVerb.RELEASE, command)
