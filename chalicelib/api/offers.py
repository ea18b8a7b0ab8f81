"""A worker's need: he states what he wants to learn and is told what he may claim (二.(一))."""

from typing import Annotated, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Meta

from chalicelib.rules import calendar
from chalicelib.rules.principal import Right
from chalicelib.rules.situation import Course

from . import fields
from .http import Reading, reads
from .offer_views import OffersShown, offer_view

bp = Blueprint(__name__)


class Need(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What he wants to learn, where, from when on and how; what he leaves out is not asked."""

    occupation: Annotated[fields.Line, Meta(examples=["养老护理员"])] | None = None
    level: fields.Level | None = None
    district: fields.District | None = None
    starts_on: fields.Day | None = None
    mode: Literal["offline", "online", "blended"] | None = None
    kind: Annotated[fields.Line, Meta(examples=["A"])] | None = None


@reads(
    bp,
    "/me/offers",
    rights=frozenset({Right.WORKER}),
    query=Need,
    gives=OffersShown,
    problems=("not_a_worker", "not_found"),
)
def show_my_offers(asked: Reading[Need]) -> OffersShown:
    """What each programme is to the caller who wants to learn this; nothing is reserved."""
    from chalicelib.usecases import offer

    need = asked.query
    wanted = Course(need.occupation, need.level, need.kind, need.mode)
    found = offer.offers(asked.principal, wanted, need.district, need.starts_on, asked.now)
    today = calendar.civil_date(asked.now)
    return OffersShown(
        today.isoformat(), tuple(offer_view(one, today, asked.texts) for one in found)
    )
