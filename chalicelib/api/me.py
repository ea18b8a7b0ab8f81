"""A worker's own pages: his profile and his vouchers."""

import msgspec
from chalice.app import Blueprint

from chalicelib.rules.person import Group
from chalicelib.rules.principal import Right
from chalicelib.usecases import show

from . import shown
from .bodies import Nothing
from .http import Reading, reads
from .voucher_views import VoucherShown, voucher_view

bp = Blueprint(__name__)
WORKER = frozenset({Right.WORKER})


class GroupShown(msgspec.Struct, frozen=True):
    """That the caller belongs to a group from a day, until a day (inclusive) or still."""

    group: Group
    since: shown.Day
    until: shown.Day | None


class Me(msgspec.Struct, frozen=True):
    """A worker's profile, masked; `local` is Shanghai hukou."""

    name: str
    document_number: str
    phone: str
    account: str
    district: shown.District
    local: bool
    groups: tuple[GroupShown, ...]


class MyVouchers(msgspec.Struct, frozen=True):
    """The caller's vouchers, by programme."""

    vouchers: tuple[VoucherShown, ...]


@reads(
    bp,
    "/me",
    rights=WORKER,
    query=Nothing,
    gives=Me,
    problems=("not_a_worker", "not_found"),
)
def show_me(asked: Reading[Nothing]) -> Me:
    """The caller's profile, masked."""
    person = show.me(asked.principal)
    return Me(
        name=person.masks.name,
        document_number=person.masks.document_number,
        phone=person.masks.phone,
        account=person.masks.account,
        district=person.district,
        local=person.local,
        groups=tuple(
            GroupShown(
                group=fact.group,
                since=fact.since.isoformat(),
                until=fact.until.isoformat() if fact.until else None,
            )
            for fact in person.facts
        ),
    )


@reads(
    bp,
    "/me/vouchers",
    rights=WORKER,
    query=Nothing,
    gives=MyVouchers,
    problems=("not_a_worker", "not_found"),
)
def show_my_vouchers(asked: Reading[Nothing]) -> MyVouchers:
    """The caller's vouchers of this period."""
    person = show.me(asked.principal)
    mine = show.mine(asked.principal, asked.now)
    return MyVouchers(tuple(voucher_view(voucher, person) for voucher in mine))
