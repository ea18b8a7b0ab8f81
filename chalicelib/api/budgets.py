"""Budgets: what the funds were granted and where it stands."""

from dataclasses import asdict

from chalice.app import Blueprint

from chalicelib.rules.principal import Right
from chalicelib.usecases import list_budgets

from .bodies import Nothing
from .http import Answer, Reading, reads

bp = Blueprint(__name__)


@reads(bp, "/budgets", rights=frozenset({Right.BUDGET_VIEW}), query=Nothing)
def show_budgets(asked: Reading[Nothing]) -> Answer:
    """Every fund's year, in fen."""
    return {"budgets": [asdict(budget) for budget in list_budgets.budgets(asked.principal)]}
