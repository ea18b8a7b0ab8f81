"""People (劳动者): profile, dated group facts, sealed record.

The profile shows masks only; the sealed record is opened in secrets.py. What a year's limit counts
of a person stands in entitlements.py, how a channel knows him in contacts.py.
"""

from collections.abc import Iterable, Sequence

from pynamodb.expressions.condition import size
from pynamodb.expressions.update import Action

from chalicelib.errors import NotFound
from chalicelib.rules.ids import PersonId, RunId
from chalicelib.rules.person import Fact, Masks, Person

from . import bulk, transact
from .person_item import PROFILE, SHOWN, PersonItem, group_rows, other_rows, read, written


def load(person_id: PersonId) -> Person:
    """A registered person; NotFound."""
    return read(_item(person_id))


def load_all(person_ids: Iterable[PersonId]) -> list[Person]:
    """Those of the people that are registered, in no particular order."""
    wanted = [(person_id, PROFILE) for person_id in person_ids]
    return [read(item) for item in PersonItem.batch_get(wanted, consistent_read=True)]


def sealed(person_id: PersonId) -> bytes:
    """The sealed record of a person; NotFound."""
    return bytes(_item(person_id).sealed)


def sealed_with_history(person_id: PersonId) -> tuple[bytes, tuple[str, ...]]:
    """The sealed record of a person and what changed in it so far; NotFound."""
    item = _item(person_id)
    return bytes(item.sealed), tuple(item.history or ())


def reseal(
    person_id: PersonId, record: bytes, masks: Masks, before: Sequence[str], after: Sequence[str]
) -> None:
    """Replaces a sealed record and its masks, with the event that says why.

    `before` is the history as it was read; Lost where it is not so any more.
    """
    item = PersonItem(id=person_id, part=PROFILE)
    actions: list[Action] = [
        PersonItem.sealed.set(record),
        PersonItem.masks.set(vars(masks)),
        PersonItem.history.set(list(after)),
    ]
    known = size(PersonItem.history) == len(before)
    condition = known if before else PersonItem.history.does_not_exist()

    def applied() -> bool:
        return sealed_with_history(person_id)[1][: len(after)] == tuple(after)

    transact.write(lambda: item.update(actions, condition=condition), applied)


def sealed_records(person_ids: Iterable[PersonId]) -> dict[PersonId, bytes]:
    """The sealed records of people; NotFound where one of them is not registered."""
    wanted = set(person_ids)
    items = PersonItem.batch_get([(each, PROFILE) for each in wanted], consistent_read=True)
    found = {PersonId(item.id): bytes(item.sealed) for item in items}
    if len(found) < len(wanted):
        raise NotFound("person")
    return found


def _item(person_id: PersonId) -> PersonItem:
    try:
        return PersonItem.get(person_id, PROFILE, consistent_read=True)
    except PersonItem.DoesNotExist:
        raise NotFound("person") from None


def note(person: Person, facts: Sequence[Fact]) -> None:
    """Keeps the facts that the person as he was read has come to have; Lost where they moved."""
    item = PersonItem(id=person.id, part=PROFILE)
    actions: list[Action] = [
        PersonItem.facts.set(group_rows(facts)),
        PersonItem.spells.set(other_rows(facts)),
        PersonItem.noted.set(person.noted + 1),
    ]
    known = PersonItem.noted == person.noted
    condition = known if person.noted else PersonItem.noted.does_not_exist()
    # An answer that was lost reads as Lost: who then reads again finds his command's key.
    transact.write(
        lambda: item.update(actions, condition=condition & PersonItem.id.exists()), lambda: False
    )


def registered(person_ids: Iterable[PersonId]) -> set[PersonId]:
    """Those of these people whom the city knows."""
    keys = [(person_id, PROFILE) for person_id in person_ids]
    found = PersonItem.batch_get(keys, consistent_read=True, attributes_to_get=["id"])
    return {PersonId(item.id) for item in found}


def register(people: Sequence[tuple[Person, bytes, RunId, int]]) -> list[tuple[str, int] | None]:
    """Registers people with their sealed records, each by its own conditional insert.

    Answers for each None where the person is new, else the run and line that registered him
    before, so that a repeated row is known from another one of the same person.
    """
    items = [written(person, record, run, line) for person, record, run, line in people]
    fresh = bulk.insert(items)
    return [None if new else _origin(item.id) for item, new in zip(items, fresh, strict=True)]


def _origin(person_id: str) -> tuple[str, int]:
    item = _item(PersonId(person_id))
    return str(item.run), int(item.line)


def page(after: str, limit: int) -> tuple[list[Person], str]:
    """The profiles of one read of the table, in its own order, and where the next one begins.

    A read takes in at most `limit` items and 1 MB; other parts of people count, so that a page
    can be short, or even empty before the last one.
    """
    key, _, part = after.partition("/")
    found = PersonItem.scan(
        PersonItem.part == PROFILE,
        page_size=limit,
        last_evaluated_key={"id": {"S": key}, "part": {"S": part or PROFILE}} if after else None,
        consistent_read=True,
        attributes_to_get=list(SHOWN),
    ).page_iter
    people = [read(PersonItem.from_raw_data(item)) for item in next(found)["Items"]]
    last = found.last_evaluated_key
    return people, f"{last['id']['S']}/{last['part']['S']}" if last else ""
