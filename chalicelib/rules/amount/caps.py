"""Caps (封顶): the most a voucher, a person's year and a person's life may come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.rules.situation import Earlier

from .rounding import Exact


@dataclass(frozen=True)
class Caps:
    """The most in this programme, in fen; None caps nothing."""

    per_item_fen: int | None = None
    per_year_fen: int | None = None
    per_person_fen: int | None = None


def capped(
    limits: Caps, fen: Exact, earlier: Sequence[Earlier], year: int
) -> tuple[Exact, dict[str, Any]]:
    """No more than the caps leave after what earlier vouchers were paid, with the figures."""
    told: dict[str, Any] = {}
    for name, most_fen, before in (
        ("per_item_fen", limits.per_item_fen, ()),
        ("per_year_fen", limits.per_year_fen, [paid for paid in earlier if paid.on.year == year]),
        ("per_person_fen", limits.per_person_fen, earlier),
    ):
        if most_fen is not None:
            paid_fen = sum(paid.amount_fen for paid in before)
            fen = min(fen, max(0, most_fen - paid_fen))
            told[name] = most_fen
            if before:
                told[f"paid_{name.removeprefix('per_')}"] = paid_fen
    return fen, told
