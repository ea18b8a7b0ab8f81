"""A voucher stands where its lines put it: written off exactly when every one of them is paid."""

from collections import defaultdict
from collections.abc import Iterator

from chalicelib.rules import standing
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.line import LineState
from chalicelib.rules.moves import State
from ops.check.breach import Breach
from ops.check.city import City

WRITE_OFF = "written-off"

_BY_LINES = frozenset({State.PAYING, State.WRITTEN_OFF})
"""Where a voucher comes to by its lines alone."""


def breaches(city: City) -> Iterator[Breach]:
    """Vouchers written off without their money, and paid ones that still stand open.

    A share whose line is not born counts as a line that is not paid.
    """
    lines: dict[VoucherId, dict[str, LineState]] = defaultdict(dict)
    for owed in city.lines.values():
        lines[owed.line.voucher_id][owed.line.id] = owed.line.state
    for kept in city.vouchers.values():
        known = lines.get(kept.voucher.id, {})
        told: dict[str, LineState | None] = {
            kept.voucher.line_of(share): None for share in kept.voucher.terms.owed
        }
        told |= known
        fits = kept.voucher.state is standing.stands(told.values())
        if fits if known else kept.voucher.state not in _BY_LINES:
            continue
        states = ", ".join(state or "not born" for state in told.values()) or "none"
        yield Breach(WRITE_OFF, kept.where, f"{kept.voucher.state} with lines {states}")
