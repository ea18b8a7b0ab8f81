"""How a voucher looks from outside: states, dates and masks; never a secret or its history."""

from typing import Any

from chalicelib.rules.person import Person
from chalicelib.rules.voucher import Voucher

_TERMS = ("district", "verified_by", "class_id", "paid_by", "amount_fen")


def voucher_view(voucher: Voucher, holder: Person) -> dict[str, Any]:
    """A voucher with its holder's masks; terms that no move has set yet are left out."""
    view = {
        "voucher_id": voucher.id,
        "programme": voucher.programme,
        "period": voucher.period,
        "ordinal": voucher.ordinal,
        "shape": voucher.shape,
        "state": voucher.state,
        "version": voucher.version,
        "expires_at": voucher.expires_at,
        "policy": voucher.policy,
        "holder": {
            "name": holder.masks.name,
            "document_number": holder.masks.document_number,
        },
    }
    fixed = ((name, getattr(voucher.terms, name)) for name in _TERMS)
    return view | {name: value for name, value in fixed if value is not None}
