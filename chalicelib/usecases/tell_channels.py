"""Tell the channels: each notice is kept in the outbox for the app that knows its holder, and sent.

Told twice, it is kept and sent once. Who has acted through no open channel is told nothing, and
that is counted; where he appears later he sees his vouchers there, and the reminders reach him.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import msgspec

from chalicelib.observability import Log, logger
from chalicelib.rules import calendar, notice, outgoing
from chalicelib.rules.change import Change
from chalicelib.rules.channel import Contact
from chalicelib.rules.ids import PersonId
from chalicelib.rules.notice import Notice
from chalicelib.store import channels, contacts, programmes

from .dispatch import dispatch
from .notice_events import noticed


def tell_channels(changes: Sequence[Change], now: datetime) -> None:
    """Keeps and sends what the holders are to be told of these changes.

    Raises Unavailable where a table does not answer: then all of it is to be told again.
    """
    send_notices(
        [
            wanted
            for change in changes
            for wanted in notice.of_events(change.voucher, change.events)
        ],
        now,
    )


def send_notices(notices: Sequence[Notice], now: datetime) -> Counter[str]:
    """Keeps and sends notices; how many of each kind were for somebody a channel knows."""
    if not notices:
        return Counter()
    known = reachable({wanted.voucher.person_id for wanted in notices}, now)
    rows, told = [], Counter[str]()
    for wanted in notices:
        contact = known.get(wanted.voucher.person_id)
        if contact is None:
            continue
        event = noticed(wanted, contact, programmes.by_hash(wanted.voucher.policy))
        destination = outgoing.channel(contact.client_id)
        content = msgspec.json.encode(event).decode()
        rows.append(outgoing.new(event.id, destination, content, now))
        told[wanted.kind] += 1
    dispatch(rows, now)
    if unreached := len(notices) - len(rows):
        logger.info("unreached", extra={"log": Log.UNREACHED, "notices": unreached})
    return told


def reachable(people: set[PersonId], now: datetime) -> dict[PersonId, Contact]:
    """For each person whom an open channel knows the contact it learned last."""
    today = calendar.civil_date(now)
    open_today = [each.client_id for each in channels.listed() if each.open(today)]
    found = contacts.of_people(people, open_today)
    return {
        person: max(known, key=lambda contact: (contact.since, contact.client_id))
        for person, known in found.items()
    }
