"""The outbox: every event that is to leave the city, kept until its receiver has it.

Put by conditional inserts, so that telling twice finds it told. The index by_due is sparse and
keys-only; a row stands in it while it is due, and nothing is sent without a strong read.
"""

from collections.abc import Iterable, Sequence

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.update import Action
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib import settings
from chalicelib.rules import calendar
from chalicelib.rules.history import Command
from chalicelib.rules.outgoing import Delivery, Outgoing, shard

from . import bulk, transact
from .table import Table


class _ByDue(GlobalSecondaryIndex["_Row"]):
    class Meta:
        index_name = "by_due"
        projection = KeysOnlyProjection()

    due = UnicodeAttribute(hash_key=True)
    due_on = UnicodeAttribute(range_key=True)


class _Row(Table):
    class Meta:
        table_name = settings.load().outbox_table

    id = UnicodeAttribute(hash_key=True)
    destination = UnicodeAttribute()
    event = UnicodeAttribute()
    put_at = UnicodeAttribute()
    delivery = UnicodeAttribute()
    tries = NumberAttribute()
    reason = UnicodeAttribute(null=True)
    ended_at = UnicodeAttribute(null=True)
    due = UnicodeAttribute(null=True)
    due_on = UnicodeAttribute(null=True)

    by_due = _ByDue()


class _Quarantined(Table):
    """A word of a receiver that no machine may act on; it stands beside the rows."""

    class Meta:
        table_name = settings.load().outbox_table

    id = UnicodeAttribute(hash_key=True)
    said = UnicodeAttribute()
    about = JSONAttribute()
    why = UnicodeAttribute()
    received_at = UnicodeAttribute()


def put_all(rows: Sequence[Outgoing]) -> list[bool]:
    """Keeps rows, each by its own conditional insert; True where it was new."""
    return bulk.insert([_written(row) for row in rows])


def load_all(event_ids: Iterable[str]) -> list[Outgoing]:
    """Those of the rows that exist, in no particular order."""
    return [_read(item) for item in _Row.batch_get(list(event_ids), consistent_read=True)]


def due(number: int, until: str, limit: int) -> list[str]:
    """At most `limit` events of a share that have been due since `until` or longer."""
    found = _Row.by_due.query(
        _share(number), range_key_condition=_Row.due_on <= until, limit=limit, page_size=limit
    )
    return [str(item.id) for item in found]


def finish_all(event_ids: Sequence[str], at: str) -> list[bool]:
    """Ends rows as done; False where the row is not there or is not due any more."""
    ended = [_Row(id=event_id, delivery=Delivery.DONE.value, ended_at=at) for event_id in event_ids]
    return bulk.update(ended, ("due", "due_on"), ("delivery", Delivery.DUE.value))


def refuse(row: Outgoing, reason: str, at: str) -> None:
    """Ends a row that its receiver will not take; one that has ended stays as it is."""
    item = _Row(id=row.id)
    actions: list[Action] = [
        _Row.delivery.set(Delivery.REFUSED.value),
        _Row.reason.set(reason),
        _Row.ended_at.set(at),
        _Row.due.remove(),
        _Row.due_on.remove(),
    ]
    condition = _Row.delivery == Delivery.DUE.value
    transact.write(lambda: item.update(actions, condition=condition), lambda: True)


def postpone(row: Outgoing, due_on: str) -> None:
    """Counts one more try of a due row; one that has ended meanwhile stays as it is."""
    item = _Row(id=row.id)
    actions: list[Action] = [_Row.tries.set(row.tries + 1), _Row.due_on.set(due_on)]
    condition = _Row.delivery == Delivery.DUE.value
    transact.write(lambda: item.update(actions, condition=condition), lambda: True)


def reopen(row: Outgoing, due_on: str) -> None:
    """Makes a row due again, whatever became of it before; from then on it waits."""
    item = _Row(id=row.id)
    actions: list[Action] = [
        _Row.delivery.set(Delivery.DUE.value),
        _Row.tries.set(0),
        _Row.due.set(_share(shard(row.id))),
        _Row.due_on.set(due_on),
        _Row.put_at.set(due_on),
        _Row.ended_at.remove(),
        _Row.reason.remove(),
    ]
    transact.write(lambda: item.update(actions), lambda: True)


def quarantine(said: str, about: Sequence[str], why: str, command: Command) -> None:
    """Keeps a word for a person to look at; once however often it comes."""
    item = _Quarantined(
        id=f"q-{command.key}",
        said=said,
        about=list(about),
        why=why,
        received_at=calendar.text(command.at),
    )
    condition = _Quarantined.id.does_not_exist()
    transact.write(lambda: item.save(condition=condition), lambda: True)


def _share(number: int) -> str:
    return f"due#{number}"


def _written(row: Outgoing) -> _Row:
    waits = row.delivery is Delivery.DUE
    return _Row(
        id=row.id,
        destination=row.destination,
        event=row.event,
        put_at=row.put_at,
        delivery=row.delivery.value,
        tries=row.tries,
        due=_share(shard(row.id)) if waits else None,
        due_on=row.due_on if waits else None,
    )


def _read(item: _Row) -> Outgoing:
    return Outgoing(
        id=item.id,
        destination=item.destination,
        event=item.event,
        put_at=item.put_at,
        due_on=item.due_on or "",
        tries=int(item.tries),
        delivery=Delivery(item.delivery),
        reason=item.reason or "",
    )
