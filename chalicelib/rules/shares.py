"""Shares (分担): what each fund pays of a voucher, and to whom.

A district's top-up (区级配套) is a share beside the city's own. One payment line pays one share;
what lines mean for their voucher stands in standing.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass

WORKER, INSTITUTION, ENTERPRISE = "worker", "institution", "enterprise"
PAYEES = (WORKER, INSTITUTION, ENTERPRISE)
"""Who may have paid the fee, and who may be paid."""

WHO_PAID = "who-paid"
"""A policy's word for the payee: whoever paid the fee."""

ORGANISATIONS = frozenset({INSTITUTION, ENTERPRISE})
"""The payees that are organisations; any other is the worker himself."""


@dataclass(frozen=True)
class Share:
    """What one fund pays to one payee: the worker, the institution or the enterprise."""

    fund: str
    payee: str
    amount_fen: int


def by_fund(shares: Iterable[Share]) -> dict[str, int]:
    """What each fund pays of these shares, in fen."""
    sums: dict[str, int] = {}
    for share in shares:
        sums[share.fund] = sums.get(share.fund, 0) + share.amount_fen
    return sums
