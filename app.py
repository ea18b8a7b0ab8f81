"""The Chalice app: every blueprint of the edges, and nothing else."""

from chalice.app import Chalice

from chalicelib.api import (
    auth,
    budgets,
    cases,
    channels,
    check_ins,
    classes,
    contract,
    figures,
    files,
    lines,
    me,
    national,
    organisations,
    policies,
    proposals,
    records,
    runs,
    vouchers,
)
from chalicelib.jobs import (
    bank_results,
    batches,
    closing,
    counting,
    expiry,
    imports,
    national_results,
    relay,
    reminders,
    repetition,
    resumption,
    settlements,
    voucher_changes,
)

# Chalice would put its own handler and level on the logger that bears the app's name: ours.
app = Chalice(app_name="voucher-city", configure_logs=False)

# The authorizer first: routes refer to it, and packaging reads the references in this order.
WORKERS = (auth, me, vouchers, classes, check_ins, records, contract)
OFFICES = (
    *(files, runs, proposals, lines, cases, budgets),
    *(figures, policies, channels, organisations, national),
)
QUEUES = (imports, batches, settlements, bank_results, national_results)
STREAMS = (voucher_changes, counting)
SCHEDULES = (relay, repetition, expiry, closing, resumption, reminders)
for edge in (*WORKERS, *OFFICES, *QUEUES, *STREAMS, *SCHEDULES):
    app.register_blueprint(edge.bp)
