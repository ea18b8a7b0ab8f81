"""Entitlements: what counts against a person's limits across vouchers.

Items of the people's table beside his profile: one for each year, and one for life. They, not a
search, decide the limits; each changes in one transaction with the voucher that it counts.
"""

from pynamodb.attributes import (
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
)
from pynamodb.expressions.condition import Condition, size
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib import settings
from chalicelib.rules import plain
from chalicelib.rules.ids import PersonId
from chalicelib.rules.limits import Counts
from chalicelib.rules.situation import Earlier

from . import transact
from .table import Table

_LIFE = "counts"


class _Year(Table):
    class Meta:
        table_name = settings.load().people_table

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    issued = UnicodeSetAttribute(null=True)


class _Life(Table):
    class Meta:
        table_name = settings.load().people_table

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    ver = NumberAttribute()
    vouchers = JSONAttribute()


def count(person_id: PersonId, year: int, voucher: str, limit: int) -> None:
    """Counts a voucher against the year's limit, once however often asked; Lost when full."""
    item, actions, condition = _entitlement(person_id, year, voucher, limit)
    transact.write(lambda: item.update(actions, condition=condition), lambda: False)


def count_within(
    transaction: TransactWrite, person_id: PersonId, year: int, voucher: str, limit: int
) -> None:
    """The same as one part of a transaction."""
    item, actions, condition = _entitlement(person_id, year, voucher, limit)
    transaction.update(item, actions, condition=condition)


def _of_year(year: int) -> str:
    return f"entitlements#{year}"


def _entitlement(
    person_id: PersonId, year: int, voucher: str, limit: int
) -> tuple[_Year, list[Action], Condition]:
    free = (
        _Year.issued.does_not_exist()
        | _Year.issued.contains(voucher)
        | (size(_Year.issued) < limit)
    )
    item = _Year(id=person_id, part=_of_year(year))
    return item, [_Year.issued.add({voucher})], free


def counts(person_id: PersonId) -> Counts:
    """What counts of a person for life; version 0 where nothing ever did."""
    try:
        item = _Life.get(person_id, _LIFE, consistent_read=True)
    except _Life.DoesNotExist:
        return Counts()
    vouchers = {key: plain.typed(Earlier, told) for key, told in item.vouchers.items()}
    return Counts(int(item.ver), vouchers)


def keep(person_id: PersonId, after: Counts) -> None:
    """Keeps the next version of what counts; Lost where it is not so any more."""
    item, condition = _next(person_id, after)
    transact.write(lambda: item.save(condition=condition), lambda: counts(person_id) == after)


def keep_within(transaction: TransactWrite, person_id: PersonId, after: Counts) -> None:
    """The same as one part of a transaction."""
    item, condition = _next(person_id, after)
    transaction.save(item, condition=condition)


def _next(person_id: PersonId, after: Counts) -> tuple[_Life, Condition]:
    vouchers = {key: plain.plain(one) for key, one in after.vouchers.items()}
    item = _Life(id=person_id, part=_LIFE, ver=after.version, vouchers=vouchers)
    known = _Life.ver == after.version - 1
    return item, known if after.version > 1 else _Life.ver.does_not_exist()
