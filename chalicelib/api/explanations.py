"""Explanations: why a voucher was given, what it comes to step by step, what its payment waits for.

For those whom the voucher concerns; each sees only what he may see of the inputs.
"""

from chalice.app import Blueprint

from chalicelib.rules.ids import VoucherId

from .bodies import Nothing
from .explanation_views import ExplanationShown, explanation_view
from .http import Reading, reads
from .vouchers import CONCERNED

bp = Blueprint(__name__)


@reads(
    bp,
    "/vouchers/{voucher_id}/explanation",
    rights=CONCERNED,
    query=Nothing,
    gives=ExplanationShown,
)
def explain_voucher(asked: Reading[Nothing]) -> ExplanationShown:
    """Why the voucher was given, what it comes to and what its payment waits for."""
    from chalicelib.usecases import explain

    voucher_id = VoucherId(asked.path["voucher_id"])
    return explanation_view(explain.explain(asked.principal, voucher_id, asked.now), asked.texts)
