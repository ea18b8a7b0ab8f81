"""Expire (超期作废): makes visible what the conditions have long enforced (notice 三.(五))."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.rules.due import expire_work
from chalicelib.rules.moves import Verb
from chalicelib.rules.voucher import Voucher

from .overdue import move_all


def expire(now: datetime, spent: Callable[[], bool]) -> int:
    """Every voucher past its validity becomes EXPIRED; how many it was.

    One that was used stays, unless its policy lets the unfinished expire too.
    """

    def void(voucher: Voucher) -> bool:
        return voucher.expirable and voucher.expired(now)

    return move_all(Verb.EXPIRE, expire_work, void, now, spent)
