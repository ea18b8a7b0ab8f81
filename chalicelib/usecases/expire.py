"""Expire (超期作废): makes visible what the conditions have long enforced (notice 三.(五))."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.rules.due import expire_work
from chalicelib.rules.moves import Verb

from .overdue import move_all


def expire(now: datetime, spent: Callable[[], bool]) -> int:
    """Every voucher past its validity and not used becomes EXPIRED; how many it was."""
    return move_all(Verb.EXPIRE, expire_work, lambda voucher: voucher.expired(now), now, spent)
