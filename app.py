"""The whole Chalice app, as packaging reads it: the API and every job beside it."""

from chalicelib.api.app import app
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

__all__ = ["app"]

QUEUES = (imports, batches, settlements, bank_results, national_results)
STREAMS = (voucher_changes, counting)
SCHEDULES = (relay, repetition, expiry, closing, resumption, reminders)
for edge in (*QUEUES, *STREAMS, *SCHEDULES):
    app.register_blueprint(edge.bp)
