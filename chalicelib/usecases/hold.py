"""Hold (暂缓): a district stops a line before it leaves for the bank."""

from chalicelib.rules import line
from chalicelib.rules.history import Command
from chalicelib.rules.ids import LineId
from chalicelib.rules.line import Line, LineVerb
from chalicelib.rules.principal import Principal, Right

from .decide_line import answered, checked, keep, supervised


def hold(principal: Principal, line_id: LineId, reason: str, command: Command) -> Line:
    """The line, held with its reason; Conflict `not_in_state` where it is not due any more."""
    principal.require(Right.LINE_HOLD)
    stated = checked(reason)
    found = supervised(principal, line_id)
    if done := answered(found, LineVerb.HOLD, command):
        return done
    held = line.move(found, LineVerb.HOLD, command, {"reason": stated})
    return keep(found, held, LineVerb.HOLD, command)
