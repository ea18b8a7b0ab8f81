"""List candidates: what waits in a district, what each comes to today, and what keeps it back."""

from datetime import datetime

from chalicelib.errors import Forbidden
from chalicelib.policy import Policy
from chalicelib.rules import calendar
from chalicelib.rules.due import settle_work
from chalicelib.rules.principal import Principal, Right
from chalicelib.store import programmes, vouchers

from .candidates import Candidate, weighed

_EVER = "0"
"""Before any moment from which a voucher waits."""


def waiting(
    principal: Principal, programme: str, district: str, after: str, limit: int, now: datetime
) -> tuple[Policy, list[Candidate], str]:
    """A page of a district's assessed vouchers of a programme, as the index knows.

    Also the policy by which they were computed, and where the next page begins, "" after the
    last. Raises Forbidden `not_your_district`, NotFound for an unknown programme.
    """
    principal.require(Right.PROPOSAL_PROPOSE)
    if not principal.supervises(district):
        raise Forbidden("not_your_district", facts={"district": district})
    policy = programmes.current(programme, calendar.civil_date(now))
    work = settle_work(programme, district)
    listed, following = vouchers.due_between(work, _EVER, calendar.text(now), after, limit)
    found = vouchers.load_all(dict.fromkeys(key for key, _ in listed))
    return policy, list(weighed(found, policy, calendar.civil_date(now))), following
