"""Counting (统计): what each event of a voucher adds to which cells.

A voucher carries its whole history, so what it comes to is computed from it alone and from no
order in which its versions are heard. What was counted is never rewritten: a correction counts
against it in its own month. Which vouchers were counted up to where, the store knows.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from . import history
from .figures import (
    CITY,
    UNKNOWN,
    Cell,
    Cells,
    Dimension,
    Figure,
    dimensions,
    of_district,
    of_institution,
)
from .history import Event
from .ids import VoucherId
from .moves import USED, State, Verb
from .voucher import Terms, Voucher, after


@dataclass(frozen=True)
class Step:
    """What the events of a voucher after one version, up to another, add to the cells."""

    voucher_id: VoucherId
    counted: int
    version: int
    cells: Cells


def total(vouchers: Iterable[Voucher]) -> Cells:
    """All cells as these vouchers alone make them; each voucher once."""
    cells: Cells = {}
    for voucher in vouchers:
        for _, added in _told(voucher):
            join(cells, added)
    return cells


def steps(voucher: Voucher, counted: int, most: int) -> list[Step]:
    """What is still to be added of a voucher counted up to that version, in steps.

    Each touches at most `most` cells unless a single event does; none where nothing is new.
    """
    made: list[Step] = []
    begun, cells = counted, Cells()
    for version, added in _told(voucher):
        if version <= counted or not added:
            continue
        if cells and len(cells.keys() | added.keys()) > most:
            made.append(Step(voucher.id, begun, version - 1, cells))
            begun, cells = version - 1, {}
        join(cells, added)
    if cells:
        made.append(Step(voucher.id, begun, voucher.version, cells))
    return made


def of_the_city(steps: Iterable[Step]) -> Counter[Figure]:
    """What the steps add for the whole city: every voucher and every fen once."""
    sums = Counter[Figure]()
    for step in steps:
        for cell, added in step.cells.items():
            if (cell.scope, cell.by) == (CITY, Dimension.PROGRAMME):
                sums.update(added)
    return sums


def packed(steps: Iterable[Step], most: int) -> Iterator[list[Step]]:
    """The steps in their order, as many together as touch `most` items: vouchers and cells.

    Two steps of one voucher never go together.
    """
    pack: list[Step] = []
    touched: set[VoucherId | Cell] = set()
    for step in steps:
        items: set[VoucherId | Cell] = {step.voucher_id, *step.cells}
        if pack and (len(touched | items) > most or step.voucher_id in touched):
            yield pack
            pack, touched = [], set()
        pack.append(step)
        touched |= items
    if pack:
        yield pack


def summed(steps: Iterable[Step]) -> Cells:
    """What the steps add together."""
    cells: Cells = {}
    for step in steps:
        join(cells, step.cells)
    return cells


def _told(voucher: Voucher) -> Iterator[tuple[int, Cells]]:
    """What each event adds, by its number."""
    terms, reached, before = Terms(), set[State](), None
    spent: set[str] = set()
    for event in history.events(voucher.history):
        terms = after(terms, event.set)
        to = State(event.to)
        told = {"": _counts(voucher, event, before, to not in reached)}
        told |= _money(replace(voucher, terms=terms), event, spent)
        reached.add(to)
        before = to
        cells: Cells = {}
        for fund, figures in told.items():
            if figures:
                where = _cells(voucher, event, terms, fund)
                join(cells, {cell: Counter(figures) for cell in where})
        yield event.n, cells


_FIRST_TIME = {
    State.ISSUED: Figure.ISSUED,
    State.CLAIMED: Figure.CLAIMED,
    State.VERIFIED: Figure.VERIFIED,
    State.EXPIRED: Figure.EXPIRED,
}


def _counts(voucher: Voucher, event: Event, before: State | None, first: bool) -> dict[Figure, int]:
    if event.do == Verb.WRITE_OFF:
        return {Figure.SETTLED: 1}
    if event.do == Verb.RETURN:
        # Of several lines the first to come back undoes the write-off.
        return {Figure.SETTLED: -1} if before is State.WRITTEN_OFF else {}
    figure = _FIRST_TIME.get(State(event.to))
    if event.to == USED[voucher.shape]:
        figure = Figure.USED
    return {figure: 1} if figure and first else {}


def _money(stood: Voucher, event: Event, spent: set[str]) -> dict[str, dict[Figure, int]]:
    """What the event adds to each fund; `spent` are the funds counted as paid, and is kept up.

    A share counts as paid with its voucher's write-off, and as returned only once it did.
    """
    verb = Verb(event.do)
    owed = {share.fund: share.amount_fen for share in stood.terms.owed}
    if verb is Verb.APPROVE:
        return {fund: {Figure.APPROVED_FEN: fen} for fund, fen in owed.items()}
    if verb is Verb.WRITE_OFF:
        paid = {fund: {Figure.PAID_FEN: owed[fund]} for fund in owed if fund not in spent}
        spent.update(owed)
        return paid
    if verb is Verb.RETURN:
        back = {share.fund for share in stood.concerned(event.set)} & spent
        spent.difference_update(back)
        return {fund: {Figure.RETURNED_FEN: owed[fund]} for fund in back}
    return {}


def _cells(voucher: Voucher, event: Event, terms: Terms, fund: str) -> Iterator[Cell]:
    """Every cell the event counts in: as the voucher's terms stood after it."""
    values = {
        Dimension.PROGRAMME: voucher.programme,
        Dimension.DISTRICT: terms.district,
        Dimension.INSTITUTION: terms.verified_by,
        Dimension.GROUP: terms.group or UNKNOWN,
        Dimension.MONTH: event.at[:7],  # Shanghai's own, as every event's time is written
    }
    scopes = [CITY]
    if terms.district:
        scopes.append(of_district(terms.district))
    if terms.verified_by:
        scopes.append(of_institution(terms.verified_by))
    for scope in scopes:
        told_apart = dimensions(scope)
        for by, value in values.items():
            if by in told_apart and value:
                yield Cell(scope, by, voucher.period, voucher.programme, value, fund)


def join(cells: Cells, added: Cells) -> None:
    """Adds to the first what stands in the second."""
    for cell, figures in added.items():
        cells.setdefault(cell, Counter()).update(figures)
