"""The figures made anew from the vouchers, and where those that are kept differ."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from chalicelib.rules import counting
from chalicelib.rules.figures import Cell, Cells, Figure, Sums
from ops.check.city import City, KeptVoucher

_NOTHING: Sums = {}


@dataclass(frozen=True)
class Difference:
    """A number of a cell that is not what the vouchers come to."""

    cell: Cell
    figure: Figure
    kept: int
    told: int

    @property
    def where(self) -> str:
        """How it is named."""
        cell = self.cell
        named = f"{cell.programme} {cell.value} {cell.fund}".strip()
        return f"{cell.scope} by {cell.by} {cell.period}: {named}"


def made_anew(city: City) -> Cells:
    """Every cell as the vouchers' histories make it; an impossible history counts nothing."""
    cells: Cells = {}
    for kept in city.vouchers.values():
        with suppress(ValueError, KeyError, TypeError):
            counting.join(cells, counting.total([kept.voucher]))
    return cells


def differences(city: City) -> list[Difference]:
    """Every number that differs, in the cells' order."""
    told = made_anew(city)
    found = []
    for cell in sorted(told.keys() | city.figures.keys(), key=str):
        kept, wanted = city.figures.get(cell, _NOTHING), told.get(cell, _NOTHING)
        found += [
            Difference(cell, figure, kept.get(figure, 0), wanted.get(figure, 0))
            for figure in Figure
            if kept.get(figure, 0) != wanted.get(figure, 0)
        ]
    return found


def uncounted(city: City) -> Iterator[KeptVoucher]:
    """The vouchers of which something is not counted yet: the stream is behind, or gave up."""
    for kept in city.vouchers.values():
        with suppress(ValueError, KeyError, TypeError):
            counted = city.counted.get(kept.voucher.id, 0)
            if counting.steps(kept.voucher, counted, most=kept.voucher.version):
                yield kept
