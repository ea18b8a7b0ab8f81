"""Entitlements: the subsidy vouchers that count against a person's limit of a year.

An item of the people's table for each person and year: it, not a search, decides the limits across
vouchers.
"""

from pynamodb.attributes import UnicodeAttribute, UnicodeSetAttribute
from pynamodb.expressions.condition import Condition, size
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib import settings
from chalicelib.rules.ids import PersonId

from . import transact
from .table import Table


class _Year(Table):
    class Meta:
        table_name = settings.load().people_table

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    issued = UnicodeSetAttribute(null=True)


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
