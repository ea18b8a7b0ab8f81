"""Print the record (打印档案): what the record says now is kept under a code anyone can check."""

from chalicelib.rules import calendar, ids, record
from chalicelib.rules.history import Command
from chalicelib.rules.principal import Principal
from chalicelib.rules.record import Print
from chalicelib.store import records

from . import read_record
from .read_record import TrainingRecord


def print_record(principal: Principal, command: Command) -> tuple[TrainingRecord, Print]:
    """The caller's record and its print; while nothing changes, printing again finds the same."""
    found = read_record.of(principal.worker_id, command.at)
    digest = record.digest(found.entries)
    made = Print(
        code=ids.record_code(found.person.id, digest),
        person_id=found.person.id,
        digest=digest,
        made_at=calendar.text(command.at),
        totals=found.totals,
        channel=command.channel,
    )
    return found, records.keep(made)
