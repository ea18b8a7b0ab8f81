"""Remind (提醒): the hourly look at classes that begin tomorrow and vouchers that expire unused.

It works from the state: what was told already is known by its id, a missed day of an expiry is
caught up until the next mark, and a class that has begun needs no reminder.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from chalicelib.rules import calendar, due, notice
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.notice import Notice
from chalicelib.store import classes, outbox, vouchers

from .tell_channels import send_notices

_PAGE = 100
_HOUR_S = 3_600
_STRIDE = 5
"""Shares from one hour's beginning to the next one's: four at a time reach all within a day."""


def remind(now: datetime, spent: Callable[[], bool]) -> Counter[str]:
    """Sends what is due today until `spent`; how many of each kind somebody is told of."""
    told = Counter[str]()
    tomorrow = calendar.civil_date(now) + timedelta(days=1)
    for into in classes.load_all(classes.starting_on(tomorrow)):
        listed = [(each, into.id) for each in vouchers.of_class(into.id)]
        fresh = _untold(listed, lambda _: notice.Kind.CLASS_TOMORROW)
        wanted = (notice.of_class(each, into, now) for each in vouchers.load_all(fresh))
        told += send_notices([each for each in wanted if each], now)
    # Who never gets through in his time begins elsewhere the next hour: no share is always last.
    first = int(now.timestamp()) // _HOUR_S * _STRIDE
    for number in ((first + n) % due.SHARDS for n in range(due.SHARDS)):
        for page in _expiring(number, now, spent):
            told += send_notices(page, now)
    return told


def _expiring(number: int, now: datetime, spent: Callable[[], bool]) -> Iterator[list[Notice]]:
    """The reminders of one share of the unused vouchers, page by page."""
    today, after = calendar.civil_date(now), ""
    since, until = calendar.text(now), calendar.text(now + notice.LONGEST_MARK)
    while not spent():
        work = due.expire_work(number)
        listed, after = vouchers.due_between(work, since, until, after, _PAGE)
        fresh = _untold(listed, lambda expires_at: notice.expiry_kind(expires_at, today))
        wanted = (notice.of_expiry(each, now) for each in vouchers.load_all(fresh))
        yield [each for each in wanted if each]
        if not after:
            break


def _untold(
    listed: Sequence[tuple[VoucherId, str]], kind_of: Callable[[str], notice.Kind | None]
) -> list[VoucherId]:
    """Those of the vouchers, each with the occasion, of which no notice is kept yet."""
    wanted = {
        notice.notice_id(voucher_id, kind, occasion): voucher_id
        for voucher_id, occasion in listed
        if (kind := kind_of(occasion))
    }
    kept = {row.id for row in outbox.load_all(wanted)}
    return [voucher_id for event_id, voucher_id in wanted.items() if event_id not in kept]
