"""People (劳动者): profile, dated group facts, sealed record.

The profile shows masks only; the sealed record is opened in secrets.py. What a year's limit counts
of a person stands in entitlements.py, how a channel knows him in contacts.py.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from pynamodb.attributes import (
    BinaryAttribute,
    BooleanAttribute,
    JSONAttribute,
    ListAttribute,
    NumberAttribute,
    UnicodeAttribute,
)
from pynamodb.expressions.condition import size
from pynamodb.expressions.update import Action

from chalicelib import settings
from chalicelib.errors import NotFound
from chalicelib.rules.ids import PersonId, RunId
from chalicelib.rules.person import Group, GroupFact, Masks, Person

from . import bulk, transact
from .table import Table

_PROFILE = "profile"


class _Person(Table):
    class Meta:
        table_name = settings.load().people_table

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    district = UnicodeAttribute(null=True)
    local = BooleanAttribute(null=True)
    facts = JSONAttribute(null=True)
    masks = JSONAttribute(null=True)
    sealed = BinaryAttribute(legacy_encoding=False, null=True)
    run = UnicodeAttribute(null=True)
    line = NumberAttribute(null=True)
    # What changed in the sealed record since the roster brought it, masks only.
    history = ListAttribute[str](of=UnicodeAttribute, null=True)  # type: ignore[arg-type]


def load(person_id: PersonId) -> Person:
    """A registered person; NotFound."""
    return _person(_item(person_id))


def load_all(person_ids: Iterable[PersonId]) -> list[Person]:
    """Those of the people that are registered, in no particular order."""
    wanted = [(person_id, _PROFILE) for person_id in person_ids]
    return [_person(item) for item in _Person.batch_get(wanted, consistent_read=True)]


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
    item = _Person(id=person_id, part=_PROFILE)
    actions: list[Action] = [
        _Person.sealed.set(record),
        _Person.masks.set(vars(masks)),
        _Person.history.set(list(after)),
    ]
    known = size(_Person.history) == len(before)
    condition = known if before else _Person.history.does_not_exist()

    def applied() -> bool:
        return sealed_with_history(person_id)[1][: len(after)] == tuple(after)

    transact.write(lambda: item.update(actions, condition=condition), applied)


def sealed_records(person_ids: Iterable[PersonId]) -> dict[PersonId, bytes]:
    """The sealed records of people; NotFound where one of them is not registered."""
    wanted = set(person_ids)
    items = _Person.batch_get([(each, _PROFILE) for each in wanted], consistent_read=True)
    found = {PersonId(item.id): bytes(item.sealed) for item in items}
    if len(found) < len(wanted):
        raise NotFound("person")
    return found


def _item(person_id: PersonId) -> _Person:
    try:
        return _Person.get(person_id, _PROFILE, consistent_read=True)
    except _Person.DoesNotExist:
        raise NotFound("person") from None


def _person(item: _Person) -> Person:
    return Person(
        id=PersonId(item.id),
        district=item.district,
        local=item.local,
        facts=tuple(_fact(*fact) for fact in item.facts),
        masks=Masks(**item.masks),
    )


def _fact(group: str, since: str, until: str | None) -> GroupFact:
    end = date.fromisoformat(until) if until else None
    return GroupFact(Group(group), date.fromisoformat(since), end)


def registered(person_ids: Iterable[PersonId]) -> set[PersonId]:
    """Those of these people whom the city knows."""
    keys = [(person_id, _PROFILE) for person_id in person_ids]
    found = _Person.batch_get(keys, consistent_read=True, attributes_to_get=["id"])
    return {PersonId(item.id) for item in found}


def register(people: Sequence[tuple[Person, bytes, RunId, int]]) -> list[tuple[str, int] | None]:
    """Registers people with their sealed records, each by its own conditional insert.

    Answers for each None where the person is new, else the run and line that registered him
    before, so that a repeated row is known from another one of the same person.
    """
    items = [
        _Person(
            id=person.id,
            part=_PROFILE,
            district=person.district,
            local=person.local,
            facts=[
                [fact.group, fact.since.isoformat(), fact.until and fact.until.isoformat()]
                for fact in person.facts
            ],
            masks=vars(person.masks),
            sealed=record,
            run=run,
            line=line,
        )
        for person, record, run, line in people
    ]
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
    found = _Person.scan(
        _Person.part == _PROFILE,
        page_size=limit,
        last_evaluated_key={"id": {"S": key}, "part": {"S": part or _PROFILE}} if after else None,
        consistent_read=True,
        attributes_to_get=["id", "part", "district", "local", "facts", "masks"],
    ).page_iter
    people = [_person(_Person.from_raw_data(item)) for item in next(found)["Items"]]
    last = found.last_evaluated_key
    return people, f"{last['id']['S']}/{last['part']['S']}" if last else ""
