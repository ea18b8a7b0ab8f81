"""Close: a check-in voucher ends with its class's last lesson; it carries no money."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.rules import calendar
from chalicelib.rules.due import close_work
from chalicelib.rules.moves import Verb
from chalicelib.rules.voucher import Voucher

from .overdue import move_all


def close(now: datetime, spent: Callable[[], bool]) -> int:
    """Every enrolled check-in voucher whose class is over becomes CLOSED; how many it was."""

    def over(voucher: Voucher) -> bool:
        ends_at = voucher.terms.ends_at
        return ends_at is not None and calendar.instant(ends_at) <= now

    return move_all(Verb.CLOSE, close_work, over, now, spent)
