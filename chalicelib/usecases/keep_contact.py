"""Keep contact: through which channel a worker acts, and by which id it knows him."""

from datetime import datetime

from chalicelib.rules import calendar
from chalicelib.rules.channel import Contact
from chalicelib.rules.principal import Principal
from chalicelib.store import contacts


def keep_contact(principal: Principal, now: datetime) -> None:
    """Learns a worker's id in the channel he acts through, the first time that he does."""
    if principal.person_id is not None:
        contact = Contact(principal.channel, principal.subject, calendar.text(now))
        contacts.keep(principal.person_id, contact)
