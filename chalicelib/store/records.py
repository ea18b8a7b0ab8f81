"""Prints of training records, and who looked at somebody's record: rows among the people's.

A print is found by its code alone; a viewing stands with the person it concerns. Neither is ever
changed.
"""

from pynamodb.attributes import JSONAttribute, UnicodeAttribute

from chalicelib import settings
from chalicelib.errors import KeyReused, NotFound
from chalicelib.rules import calendar
from chalicelib.rules.history import Command
from chalicelib.rules.ids import PersonId, RecordCode
from chalicelib.rules.record import Print, Totals

from . import transact
from .table import Table

_PRINT = "record"


class _Row(Table):
    class Meta:
        table_name = settings.load().people_table

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    person_id = UnicodeAttribute(null=True)
    digest = UnicodeAttribute(null=True)
    totals = JSONAttribute(null=True)
    at = UnicodeAttribute(null=True)
    by = UnicodeAttribute(null=True)
    role = UnicodeAttribute(null=True)
    channel = UnicodeAttribute(null=True)
    body = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)


def keep(made: Print) -> Print:
    """The print as kept: this one, or the one of the same content that was made before."""
    row = _Row(
        id=made.code,
        part=_PRINT,
        person_id=made.person_id,
        digest=made.digest,
        totals=vars(made.totals),
        at=made.made_at,
        channel=made.channel,
    )
    try:
        transact.write(lambda: row.save(condition=_Row.id.does_not_exist()), lambda: False)
    except transact.Lost:
        return load(made.code)
    return made


def find(code: RecordCode) -> Print | None:
    """The print of that code, or None."""
    try:
        row = _Row.get(code, _PRINT, consistent_read=True)
    except _Row.DoesNotExist:
        return None
    return Print(
        code=RecordCode(row.id),
        person_id=PersonId(row.person_id),
        digest=row.digest,
        made_at=row.at,
        totals=Totals(**row.totals),
        channel=row.channel or "",
    )


def load(code: RecordCode) -> Print:
    """The print of that code; NotFound."""
    if found := find(code):
        return found
    raise NotFound("record")


def viewed(person_id: PersonId, reason: str, command: Command) -> None:
    """Keeps that somebody looked at a person's record, and why; once however often asked.

    Raises KeyReused where the command's key came with another request.
    """
    part = f"viewed#{command.actor}#{command.key}"
    row = _Row(
        id=person_id,
        part=part,
        at=calendar.text(command.at),
        by=command.actor,
        role=command.role,
        channel=command.channel,
        body=command.body,
        reason=reason,
    )

    def known() -> bool:
        return bool(_Row.get(person_id, part, consistent_read=True).body == command.body)

    try:
        transact.write(lambda: row.save(condition=_Row.id.does_not_exist()), known)
    except transact.Lost:
        raise KeyReused from None
