"""Explanations: why a voucher was given, what it comes to step by step, what its payment waits for.

For those whom the voucher concerns; each sees only what he may see of the inputs.
"""

from chalice.app import Blueprint

from chalicelib.rules.ids import VoucherId
from chalicelib.rules.principal import Right
from chalicelib.usecases import explain

from .bodies import Nothing
from .explanation_views import ExplanationShown, explanation_view
from .http import Reading, reads

bp = Blueprint(__name__)
# As with the voucher itself: whom it concerns is asked of the voucher.
_CONCERNED = frozenset(
    {Right.WORKER, Right.VOUCHER_VIEW, Right.VOUCHER_VERIFY, Right.VOUCHER_ENROL}
)


@reads(
    bp,
    "/vouchers/{voucher_id}/explanation",
    rights=_CONCERNED,
    query=Nothing,
    gives=ExplanationShown,
)
def explain_voucher(asked: Reading[Nothing]) -> ExplanationShown:
    """Why the voucher was given, what it comes to and what its payment waits for."""
    voucher_id = VoucherId(asked.path["voucher_id"])
    return explanation_view(explain.explain(asked.principal, voucher_id, asked.now), asked.texts)
