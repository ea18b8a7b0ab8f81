"""Resend: events of a span of time become due again, and what was never kept is kept now.

The vouchers are gone through page by page; a row is what the voucher's history says, so whatever
the stream lost is found. Doing it again does no harm: the platform knows an event by its id.
"""

from collections.abc import Iterator
from datetime import datetime

from chalicelib.rules import calendar, history
from chalicelib.rules.history import Event
from chalicelib.rules.outgoing import Delivery, Outgoing
from chalicelib.rules.run import BLOCK_ROWS, Run, Tally
from chalicelib.rules.voucher import Voucher
from chalicelib.store import cases, outbox, vouchers

from .block import Block
from .hear_national import case_of, voucher_of
from .national_events import event_id
from .side_by_side import side_by_side
from .tell_national import tell_events

_DECIDED = "told again"


def blocks(run: Run, now: datetime) -> Iterator[Block]:
    """The pages of the vouchers from the run's checkpoint on, each when it is asked for.

    Its rows are the events of the span: applied is what was made due or kept anew, existed what
    was due already.
    """
    at, last = run.at, False
    while not last:
        page, following = vouchers.page(at, BLOCK_ROWS)
        last = not following
        told = [
            (voucher, event)
            for voucher in page
            for event in history.events(voucher.history)
            if run.source["since"] <= event.at < run.source["until"]
        ]
        yield Block(_again(told, now), following, last)
        at = following


def _again(told: list[tuple[Voucher, Event]], now: datetime) -> Tally:
    rows = {row.id: row for row in outbox.load_all([event_id(*one) for one in told])}
    lost = [one for one in told if event_id(*one) not in rows]
    tell_events(lost, now)
    ended = [row for row in rows.values() if row.delivery is not Delivery.DUE]
    side_by_side(lambda row: _reopen(row, now), ended)
    applied = len(lost) + len(ended)
    return Tally(applied=applied, existed=len(told) - applied)


def _reopen(row: Outgoing, now: datetime) -> None:
    """Makes an ended row due; a case about its refusal is thereby decided."""
    if row.delivery is Delivery.REFUSED:
        found = {case.id: case for case in cases.open_of(voucher_of(row.id))}
        if case := found.get(case_of(row.id)):
            cases.close(case, _DECIDED)
    outbox.reopen(row, calendar.text(now))
