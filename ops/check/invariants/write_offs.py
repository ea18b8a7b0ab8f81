"""A voucher is written off exactly when every line of it is paid."""

from collections import defaultdict
from collections.abc import Iterator

from chalicelib.rules.ids import VoucherId
from chalicelib.rules.line import LineState
from chalicelib.rules.moves import State
from ops.check.breach import Breach
from ops.check.city import City

WRITE_OFF = "written-off"


def breaches(city: City) -> Iterator[Breach]:
    """Vouchers written off without their money, and paid ones that still stand open."""
    lines: dict[VoucherId, list[LineState]] = defaultdict(list)
    for owed in city.lines.values():
        lines[owed.line.voucher_id].append(owed.line.state)
    for kept in city.vouchers.values():
        states = lines.get(kept.voucher.id, [])
        paid = bool(states) and all(state is LineState.PAID for state in states)
        if paid != (kept.voucher.state is State.WRITTEN_OFF):
            found = f"{kept.voucher.state} with lines {', '.join(states) or 'none'}"
            yield Breach(WRITE_OFF, kept.where, found)
