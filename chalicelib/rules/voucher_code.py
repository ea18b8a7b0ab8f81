"""The voucher's code: what a phone shows and an institution scans (notice 三.(二)).

Voucher id, second of minting, truncated HMAC-SHA-256 under the voucher's own secret; valid for
60 seconds and, by the condition of the verifying write, for one use. A photograph is worthless.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from chalicelib.errors import Conflict, Refused, Rule

from .ids import VoucherId
from .voucher import Voucher

LIFE_S = 60
_MAC_CHARACTERS = 20  # of hexadecimal: 80 bits for a secret that lives a minute
VERIFICATION = Rule("code", "三.(二)")


@dataclass(frozen=True)
class Code:
    """A code as read: which voucher, minted in which second, with which mark."""

    voucher: VoucherId
    step: int
    mac: str


def _mac(secret: bytes, voucher: VoucherId, step: int) -> str:
    return hmac.new(secret, f"{voucher}.{step}".encode(), sha256).hexdigest()[:_MAC_CHARACTERS]


def mint(voucher: Voucher, now: datetime) -> str:
    """The code of this second."""
    step = int(now.timestamp())
    return f"{voucher.id}.{step}.{_mac(voucher.secret, voucher.id, step)}"


def parse(text: str) -> Code | None:
    """The parts of a code, or None where it is none."""
    parts = text.split(".")
    if len(parts) != 3 or not (parts[1].isascii() and parts[1].isdigit() and len(parts[1]) <= 12):
        return None
    return Code(VoucherId(parts[0]), int(parts[1]), parts[2])


def accept(text: str, voucher: Voucher, now: datetime) -> int:
    """The second of a code that is good now for this voucher.

    Raises Refused `code_invalid` or `code_expired`, Conflict `code_spent`.
    """
    code = parse(text)
    if code is None or code.voucher != voucher.id:
        raise Refused("code_invalid", VERIFICATION, field="code")
    if not hmac.compare_digest(
        code.mac.encode(), _mac(voucher.secret, voucher.id, code.step).encode()
    ):
        raise Refused("code_invalid", VERIFICATION, field="code")
    if voucher.terms.code_step is not None and code.step <= voucher.terms.code_step:
        raise Conflict("code_spent", field="code")
    if not 0 <= now.timestamp() - code.step <= LIFE_S:
        raise Refused("code_expired", VERIFICATION, field="code", facts={"life_s": LIFE_S})
    return code.step
