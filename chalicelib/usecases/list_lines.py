"""List the payment lines that wait for a district's decision."""

from chalicelib.errors import Forbidden
from chalicelib.rules.line import Line, LineState
from chalicelib.rules.principal import Principal, Right
from chalicelib.store import payments


def held(principal: Principal, district: str, after: str, limit: int) -> tuple[list[Line], str]:
    """At most `limit` of the lines held in a district, and where the next one begins.

    Raises Forbidden `not_your_district`.
    """
    principal.require(Right.LINE_RELEASE)
    if not principal.supervises(district):
        raise Forbidden("not_your_district", facts={"district": district})
    listed, following = payments.held(district, after, limit)
    found = payments.load_all(listed) if listed else []
    held_lines = [line for line in found if line.state is LineState.HELD]
    return sorted(held_lines, key=lambda line: line.id), following
