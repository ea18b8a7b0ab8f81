"""Whether a voucher can still be used (notice 三.(五)); the write asks the same again."""

from datetime import datetime

from chalicelib.errors import Refused
from chalicelib.rules.validity import VALIDITY
from chalicelib.rules.voucher import Voucher


def check_valid(voucher: Voucher, now: datetime) -> None:
    """Raises Refused `voucher_expired` from the instant of expiry on."""
    if voucher.expired(now):
        raise Refused("voucher_expired", VALIDITY, facts={"expires_at": voucher.expires_at})
