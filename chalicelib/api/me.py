"""A worker's own pages: his profile, his vouchers, his classes, his check-ins."""

from typing import Annotated

import msgspec
from chalice.app import Blueprint
from msgspec import Meta

from chalicelib.rules.person import FactKind
from chalicelib.rules.principal import Right
from chalicelib.usecases import show

from . import shown
from .bodies import Nothing
from .class_views import CheckInShown, MyClassShown, check_in_views, my_class_view
from .http import Reading, reads
from .voucher_views import MyVoucherShown, my_voucher_view

bp = Blueprint(__name__)
WORKER = frozenset({Right.WORKER})
_OWN = ("not_a_worker", "not_found")


class GroupShown(msgspec.Struct, frozen=True):
    """That the caller belongs to a group from a day, until a day (inclusive) or still."""

    group: shown.Group
    since: shown.Day
    until: shown.Day | None


class FactShown(msgspec.Struct, frozen=True):
    """What else is recorded of the caller for a time: insurance, an employer, a place on a list."""

    kind: Annotated[str, Meta(examples=["employed"])]
    name: Annotated[str, Meta(examples=["91350100M000100Y43"])]
    since: shown.Day
    until: shown.Day | None


class Me(msgspec.Struct, frozen=True):
    """A worker's profile, masked; `local` is hukou of the city (本市户籍)."""

    name: shown.MaskedName
    document_number: shown.MaskedNumber
    phone: shown.MaskedPhone
    account: shown.MaskedAccount
    district: shown.District
    local: bool
    groups: tuple[GroupShown, ...]
    facts: tuple[FactShown, ...]


class MyVouchers(msgspec.Struct, frozen=True):
    """The caller's vouchers of every period, the newest period first."""

    vouchers: tuple[MyVoucherShown, ...]


class MyClasses(msgspec.Struct, frozen=True):
    """The classes the caller was ever enrolled in, the one that starts last first."""

    classes: tuple[MyClassShown, ...]


class MyCheckIns(msgspec.Struct, frozen=True):
    """The caller's check-ins, class by class, in the order of the lessons."""

    check_ins: tuple[CheckInShown, ...]


@reads(bp, "/me", rights=WORKER, query=Nothing, gives=Me, problems=_OWN, polled=True)
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
                group=fact.name,
                since=fact.since.isoformat(),
                until=fact.until.isoformat() if fact.until else None,
            )
            for fact in person.of_kind(FactKind.GROUP)
        ),
        facts=tuple(
            FactShown(
                kind=fact.kind,
                name=fact.name,
                since=fact.since.isoformat(),
                until=fact.until.isoformat() if fact.until else None,
            )
            for fact in person.facts
            if fact.kind is not FactKind.GROUP
        ),
    )


@reads(
    bp, "/me/vouchers", rights=WORKER, query=Nothing, gives=MyVouchers, problems=_OWN, polled=True
)
def show_my_vouchers(asked: Reading[Nothing]) -> MyVouchers:
    """The caller's vouchers of all periods, each with its days left and its next step."""
    person = show.me(asked.principal)
    mine = show.mine(asked.principal, asked.now)
    return MyVouchers(
        tuple(my_voucher_view(voucher, person, asked.now, asked.texts) for voucher in mine)
    )


@reads(bp, "/me/classes", rights=WORKER, query=Nothing, gives=MyClasses, problems=_OWN, polled=True)
def show_my_classes(asked: Reading[Nothing]) -> MyClasses:
    """The caller's classes: timetable, place, the next lesson and when he can sign in to it."""
    from chalicelib.usecases import my_classes

    mine = my_classes.my_classes(asked.principal, asked.now)
    return MyClasses(tuple(my_class_view(one) for one in mine))


@reads(bp, "/me/check-ins", rights=WORKER, query=Nothing, gives=MyCheckIns, problems=_OWN)
def show_my_check_ins(asked: Reading[Nothing]) -> MyCheckIns:
    """What the caller's signing in came to, lesson by lesson."""
    from chalicelib.usecases import my_classes

    mine = my_classes.my_check_ins(asked.principal, asked.now)
    return MyCheckIns(tuple(view for one in mine for view in check_in_views(one)))
