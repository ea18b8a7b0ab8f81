"""Tell the national platform: every event of a voucher is kept in the outbox and sent.

Killed anywhere, it is done again: a row that is there stays as it is, and what was kept and not
sent is due.
"""

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime

import msgspec

from chalicelib.rules import outgoing
from chalicelib.rules.change import Change
from chalicelib.rules.history import Command, Event
from chalicelib.rules.ids import PersonId
from chalicelib.rules.moves import Verb
from chalicelib.rules.outgoing import NATIONAL, Outgoing
from chalicelib.rules.voucher import Voucher
from chalicelib.store import people, secrets

from .dispatch import dispatch
from .national_events import event_id, news
from .side_by_side import side_by_side

_WHY = "national-issue"


def tell_national(changes: Sequence[Change], now: datetime) -> None:
    """Keeps and sends an event for each event that the changes brought.

    Raises NotFound where a voucher's person is not registered, Unavailable where the keys or the
    table do not answer: then all of it is to be told again.
    """
    tell_events([(change.voucher, event) for change in changes for event in change.events], now)


def tell_events(told: Sequence[tuple[Voucher, Event]], now: datetime) -> None:
    """The same for events of vouchers, each by itself."""
    born = {voucher.person_id for voucher, event in told if event.do == Verb.ISSUE}
    records = people.sealed_records(born)

    def row(one: tuple[Voucher, Event]) -> Outgoing:
        voucher, event = one
        record = records.get(voucher.person_id) if event.do == Verb.ISSUE else None
        identity = _identity(voucher.person_id, record, event_id(*one), now) if record else None
        content = msgspec.json.encode(news(voucher, event, identity)).decode()
        return outgoing.new(event_id(*one), NATIONAL, content, now)

    dispatch(side_by_side(row, told), now)


def _identity(person_id: PersonId, record: bytes, about: str, now: datetime) -> str:
    """Who the person is, for the platform alone and for this event alone."""
    command = Command("national", "system", about, "", now)
    identity = secrets.unseal_person(person_id, record, command, _WHY)
    return b64encode(secrets.seal_for_national(about, identity)).decode()
