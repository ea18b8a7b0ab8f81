"""List the open cases of a district."""

from chalicelib.errors import Forbidden
from chalicelib.rules.cases import Case
from chalicelib.rules.principal import Principal, Right
from chalicelib.store import cases


def open_cases(
    principal: Principal, district: str, after: str, limit: int
) -> tuple[list[Case], str]:
    """At most `limit` open cases of a district, oldest first, and where the next page begins.

    Raises Forbidden `not_your_district`.
    """
    principal.require(Right.CASE_VIEW)
    if not principal.supervises(district):
        raise Forbidden("not_your_district", facts={"district": district})
    found, following = cases.of_district(district, limit, after)
    return sorted(found, key=lambda case: (case.opened_at, case.id)), following
