"""The Chalice app: every blueprint of the edges, and nothing else."""

from chalice.app import Chalice

from chalicelib.api import (
    auth,
    budgets,
    cases,
    check_ins,
    classes,
    contract,
    lines,
    me,
    policies,
    proposals,
    runs,
    vouchers,
)
from chalicelib.jobs import (
    bank_results,
    batches,
    closing,
    expiry,
    imports,
    relay,
    resumption,
    settlements,
    voucher_changes,
)

# Chalice would put its own handler and level on the logger that bears the app's name: ours.
app = Chalice(app_name="voucher-city", configure_logs=False)

# The authorizer first: routes refer to it, and packaging reads the references in this order.
for blueprint in (
    auth.bp,
    me.bp,
    vouchers.bp,
    classes.bp,
    check_ins.bp,
    runs.bp,
    proposals.bp,
    lines.bp,
    cases.bp,
    budgets.bp,
    policies.bp,
    contract.bp,
    imports.bp,
    batches.bp,
    settlements.bp,
    bank_results.bp,
    relay.bp,
    expiry.bp,
    closing.bp,
    resumption.bp,
    voucher_changes.bp,
):
    app.register_blueprint(blueprint)
