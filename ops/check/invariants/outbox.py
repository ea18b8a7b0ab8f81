"""Every event of a voucher is told to the national platform exactly once: events in = acknowledged
+ refused + due. A refusal has its case, and only what is due waits.
"""

from collections.abc import Iterator

from chalicelib.rules import ids
from chalicelib.rules.cases import NATIONAL_REFUSAL
from chalicelib.rules.history import Event
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.moves import Verb
from chalicelib.rules.outgoing import NATIONAL, Delivery
from ops.check.breach import Breach
from ops.check.city import City, KeptRow

TOLD = "told-once"
REFUSED = "refusal-has-case"
WAITS = "due-waits"
SEALED = "person-sealed"


def breaches(city: City) -> Iterator[Breach]:
    """Events nobody was told of, rows of no event, refusals nobody sees, rows nobody sends."""
    rows = {row.id: row for row in city.outbox if row.destination == NATIONAL}
    events = dict(_events(city))
    for event_id in events.keys() - rows.keys():
        yield Breach(TOLD, f"event {event_id}", "is in its voucher and not in the outbox")
    for row in rows.values():
        event = events.get(row.id)
        if event is None:
            yield Breach(TOLD, row.where, "is of no voucher's event")
        else:
            yield from _tells(row, event)
    known = {case.id for case in city.cases}
    for row in rows.values():
        if row.delivery is Delivery.REFUSED and _case(row.id) not in known:
            yield Breach(REFUSED, row.where, "refused, and no case says so")
    for row in city.outbox:
        if row.due != (row.delivery is Delivery.DUE):
            yield Breach(WAITS, row.where, f"{row.delivery}, and due is {row.due}")


def _events(city: City) -> Iterator[tuple[str, Event]]:
    for kept in city.vouchers.values():
        for event in kept.events:
            yield f"{kept.voucher.id}.{event.n}", event


def _tells(row: KeptRow, event: Event) -> Iterator[Breach]:
    data = row.told["data"]
    said = (row.told.get("id"), data.get("sequence"), data.get("verb"), data.get("state"))
    if said != (row.id, event.n, event.do, event.to):
        yield Breach(TOLD, row.where, f"tells another event than {event.do} to {event.to}")
    if ("sealed" in data) != (event.do == Verb.ISSUE):
        yield Breach(SEALED, row.where, "an issue names its person under seal, nothing else does")


def _case(event_id: str) -> ids.CaseId:
    voucher_id, _, number = event_id.partition(".")
    return ids.case_id(VoucherId(voucher_id), NATIONAL_REFUSAL, int(number))
