"""What must come back (追回), and how it is set off against what is still owed (冲抵).

A debt is a positive amount of its own. A fund's debts are set off against its own parts alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from chalicelib.rules.decision import Debt, Outcome, Part
from chalicelib.rules.situation import ClassOutcome, Paid, Situation
from chalicelib.rules.trace import Ruling

from .parts import PAID, Instalment, paid_fen

AGAINST_PAID = "against-paid"
_PERCENT = 100


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


def clawed_back(
    ruling: Ruling[Any] | None,
    situation: Situation,
    fund: str,
    judged_on: date,
    passed: Mapping[str, Outcome],
    own_fen: Mapping[str, int],
) -> tuple[Debt, ...]:
    """What must come back of what the fund paid: of each instalment by the first line due.

    `own_fen` is of each instalment what can come back: see `worth`.
    """
    debts: dict[str, Debt] = {}
    for line in ruling.value if ruling else ():
        rule: ClawBack = line.value
        if (
            paid_fen(situation.paid, rule.of, fund) is not None
            and rule.of not in debts
            and rule.falls_due(situation.training_class, passed)
            and line.condition.means(situation, judged_on)
        ):
            owed_fen = own_fen.get(rule.of, 0) * rule.percent // _PERCENT
            debts[rule.of] = Debt(rule.of, fund, owed_fen, "claw_back")
    return tuple(debt for debt in debts.values() if debt.amount_fen)


def stray(
    paid: Sequence[Paid], instalments: Sequence[Instalment], fund: str, payee: str
) -> list[Part]:
    """What the fund paid as instalments that the plan has not, or no longer."""
    planned = {each.name for each in instalments}
    names = dict.fromkeys(each.instalment for each in paid if each.fund == fund)
    return [
        Part(name, fund, payee, paid_fen(paid, name, fund) or 0, Outcome.YES, PAID)
        for name in names
        if name not in planned
    ]


def worth(
    instalments: Sequence[Instalment],
    sums: Sequence[int],
    paid: Sequence[Paid],
    fund: str,
    *,
    set_off: bool,
) -> dict[str, int]:
    """What of each instalment can come back: its sum, and no more of it than was paid.

    Where debts are set off what was paid too little is made up for first, so that it is its sum.
    """
    whole = {each.name: own_fen for each, own_fen in zip(instalments, sums, strict=True)}
    if set_off:
        return whole
    return {name: min(fen, paid_fen(paid, name, fund) or 0) for name, fen in whole.items()}


def reckoned(
    parts: Sequence[Part], whole_fen: int, fund: str, debts: Sequence[Debt], *, set_off: bool
) -> tuple[list[Part], list[Debt]]:
    """The parts and what must come back, set off where the policy says so."""
    if set_off:
        return offset(*levelled(parts, whole_fen, fund, debts))
    return list(parts), [*overpaid(parts, whole_fen, fund), *debts]


def levelled(
    parts: Sequence[Part], whole_fen: int, fund: str, debts: Sequence[Debt] = ()
) -> tuple[list[Part], list[Debt]]:
    """The fund's parts and debts set against what was paid (冲抵).

    The last open part makes up the whole; what was paid beyond it becomes a debt. Where none is
    open any more, what was paid too little was kept for a debt, which is less by as much.
    """
    own = [part for part in parts if part.fund == fund]
    open_ = [part for part in own if _open(part)]
    missing_fen = whole_fen - sum(part.amount_fen for part in own)
    if not open_:
        return list(parts), [*_overpaid(-missing_fen, own, fund), *_less(debts, missing_fen)]
    last = open_[-1]
    balanced = replace(last, amount_fen=max(0, last.amount_fen + missing_fen))
    others = [balanced if part is last else part for part in parts]
    return others, [*_overpaid(-missing_fen - last.amount_fen, own, fund), *debts]


def overpaid(parts: Sequence[Part], whole_fen: int, fund: str) -> list[Debt]:
    """What the fund paid of instalments beyond their shares, where nothing is set off."""
    own = [part for part in parts if part.fund == fund]
    return _overpaid(sum(part.amount_fen for part in own) - whole_fen, own, fund)


def _less(debts: Sequence[Debt], kept_fen: int) -> Iterator[Debt]:
    """What is left of the debts after so much was kept for them."""
    for debt in debts:
        taken_fen = min(debt.amount_fen, max(0, kept_fen))
        kept_fen -= taken_fen
        if debt.amount_fen > taken_fen:
            yield replace(debt, amount_fen=debt.amount_fen - taken_fen)


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
