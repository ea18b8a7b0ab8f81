"""Budgets: what the funds were granted and where it stands."""

import msgspec
from chalice.app import Blueprint

from chalicelib.rules.principal import Right
from chalicelib.usecases import list_budgets

from . import shown
from .bodies import Nothing
from .http import Reading, reads

bp = Blueprint(__name__)


class BudgetShown(msgspec.Struct, frozen=True):
    """A fund's year: available + reserved + paid − recovered = granted."""

    fund: shown.Fund
    year: int
    granted_fen: shown.Fen
    available_fen: shown.Fen
    reserved_fen: shown.Fen
    paid_fen: shown.Fen
    recovered_fen: shown.Fen


class Budgets(msgspec.Struct, frozen=True):
    """Every fund's years, by fund and year."""

    budgets: tuple[BudgetShown, ...]


@reads(bp, "/budgets", rights=frozenset({Right.BUDGET_VIEW}), query=Nothing, gives=Budgets)
def show_budgets(asked: Reading[Nothing]) -> Budgets:
    """Every fund's year, in fen."""
    found = list_budgets.budgets(asked.principal)
    return msgspec.convert({"budgets": found}, Budgets, from_attributes=True)
