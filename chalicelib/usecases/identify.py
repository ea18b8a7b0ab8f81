"""Who is calling: the token says who, the city's own tables say what he may do."""

from datetime import datetime

from chalicelib import settings
from chalicelib.errors import Forbidden
from chalicelib.rules import calendar
from chalicelib.rules.ids import PersonId
from chalicelib.rules.personal import document_number
from chalicelib.rules.principal import PERMISSION_MANAGER, Principal, Right
from chalicelib.store import channels, organisations, secrets


def person_of(number: str) -> PersonId:
    """The person a token names by document number; Invalid where it is no number."""
    return secrets.person_id(document_number(number))


def principal(subject: str, person_id: str | None, channel: str, now: datetime) -> Principal:
    """The caller with his rights of this day; Forbidden `not_in_office` without any.

    `channel` is the client that the token was made for, "" where it names none. A worker comes
    through a channel that is open today, else Forbidden `unknown_client`; staff may come without.
    """
    known = channels.lately(channel) if channel else None
    if known is None or not known.open(calendar.civil_date(now)):
        channel = ""
    if person_id:
        if not channel:
            raise Forbidden("unknown_client")
        rights, person = frozenset({Right.WORKER}), PersonId(person_id)
        return Principal(subject, "worker", rights, person, channel=channel)
    office = organisations.office(subject)
    if office is None and subject == settings.load().first_permission_manager:
        return Principal(subject, "permission-manager", PERMISSION_MANAGER)
    if office is None or not office[0].in_office(calendar.civil_date(now)):
        raise Forbidden("not_in_office")
    staff, organisation = office
    return Principal(
        subject,
        organisation.kind.value,
        staff.rights,
        organisation=organisation,
        channel=channel,
    )
