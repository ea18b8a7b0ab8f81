"""Figures: the funnel and the money of whoever may see them, a page at a time."""

import re
from typing import Annotated

import msgspec
from chalice.app import Blueprint

from chalicelib.rules.figures import Dimension, Figure, Row
from chalicelib.rules.principal import Right
from chalicelib.usecases import recount, show_figures

from . import fields, paging, shown
from .bodies import Nothing
from .http import Change, Reading, changes, reads
from .runs import RunShown, run_shown

bp = Blueprint(__name__)
_POSITION = re.compile(r"[^|\x00-\x1f]{1,64}\|[^|\x00-\x1f]{1,64}\|[^|\x00-\x1f]{0,64}")
Period = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,16}\Z", examples=["2026"])]
Count = Annotated[int, msgspec.Meta(examples=[3353])]


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By what, of which period, and whose; without a name the caller's own."""

    by: Dimension = Dimension.PROGRAMME
    period: Period | None = None
    district: fields.District | None = None
    institution: fields.Usci | None = None
    cursor: paging.Cursor = ""


class MoneyShown(msgspec.Struct, frozen=True):
    """What was approved, paid and returned from one fund; in the end paid − returned was spent."""

    fund: shown.Fund
    approved_fen: shown.Fen
    paid_fen: shown.Fen
    returned_fen: shown.Fen


class TargetShown(msgspec.Struct, frozen=True):
    """What is aimed at in the period."""

    issued: Count
    used: Count


class FigureShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """One programme and value: vouchers that came to each stage, and their money by fund."""

    programme: shown.Programme
    value: Annotated[str, msgspec.Meta(examples=["310104"])]
    issued: Count
    claimed: Count
    verified: Count
    used: Count
    settled: Count
    expired: Count
    money: tuple[MoneyShown, ...]
    target: TargetShown | None = None


class FiguresShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """A page of figures, and where the next one begins, if there is one."""

    scope: Annotated[str, msgspec.Meta(examples=["city", "district:310104"])]
    by: Dimension
    period: Annotated[str, msgspec.Meta(examples=["2026"])]
    figures: tuple[FigureShown, ...]
    next_cursor: paging.NextCursor | None = None


@reads(
    bp,
    "/figures",
    rights=frozenset({Right.FIGURES_VIEW}),
    query=Asked,
    gives=FiguresShown,
    problems=("bad_cursor", "bad_value", "not_an_institution", "not_found", "not_your_district"),
)
def view_figures(asked: Reading[Asked]) -> FiguresShown:
    """A page of the figures of a period, by one dimension."""
    query = asked.query
    after = paging.position(query.cursor, _POSITION)
    scope = show_figures.scope(asked.principal, query.district, query.institution)
    period, rows, following = show_figures.page(scope, query.by, query.period, after, asked.now)
    figures = tuple(_view(row) for row in rows)
    return FiguresShown(scope, query.by, period, figures, paging.next_cursor(following))


@changes(
    bp,
    "/figures/counts",
    rights=frozenset({Right.FIGURES_COUNT}),
    body=Nothing,
    gives=RunShown,
    status=202,
)
def count_again(asked: Change[Nothing]) -> RunShown:
    """The run that counts what the stream never told."""
    return run_shown(recount.ask_recount(asked.principal, asked.command), asked.texts)


def _view(row: Row) -> FigureShown:
    counts = {figure.value: row.counts.get(figure, 0) for figure in Figure if figure.is_count}
    money = tuple(
        MoneyShown(fund, *(sums.get(figure, 0) for figure in Figure if not figure.is_count))
        for fund, sums in row.money.items()
    )
    aimed = row.aimed and TargetShown(row.aimed[Figure.ISSUED], row.aimed[Figure.USED])
    return FigureShown(row.programme, row.value, **counts, money=money, target=aimed or None)
