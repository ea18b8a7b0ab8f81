"""Programmes with limits across vouchers, and people who meet them."""

from datetime import date, datetime
from functools import cache
from typing import Any

from chalicelib.policy.vocabulary import PARAMETERS
from chalicelib.rules import ids
from chalicelib.rules.ids import PersonId
from chalicelib.rules.personal import document_number
from chalicelib.rules.result_row import Result
from chalicelib.rules.voucher import Voucher
from chalicelib.store import secrets
from chalicelib.usecases import assess, claim
from tests import money, office_files, seeding
from tests.builders import MONDAY, a_command

LIMITED = "limited"
SOURCES = {
    "class": "social-training",
    "certificate": "skill-certificate",
    "check-in": "check-in",
}


def publish(shape: str = "certificate", programme: str = LIMITED, **values: Any) -> None:
    """A programme of that shape, three vouchers a period, with these limits."""
    asked = {"vouchers_per_period": 3, **values}
    units = {name: (PARAMETERS[name].units[0], value) for name, value in asked.items()}
    if shape != "check-in":
        units.setdefault("subsidy_vouchers_per_year", ("voucher", 9))
    seeding.publish_like(SOURCES[shape], programme, shape, **units)


def claimed(
    n: int, key: str = "claim-01", *, programme: str = LIMITED, at: datetime = MONDAY
) -> Voucher:
    """The next voucher of the n-th worker, claimed."""
    who = seeding.worker(person_of(n))
    return claim.claim(who, programme, a_command(key, actor=who.subject, at=at))


def certificate(
    n: int, order: int = 1, *, occupation: str = "电工", level: int = 5, programme: str = LIMITED
) -> Result:
    """A certificate that the n-th worker earned; `order` tells his certificates apart."""
    return Result(
        number=document_number(office_files.number(n)),
        programme=programme,
        occupation=occupation,
        level=level,
        institution_id=None,
        class_no=None,
        passed=True,
        certificate_no=f"S{n:010}{order:011}",
        assessed_on=date(2026, 3, 16),
    )


def brought(n: int, order: int = 1, **course: Any) -> bool:
    """The same, brought to his voucher."""
    return assess.apply(certificate(n, order, **course), money.command(f"row-{n}-{order}"))


def voucher_of(n: int, ordinal: int = 1, programme: str = LIMITED) -> ids.VoucherId:
    """The id of one of the n-th worker's vouchers of the year."""
    return ids.voucher_id(person_of(n), programme, "2026", ordinal)


@cache
def person_of(n: int) -> PersonId:
    """Who the n-th worker is, registered or not; the key that says so outlives every city."""
    return secrets.person_id(document_number(office_files.number(n)))
