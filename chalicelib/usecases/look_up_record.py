"""Look up a record (查阅档案): an official reads somebody's training record, and that is kept."""

from chalicelib.errors import NotFound
from chalicelib.observability import Log, logger
from chalicelib.rules.history import Command
from chalicelib.rules.ids import PersonId, VoucherId
from chalicelib.rules.personal import DocumentNumber
from chalicelib.rules.principal import Principal, Right
from chalicelib.store import people, records, secrets, vouchers

from . import read_record
from .read_record import TrainingRecord


def of_number(
    principal: Principal, number: DocumentNumber, reason: str, command: Command
) -> TrainingRecord:
    """The record of the person with this document number, once it is kept who looked and why.

    Raises NotFound for nobody's number and for a person of a district the caller does not
    supervise, KeyReused.
    """
    return _read(principal, secrets.person_id(number), reason, command)


def of_voucher(
    principal: Principal, voucher_id: VoucherId, reason: str, command: Command
) -> TrainingRecord:
    """The same of the person who holds this voucher."""
    return _read(principal, vouchers.load(voucher_id).person_id, reason, command)


def _read(
    principal: Principal, person_id: PersonId, reason: str, command: Command
) -> TrainingRecord:
    principal.require(Right.RECORD_VIEW)
    if not principal.supervises(people.load(person_id).district):
        raise NotFound("person")
    records.viewed(person_id, reason, command)
    facts = {"person_id": person_id, "by": command.actor}
    logger.info("record viewed", extra={"log": Log.RECORD_VIEWED, **facts})
    return read_record.of(person_id, command.at)
