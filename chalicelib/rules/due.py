"""Which work waits for a voucher, and from when: what the schedules and proposals find it by."""

from dataclasses import dataclass
from zlib import crc32

from .ids import VoucherId
from .moves import Shape, State
from .voucher import Voucher

SHARDS = 16
"""One index key for a whole city's vouchers would be a hot partition."""


@dataclass(frozen=True)
class Due:
    """A work and the moment from which it waits, as text that sorts by time."""

    work: str
    on: str


def shard(voucher: VoucherId) -> int:
    """The voucher's share of a work that concerns all."""
    return crc32(voucher.encode()) % SHARDS


def expire_work(number: int) -> str:
    """Unused vouchers that become void."""
    return f"expire#{number}"


def close_work(number: int) -> str:
    """Check-in vouchers whose class ends."""
    return f"close#{number}"


def settle_work(programme: str, district: str) -> str:
    """Assessed vouchers that nobody has proposed yet."""
    return f"settle#{programme}#{district}"


def due_of(voucher: Voucher) -> Due | None:
    """The work that waits for the voucher as it stands, or None."""
    terms = voucher.terms
    if voucher.expirable:
        return Due(expire_work(shard(voucher.id)), voucher.expires_at)
    if voucher.shape is Shape.CHECK_IN and voucher.state is State.ENROLLED and terms.ends_at:
        return Due(close_work(shard(voucher.id)), terms.ends_at)
    if voucher.state is State.ASSESSED and terms.proposal_id is None:
        # Set by the moves that enrolled and assessed it.
        assert terms.district is not None
        assert terms.assessed_on is not None
        return Due(settle_work(voucher.programme, terms.district), terms.assessed_on)
    return None
