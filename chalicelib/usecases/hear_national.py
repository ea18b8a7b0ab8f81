"""Hear the national platform: what it has taken, what it will not take, whose account it states.

Each word is applied once, in whatever order it comes and however often; what contradicts itself
or speaks of nothing we told is put aside for a person.
"""

from collections.abc import Sequence

from chalicelib.observability import Log, logger
from chalicelib.rules import calendar, ids
from chalicelib.rules.cases import NATIONAL_REFUSAL, Case
from chalicelib.rules.history import Command
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.outgoing import Delivery, Outgoing
from chalicelib.rules.voucher import Voucher
from chalicelib.store import cases, outbox, vouchers

UNKNOWN = "unknown_event"
CONTRADICTION = "contradiction"


def acknowledge(event_ids: Sequence[str], command: Command) -> None:
    """Ends the rows of these events as done; `command.key` is the message's id."""
    ended = outbox.finish_all(event_ids, calendar.text(command.at))
    rest = [event_id for event_id, done in zip(event_ids, ended, strict=True) if not done]
    known = {row.id: row for row in outbox.load_all(rest)} if rest else {}
    strange = [event_id for event_id in rest if event_id not in known]
    refused = [row.id for row in known.values() if row.delivery is Delivery.REFUSED]
    if strange or refused:
        why = UNKNOWN if strange else CONTRADICTION
        put_aside("acknowledged", [*strange, *refused], why, command)


def refuse(event_id: str, reason: str, command: Command) -> None:
    """Ends the row as refused and opens a case for the voucher's district.

    The case first: killed in between, the repeated word finds the row still due.
    """
    row = told(event_id)
    if row is None or row.delivery is Delivery.DONE:
        put_aside("refused", [event_id], CONTRADICTION if row else UNKNOWN, command)
        return
    if row.delivery is Delivery.DUE:
        about = vouchers.load(voucher_of(event_id))
        cases.open_one(_case(about, event_id, reason, command))
        outbox.refuse(row, reason, calendar.text(command.at))


def told(event_id: str) -> Outgoing | None:
    """The row of an event, or None."""
    return next(iter(outbox.load_all([event_id])), None)


def voucher_of(event_id: str) -> VoucherId:
    """The voucher that an event of this id is about."""
    return VoucherId(event_id.partition(".")[0])


def case_of(event_id: str) -> ids.CaseId:
    """The case in which a refusal of this event is decided."""
    voucher_id, _, number = event_id.partition(".")
    return ids.case_id(VoucherId(voucher_id), NATIONAL_REFUSAL, int(number))


def put_aside(said: str, about: Sequence[str], why: str, command: Command) -> None:
    """Keeps a word that no machine may act on, and tells that there is one."""
    outbox.quarantine(said, about, why, command)
    logger.error("quarantined", extra={"log": Log.QUARANTINED, "said": said, "why": why})


def _case(about: Voucher, event_id: str, reason: str, command: Command) -> Case:
    return Case(
        id=case_of(event_id),
        voucher_id=about.id,
        kind=NATIONAL_REFUSAL,
        class_id=None,
        lesson_no=None,
        outcome=reason,
        district=about.terms.district or "",
        opened_at=calendar.text(command.at),
        open=True,
        reason=None,
        about=event_id,
    )
