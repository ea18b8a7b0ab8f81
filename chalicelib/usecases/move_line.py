"""Moving a payment line together with its voucher, where the voucher has other lines beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.rules import line, standing, voucher
from chalicelib.rules.history import Command
from chalicelib.rules.ids import LineId
from chalicelib.rules.line import Line, LineVerb
from chalicelib.rules.voucher import Voucher
from chalicelib.store import payments, transact, vouchers


@dataclass(frozen=True)
class Move:
    """A line's move with its voucher's, if it calls for one; `beside` are the others as read."""

    before: Line
    after: Line
    owner: Voucher
    moved: Voucher | None
    beside: Mapping[LineId, Line | None]

    def fill(self, transaction: transact.Transaction) -> None:
        """All of it as parts of a transaction, which fails where anything is not as read.

        Of two lines paid at the same instant one therefore finds the other paid.
        """
        payments.save_within(transaction, self.before, self.after)
        for line_id, as_read in self.beside.items():
            payments.unmoved_within(transaction, line_id, as_read)
        if self.moved:
            vouchers.save_within(transaction, self.owner, self.moved)

    def is_saved(self) -> bool:
        """Whether the table has the line's move, whatever came after it."""
        return payments.is_saved(self.after)


def move(found: Line, verb: LineVerb, command: Command, facts: Mapping[str, Any]) -> Move:
    """The move of a line; Conflict where the line, or the voucher with it, cannot make it."""
    after = line.move(found, verb, command, facts)
    owner = vouchers.load(found.voucher_id)
    beside = _beside(found, owner)
    states = [after.state, *(other.state if other else None for other in beside.values())]
    wanted = standing.verb(verb, owner.state, states)
    moved = voucher.move(owner, wanted, command, {"line_id": found.id}) if wanted else None
    return Move(found, after, owner, moved, beside)


def _beside(found: Line, owner: Voucher) -> dict[LineId, Line | None]:
    """The voucher's other lines; None for one that is not born yet."""
    others = [owner.line_of(share) for share in owner.terms.owed]
    others = [line_id for line_id in others if line_id != found.id]
    known = {other.id: other for other in payments.load_all(others)} if others else {}
    return {line_id: known.get(line_id) for line_id in others}
