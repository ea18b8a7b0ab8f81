"""Paying a decision as a whole: the shares it comes to, and what keeps it from being paid so.

Instalments, debts and offsets are decided, not paid yet.
"""

from collections.abc import Iterator

from chalicelib.rules.decision import AmountDecision, Outcome, Part
from chalicelib.rules.shares import Share

from .parts import WHOLE

NOTHING_DUE = "nothing_due"
PAID_IN_PARTS = "paid_in_parts"
TWO_PAYEES = "fund_pays_two"


def kept_back(decision: AmountDecision) -> str:
    """The code of what keeps the decision from being paid as a whole now; "" where nothing does.

    A fund has one line in a voucher, and so one payee. A part that is kept back for good, as a
    top-up may be, keeps nothing else back.
    """
    if decision.outcome is not Outcome.YES:
        return decision.code
    if decision.debts or any(part.instalment != WHOLE for part in decision.parts):
        return PAID_IN_PARTS
    kept = [part.reason for part in _payable(decision) if part.reason]
    if kept:
        return kept[0]
    owed = shares(decision)
    if not owed:
        return NOTHING_DUE
    return TWO_PAYEES if len({share.fund for share in owed}) < len(owed) else ""


def shares(decision: AmountDecision) -> tuple[Share, ...]:
    """What each fund pays to each payee, in the order of the parts.

    Parts of one fund and payee are added up; what comes to nothing, or never will, is no share.
    """
    sums: dict[tuple[str, str], int] = {}
    for part in _payable(decision):
        key = part.fund, part.payee
        sums[key] = sums.get(key, 0) + part.amount_fen
    return tuple(Share(fund, payee, fen) for (fund, payee), fen in sums.items() if fen)


def _payable(decision: AmountDecision) -> Iterator[Part]:
    return (part for part in decision.parts if part.outcome is not Outcome.NO)
