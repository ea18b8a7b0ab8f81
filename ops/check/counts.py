"""The funnel: what the tables' histories amount to, under the names of the demo's result."""

from chalicelib.rules.attendance import FULFILLING
from chalicelib.rules.line import LineState
from chalicelib.rules.moves import State, Verb
from chalicelib.rules.run import RunKind
from ops.check.city import City, KeptRun

REACHED = {
    "claimed": State.CLAIMED,
    "verified": State.VERIFIED,
    "enrolled": State.ENROLLED,
    "assessed": State.ASSESSED,
    "approved": State.APPROVED,
    "paid": State.WRITTEN_OFF,
}
"""Counted once a voucher ever reached the state."""

STANDS = {"written_off": State.WRITTEN_OFF, "expired": State.EXPIRED}
"""Counted while a voucher stands there."""


def counts(city: City) -> dict[str, int]:
    """Every count of the funnel; vouchers of all programmes, sums in fen."""
    vouchers = city.vouchers.values()
    return {
        "issued": sum(bool(kept.did(Verb.ISSUE)) for kept in vouchers),
        **{name: sum(kept.reached(state) for kept in vouchers) for name, state in REACHED.items()},
        "returned": sum(bool(kept.did(Verb.RETURN)) for kept in vouchers),
        **{
            name: sum(kept.voucher.state is state for kept in vouchers)
            for name, state in STANDS.items()
        },
        "checked_in": len(city.records),
        "abnormal": sum(record.outcome not in FULFILLING for record in city.records),
        "refused_rows": sum(run.sums.refused for run in city.runs if _is_roster(run)),
        "paid_fen": sum(
            kept.line.amount_fen
            for kept in city.lines.values()
            if kept.line.state is LineState.PAID
        ),
    }


def _is_roster(run: KeptRun) -> bool:
    return run.kind is RunKind.ROSTER and not run.preview
