"""List the open cases of a district."""

from chalicelib.errors import Forbidden
from chalicelib.rules.cases import Case
from chalicelib.rules.principal import Principal, Right
from chalicelib.store import cases

_PAGE = 100


def open_cases(principal: Principal, district: str, after: str) -> tuple[list[Case], str]:
    """A page of a district's open cases, oldest first in it, and where the next one begins.

    Raises Forbidden `not_your_district`.
    """
    principal.require(Right.CASE_VIEW)
    if not principal.supervises(district):
        raise Forbidden("not_your_district", facts={"district": district})
    found, following = cases.of_district(district, _PAGE, after)
    return sorted(found, key=lambda case: (case.opened_at, case.id)), following
