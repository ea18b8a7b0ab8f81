"""Notices (消息提醒): what a worker is told in his app, and on which occasion.

Here: kinds, occasions, what a notice says in dates and fen. Not here: whom it reaches, its words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from . import calendar, ids
from .history import Event
from .ids import VoucherId
from .moves import UNUSED, State, Verb
from .teaching import TrainingClass
from .voucher import Voucher


class Kind(StrEnum):
    """What a notice is about; its words stand in the catalogues under this code."""

    ISSUED = "issued"
    CLASS_TOMORROW = "class_tomorrow"
    EXPIRES_IN_30_DAYS = "expires_in_30_days"
    EXPIRES_IN_7_DAYS = "expires_in_7_days"
    PAID = "paid"
    RETURNED = "returned"
    NEEDS_ACCOUNT = "needs_account"


EXPIRY_MARKS = ((7, Kind.EXPIRES_IN_7_DAYS), (30, Kind.EXPIRES_IN_30_DAYS))
"""Days before a voucher becomes void at which its holder is reminded, the nearest first.

Source: what a client promises its users, not the notice; one kind of event stands for each.
"""

LONGEST_MARK = timedelta(days=EXPIRY_MARKS[-1][0])

_OF_MONEY = {
    Verb.WRITE_OFF: Kind.PAID,
    Verb.RETURN: Kind.RETURNED,
    # Every registered worker has an account; that it is none shows when the bank rejects it.
    Verb.REJECT: Kind.NEEDS_ACCOUNT,
}


@dataclass(frozen=True)
class Notice:
    """One thing to tell a voucher's holder; `occasion` tells two of a kind apart.

    `amount_fen` is whole fen, `expires_at` and `starts_at` are instants as text.
    """

    kind: Kind
    voucher: Voucher
    occasion: str
    at: str
    expires_at: str | None = None
    starts_at: str | None = None
    amount_fen: int | None = None

    @property
    def id(self) -> str:
        """Computed, so that the same notice is never told twice."""
        return notice_id(self.voucher.id, self.kind, self.occasion)


def notice_id(voucher_id: VoucherId, kind: Kind, occasion: str) -> str:
    """The id of the one notice of this kind, voucher and occasion."""
    return ids.notice_id(voucher_id, kind, occasion)


def of_event(voucher: Voucher, event: Event) -> Notice | None:
    """What the holder is told of an event of his voucher, or None.

    Of money he is told where it goes to him; an institution or an enterprise has its own page.
    """
    verb = Verb(event.do)
    if verb is Verb.ISSUE:
        return Notice(Kind.ISSUED, voucher, "", event.at, expires_at=voucher.expires_at)
    kind = _OF_MONEY.get(verb)
    if kind is None:
        return None
    told = voucher.terms.owed if kind is Kind.PAID else voucher.concerned(event.set)
    own_fen = sum(share.amount_fen for share in told if share.payee == "worker")
    if not own_fen:
        return None
    return Notice(kind, voucher, str(event.n), event.at, amount_fen=own_fen)


def of_class(voucher: Voucher, into: TrainingClass, now: datetime) -> Notice | None:
    """The reminder on the day before a class, for a voucher that is enrolled in it, or None."""
    first = into.lessons[0].starts_at
    if voucher.state is not State.ENROLLED or voucher.terms.class_id != into.id:
        return None
    starts_at = calendar.text(first)
    return Notice(Kind.CLASS_TOMORROW, voucher, into.id, calendar.text(now), starts_at=starts_at)


def expiry_kind(expires_at: str, today: date) -> Kind | None:
    """Which reminder a voucher that becomes void then is due today, or None.

    It stays due until the next mark, so that a missed day is caught up.
    """
    left = calendar.days_between(today, calendar.civil_date(calendar.instant(expires_at)))
    if left < 1:
        return None
    return next((kind for days, kind in EXPIRY_MARKS if left <= days), None)


def of_expiry(voucher: Voucher, now: datetime) -> Notice | None:
    """The reminder that an unused voucher is due now, or None."""
    kind = expiry_kind(voucher.expires_at, calendar.civil_date(now))
    if kind is None or voucher.state not in UNUSED:
        return None
    at, expires_at = calendar.text(now), voucher.expires_at
    return Notice(kind, voucher, expires_at, at, expires_at=expires_at)


def of_events(voucher: Voucher, events: tuple[Event, ...]) -> Iterator[Notice]:
    """What the holder is told of these events, in their order."""
    return (notice for event in events if (notice := of_event(voucher, event)))
