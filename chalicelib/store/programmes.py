"""Programmes and budgets: the policy of a day, a policy by its hash, the funds' years."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.transactions import TransactWrite

from chalicelib import settings
from chalicelib.errors import NotFound
from chalicelib.policy import Policy
from chalicelib.rules.settlement import Budget

from . import timelines, transact, versions
from .table import Table

if TYPE_CHECKING:
    # Every schedule would pay for what only imports read.
    from chalicelib.rules.office_rows import Grant

_BUDGET = "budget"


class _Programme(Table):
    class Meta:
        table_name = settings.load().programmes_table

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    granted_fen = NumberAttribute(null=True)
    available_fen = NumberAttribute(null=True)
    reserved_fen = NumberAttribute(null=True)
    paid_fen = NumberAttribute(null=True)
    recovered_fen = NumberAttribute(null=True)


def current(programme: str, on: date) -> Policy:
    """The policy that governs a programme on that day; NotFound where none does."""
    found = timelines.lately(programme).at(on)
    if found is None:
        raise NotFound("programme")
    return by_hash(found.hash)


def those(names: Iterable[str], on: date) -> dict[str, Policy]:
    """The policies that govern these programmes on that day; one that none governs is left out."""
    found = {name: timelines.lately(name).at(on) for name in names}
    return {name: by_hash(told.hash) for name, told in found.items() if told}


def named(beginnings: Mapping[str, str]) -> dict[str, Policy]:
    """The policies of these programmes whose hashes begin so, of all that were ever approved."""
    return {
        name: by_hash(told.hash)
        for name, beginning in beginnings.items()
        for told in timelines.load(name).approved
        if told.hash.startswith(beginning)
    }


@cache
def by_hash(hash_: str) -> Policy:
    """A version of a policy; what a hash names never changes."""
    return Policy.of(hash_, versions.document(hash_))


def in_force(on: date) -> dict[str, str]:
    """The hash of the policy in force on that day, by programme."""
    governing = {programme: told.at(on) for programme, told in timelines.every()}
    return {programme: found.hash for programme, found in governing.items() if found}


def budget(fund: str, year: int) -> Budget:
    """A fund's year as it stands; NotFound."""
    try:
        return _budget(_Programme.get(_fund(fund, year), _BUDGET, consistent_read=True))
    except _Programme.DoesNotExist:
        raise NotFound("budget") from None


def budgets() -> list[Budget]:
    """Every fund's years."""
    return [_budget(item) for item in _Programme.scan(_Programme.part == _BUDGET)]


def _fund(fund: str, year: int) -> str:
    return f"fund#{fund}#{year}"


def _budget(item: _Programme) -> Budget:
    _, fund, year = item.id.split("#")
    return Budget(
        fund=fund,
        year=int(year),
        granted_fen=int(item.granted_fen),
        available_fen=int(item.available_fen),
        reserved_fen=int(item.reserved_fen),
        paid_fen=int(item.paid_fen),
        recovered_fen=int(item.recovered_fen),
    )


def grant(given: "Grant") -> bool:
    """Opens a fund's year with its grant; False where it is open already."""
    item = _Programme(
        id=_fund(given.fund, given.year),
        part=_BUDGET,
        granted_fen=given.granted_fen,
        available_fen=given.granted_fen,
        reserved_fen=0,
        paid_fen=0,
        recovered_fen=0,
    )
    try:
        transact.write(lambda: item.save(condition=_Programme.id.does_not_exist()), lambda: False)
    except transact.Lost:
        return False
    return True


def reserve_within(transaction: TransactWrite, fund: str, year: int, amount_fen: int) -> None:
    """Available money becomes reserved; the transaction fails where there is too little."""
    transaction.update(
        _Programme(id=_fund(fund, year), part=_BUDGET),
        [
            _Programme.available_fen.set(_Programme.available_fen - amount_fen),
            _Programme.reserved_fen.set(_Programme.reserved_fen + amount_fen),
        ],
        condition=_Programme.available_fen >= amount_fen,
    )


def pay_within(transaction: TransactWrite, fund: str, year: int, amount_fen: int) -> None:
    """Reserved money is paid (the bank's confirmation)."""
    transaction.update(
        _Programme(id=_fund(fund, year), part=_BUDGET),
        [
            _Programme.reserved_fen.set(_Programme.reserved_fen - amount_fen),
            _Programme.paid_fen.set(_Programme.paid_fen + amount_fen),
        ],
        condition=_Programme.reserved_fen >= amount_fen,
    )


def unpay_within(transaction: TransactWrite, fund: str, year: int, amount_fen: int) -> None:
    """Paid money is reserved again (退汇)."""
    transaction.update(
        _Programme(id=_fund(fund, year), part=_BUDGET),
        [
            _Programme.paid_fen.set(_Programme.paid_fen - amount_fen),
            _Programme.reserved_fen.set(_Programme.reserved_fen + amount_fen),
        ],
        condition=_Programme.paid_fen >= amount_fen,
    )
