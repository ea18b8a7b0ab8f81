"""Show the figures (统计数据): whose they are to see, and one page of them.

The city's offices see the city's and everybody's own, a district its own, an institution its own.
"""

from datetime import datetime

from chalicelib.errors import Forbidden, Invalid, NotFound
from chalicelib.rules import calendar, figures
from chalicelib.rules.figures import CITY, Dimension, Row
from chalicelib.rules.principal import (
    CITY_KINDS,
    TRAINING_KINDS,
    Organisation,
    OrganisationKind,
    Principal,
    Right,
)
from chalicelib.store import figures as kept

_CELLS = 200
"""Cells of one Query: of some 150 bytes each, so that it costs less than ten read units."""


def scope(principal: Principal, district: str | None, institution: str | None) -> str:
    """Whose figures are meant: those named, or else the caller's own.

    Raises Forbidden `not_your_district`, `not_an_institution` for who has no figures of his own,
    NotFound for another institution, Invalid `bad_value` where both are named.
    """
    principal.require(Right.FIGURES_VIEW)
    if district and institution:
        raise Invalid("bad_value", field="institution")
    office = principal.organisation
    if office is not None and office.kind in CITY_KINDS:
        return _named(district, institution)
    if office is not None and office.kind is OrganisationKind.DISTRICT_OFFICE:
        return _of_the_district(office, district, institution)
    if office is None or office.kind not in TRAINING_KINDS:
        raise Forbidden("not_an_institution")
    if district or institution not in {None, office.id}:
        raise NotFound("figures")
    return figures.of_institution(office.id)


def _named(district: str | None, institution: str | None) -> str:
    if district:
        return figures.of_district(district)
    return figures.of_institution(institution) if institution else CITY


def _of_the_district(office: Organisation, district: str | None, institution: str | None) -> str:
    if institution:
        raise NotFound("figures")
    if office.district is None or district not in {None, office.district}:
        raise Forbidden("not_your_district", facts={"district": district})
    return figures.of_district(office.district)


def page(
    of: str, by: Dimension, period: str | None, after: str, now: datetime
) -> tuple[str, list[Row], str]:
    """The period shown, its rows by that dimension, and where the next page begins.

    Without a period the one that bears this year's name. Raises Invalid `bad_value` for a
    dimension that a scope does not tell apart.
    """
    if by not in figures.dimensions(of):
        raise Invalid("bad_value", field="by")
    shown = period or str(calendar.civil_date(now).year)
    return shown, *kept.page(of, by, shown, after, _CELLS)
