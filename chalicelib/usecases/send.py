"""Send (送银行): the relay hands every due line to the bank, and then marks it sent.

Killed in between, it hands the line over again under the same id; the bank pays an id once.
"""

from collections.abc import Callable
from datetime import datetime

import msgspec

from chalicelib.errors import Conflict
from chalicelib.observability import Log, logger
from chalicelib.rules import line, voucher
from chalicelib.rules.history import Command
from chalicelib.rules.ids import LineId
from chalicelib.rules.line import LineState, LineVerb
from chalicelib.rules.moves import Verb
from chalicelib.store import payments, queues, transact, vouchers

from .payment_events import requested
from .side_by_side import side_by_side

_PAGE = 100


def send_due(now: datetime, spent: Callable[[], bool]) -> int:
    """Sends the lines that are due, page by page until `spent`; how many were marked sent."""
    sent, after = 0, ""
    while not spent():
        listed, after = payments.due(after, _PAGE)
        sent += sum(side_by_side(lambda line_id: _send(line_id, now), listed))
        if not after:
            break
    return sent


def _send(line_id: LineId, now: datetime) -> bool:
    due = payments.load(line_id)
    if due.state is not LineState.DUE:
        return False
    approved = vouchers.load(due.voucher_id)
    command = Command("relay", "system", f"send:{due.id}.{due.attempt}", "", now)
    try:
        sent = line.move(due, LineVerb.SEND, command, {"attempt": due.attempt})
        paying = voucher.move(approved, Verb.PAY, command, {"line_id": due.id})
    except Conflict as conflict:
        # One line that cannot move must not hold up the others; it stays due and in sight.
        extra = {"log": Log.REFUSED, "edge": "send", "code": conflict.code, "line_id": due.id}
        logger.error("refused", extra=extra)
        return False
    queues.send_to_bank(msgspec.json.encode(requested(due, now)).decode())

    def fill(transaction: transact.Transaction) -> None:
        payments.save_within(transaction, due, sent)
        vouchers.save_within(transaction, approved, paying)

    try:
        transact.together(fill, lambda: payments.is_saved(sent))
    except transact.Lost:
        return False
    return True
