"""The money equation of every fund's year, with its sums recomputed from entries and lines."""

from collections import Counter
from collections.abc import Iterator

from chalicelib.rules import ids
from chalicelib.rules.line import LineState
from ops.check.breach import Breach
from ops.check.city import City

MONEY = "money"

Year = tuple[str, int]


def breaches(city: City) -> Iterator[Breach]:
    """Money that appears, vanishes or stands in the wrong column of its fund's year."""
    reserved, paid = _reserved_fen(city), _paid_fen(city)
    known = {(budget.fund, budget.year) for budget in city.budgets}
    for budget in city.budgets:
        year = (budget.fund, budget.year)
        where = f"fund {budget.fund} {budget.year}"
        if not budget.balanced:
            yield Breach(MONEY, where, "available + reserved + paid - recovered is not granted")
        if budget.reserved_fen != reserved[year]:
            found = f"{budget.reserved_fen} fen reserved, approved and unpaid {reserved[year]}"
            yield Breach(MONEY, where, found)
        if budget.paid_fen != paid[year]:
            found = f"{budget.paid_fen} fen paid, by its lines {paid[year]}"
            yield Breach(MONEY, where, found)
    for fund, number in sorted((reserved.keys() | paid.keys()) - known):
        yield Breach(MONEY, f"fund {fund} {number}", "pays without a budget")


def _reserved_fen(city: City) -> Counter[Year]:
    """What was approved and is not paid, share by share, whatever became of its line."""
    sums: Counter[Year] = Counter()
    for proposal in (kept.proposal for kept in city.proposals.values()):
        for entry in proposal.approved:
            for fund, fen in proposal.by_fund([entry]).items():
                owed = city.lines.get(ids.line_id(entry.voucher_id, fund, 1))
                if owed is None or owed.line.state is not LineState.PAID:
                    sums[fund, proposal.year] += fen
    return sums


def _paid_fen(city: City) -> Counter[Year]:
    sums: Counter[Year] = Counter()
    for kept in city.lines.values():
        if kept.line.state is LineState.PAID:
            sums[kept.line.fund, kept.line.year] += kept.line.amount_fen
    return sums
