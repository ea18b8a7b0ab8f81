"""List the budgets: every fund's years and where they stand."""

from chalicelib.rules.principal import Principal, Right
from chalicelib.rules.settlement import Budget
from chalicelib.store import programmes


def budgets(principal: Principal) -> list[Budget]:
    """Every fund's years, by fund and year."""
    principal.require(Right.BUDGET_VIEW)
    return sorted(programmes.budgets(), key=lambda budget: (budget.fund, budget.year))
