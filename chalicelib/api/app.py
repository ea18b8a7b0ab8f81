"""The API alone, as its function loads it: every resource's blueprint and none of the jobs'.

A queue's, stream's or schedule's handler is a function of its own; app.py adds those for packaging,
so that no request waits for code that none of them runs.
"""

from chalice.app import Chalice

from . import (
    auth,
    budgets,
    candidates,
    cases,
    channels,
    check_ins,
    classes,
    contract,
    explanations,
    figures,
    files,
    lines,
    me,
    national,
    offers,
    organisations,
    policies,
    proposals,
    records,
    runs,
    vouchers,
)

# Chalice would put its own handler and level on the logger that bears the app's name: ours.
app = Chalice(app_name="voucher-city", configure_logs=False)

# The authorizer first: routes refer to it, and packaging reads the references in this order.
WORKERS = (auth, me, offers, vouchers, explanations, classes, check_ins, records, contract)
OFFICES = (
    *(files, runs, proposals, candidates, lines, cases, budgets),
    *(figures, policies, channels, organisations, national),
)
for edge in (*WORKERS, *OFFICES):
    app.register_blueprint(edge.bp)
