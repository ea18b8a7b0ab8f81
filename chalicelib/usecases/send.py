"""Send (送银行): the relay hands every due line to the bank, and then marks it sent.

Killed in between, it hands the line over again under the same id; the bank pays an id once.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import msgspec

from chalicelib.errors import Conflict
from chalicelib.observability import Log, logger
from chalicelib.rules.history import Command
from chalicelib.rules.ids import LineId
from chalicelib.rules.line import LineState, LineVerb
from chalicelib.store import payments, queues, transact

from . import move_line
from .payment_events import requested
from .side_by_side import side_by_side

_PAGE = 100
_TRIES = 5


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
    """Whether this marked the line sent; other lines of its voucher may go at the same moment."""
    handed = False
    for _ in range(_TRIES):
        due = payments.load(line_id)
        if due.state is not LineState.DUE:
            return False
        command = Command("relay", "system", f"send:{due.id}.{due.attempt}", "", now)
        try:
            step = move_line.move(due, LineVerb.SEND, command, {"attempt": due.attempt})
        except Conflict as conflict:
            # One line that cannot move must not hold up the others; it stays due and in sight.
            extra = {"log": Log.REFUSED, "edge": "send", "code": conflict.code, "line_id": due.id}
            logger.error("refused", extra=extra)
            return False
        if not handed:
            queues.send_to_bank(msgspec.json.encode(requested(due, now)).decode())
            handed = True
        with suppress(transact.Lost):
            transact.together(step.fill, step.is_saved)
            return True
    return False
