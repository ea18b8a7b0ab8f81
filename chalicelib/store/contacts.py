"""Contacts: by which id a channel knows a person. Rows of the people's table, one per channel."""

from collections.abc import Iterable, Sequence

from pynamodb.attributes import UnicodeAttribute

from chalicelib import settings
from chalicelib.rules.channel import Contact
from chalicelib.rules.ids import PersonId

from . import transact
from .table import Table

_CONTACT = "contact#"


class _Contact(Table):
    class Meta:
        table_name = settings.load().people_table

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    user_id = UnicodeAttribute()
    since = UnicodeAttribute()


def keep(person_id: PersonId, contact: Contact) -> None:
    """Keeps how a channel knows a person; nothing is written where that is known already."""
    part = _CONTACT + contact.client_id
    try:
        # An old reading at worst writes the same once more, so an eventual one will do.
        if _Contact.get(person_id, part).user_id == contact.user_id:
            return
    except _Contact.DoesNotExist:
        pass
    item = _Contact(id=person_id, part=part, user_id=contact.user_id, since=contact.since)
    transact.write(item.save, lambda: False)


def of_people(
    person_ids: Iterable[PersonId], client_ids: Sequence[str]
) -> dict[PersonId, list[Contact]]:
    """The contacts of people in these channels; who has none is absent."""
    people = dict.fromkeys(person_ids)
    keys = [(person, _CONTACT + client) for person in people for client in client_ids]
    found: dict[PersonId, list[Contact]] = {}
    for item in _Contact.batch_get(keys, consistent_read=True) if keys else ():
        contact = Contact(item.part.removeprefix(_CONTACT), item.user_id, item.since)
        found.setdefault(PersonId(item.id), []).append(contact)
    return found
