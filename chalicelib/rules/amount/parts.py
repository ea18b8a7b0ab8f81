"""Instalments (分期): how the whole is divided, what was paid already, what must come back.

Parts are floored and the last gets the rest, so that they always sum to the whole. A debt is a
positive amount of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from chalicelib.rules.condition import first
from chalicelib.rules.decision import Debt, Outcome, Part
from chalicelib.rules.situation import ClassOutcome, Paid, Situation
from chalicelib.rules.trace import Ruling

WHOLE = "whole"
_PERCENT = 100


@dataclass(frozen=True)
class Instalment:
    """A part's name, its share in percent, and the gates it alone needs (None: all)."""

    name: str
    percent: int
    needs: tuple[str, ...] | None = None


ALL_AT_ONCE = (Instalment(WHOLE, _PERCENT),)


@dataclass(frozen=True)
class ClawBack:
    """Of this instalment so much must come back.

    Either where the class reached less than `below`, or once the gate `closed` says no.
    """

    of: str
    percent: int
    by: str = "passed"  # or "employed"
    below: int = 0
    closed: str | None = None

    def falls_due(self, outcome: ClassOutcome | None, passed: Mapping[str, Outcome]) -> bool:
        """Whether it must come back, by what is known so far."""
        if self.closed is not None:
            return passed.get(self.closed) is Outcome.NO
        reached = getattr(outcome, self.by, None)
        if outcome is None or reached is None:
            return False
        return bool(reached * _PERCENT < self.below * outcome.enrolled)


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


def clawed_back(
    ruling: Ruling[Any] | None,
    situation: Situation,
    fund: str,
    judged_on: date,
    passed: Mapping[str, Outcome],
) -> tuple[Debt, ...]:
    """What must come back of what the fund paid: of each instalment by the first line due."""
    debts: dict[str, Debt] = {}
    for line in ruling.value if ruling else ():
        rule: ClawBack = line.value
        paid = paid_fen(situation.paid, rule.of, fund)
        if (
            paid
            and rule.of not in debts
            and rule.falls_due(situation.training_class, passed)
            and line.condition.means(situation, judged_on)
        ):
            owed_fen = paid * rule.percent // _PERCENT
            debts[rule.of] = Debt(rule.of, fund, owed_fen, "claw_back")
    return tuple(debt for debt in debts.values() if debt.amount_fen)


def levelled(parts: Sequence[Part], whole_fen: int, fund: str) -> tuple[list[Part], list[Debt]]:
    """The fund's parts set against what was paid (冲抵): the last open one makes up the whole.

    What was paid beyond the whole becomes a debt.
    """
    own = [part for part in parts if part.fund == fund]
    open_ = [part for part in own if _open(part)]
    missing_fen = whole_fen - sum(part.amount_fen for part in own)
    if not open_:
        return list(parts), _overpaid(-missing_fen, own, fund)
    last = open_[-1]
    balanced = replace(last, amount_fen=max(0, last.amount_fen + missing_fen))
    others = [balanced if part is last else part for part in parts]
    return others, _overpaid(-missing_fen - last.amount_fen, own, fund)


def _open(part: Part) -> bool:
    """Whether it may still be paid: neither paid already nor kept back for good."""
    return part.reason != PAID and part.outcome is not Outcome.NO


def _overpaid(fen: int, own: Sequence[Part], fund: str) -> list[Debt]:
    return [Debt(own[0].instalment, fund, fen, "overpaid")] if fen > 0 else []


def offset(parts: Sequence[Part], debts: Sequence[Debt]) -> tuple[list[Part], list[Debt]]:
    """Debts set off against what the same fund may still pay; what is not covered remains."""
    left, remaining = list(debts), []
    for part in parts:
        for n, debt in enumerate(left):
            if _open(part) and debt.fund == part.fund:
                set_off_fen = min(part.amount_fen, debt.amount_fen)
                part = replace(part, amount_fen=part.amount_fen - set_off_fen)
                left[n] = replace(debt, amount_fen=debt.amount_fen - set_off_fen)
        remaining.append(part)
    return remaining, [debt for debt in left if debt.amount_fen]


PAID = "paid"
"""The reason of a part that was paid already."""
