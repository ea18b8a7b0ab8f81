"""Instalments (分期): how the whole is divided, and what was paid already.

Parts are floored and the last gets the rest, so that they always sum to the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.rules.condition import first
from chalicelib.rules.situation import Paid, Situation
from chalicelib.rules.trace import Ruling

WHOLE = "whole"
_PERCENT = 100


@dataclass(frozen=True)
class Instalment:
    """A part's name, its share in percent, and the gates it alone needs (None: all)."""

    name: str
    percent: int
    needs: tuple[str, ...] | None = None


PAID = "paid"
"""The reason of a part that was paid already."""

ALL_AT_ONCE = (Instalment(WHOLE, _PERCENT),)


def plan(
    ruling: Ruling[Any] | None, situation: Situation, judged_on: date
) -> tuple[Instalment, ...]:
    """The instalments of the first line that holds; all at once where none does."""
    line = first(ruling.value, situation, judged_on) if ruling else None
    return line.value if line else ALL_AT_ONCE


def divided(amount_fen: int, instalments: Sequence[Instalment]) -> tuple[int, ...]:
    """The sum of each instalment in fen; together they are the whole."""
    *most, _ = instalments
    floored = [amount_fen * part.percent // _PERCENT for part in most]
    return (*floored, amount_fen - sum(floored))


def paid_fen(paid: Sequence[Paid], instalment: str, fund: str) -> int | None:
    """What was paid of that instalment from that fund; None where nothing was."""
    sums = [each.amount_fen for each in paid if (each.instalment, each.fund) == (instalment, fund)]
    return sum(sums) if sums else None
