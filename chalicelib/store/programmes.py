"""Programmes and budgets: published policies by hash, the current one, the funds' years."""

import time
from functools import cache
from typing import TYPE_CHECKING

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.transactions import TransactWrite

from chalicelib import settings
from chalicelib.errors import NotFound
from chalicelib.policy import Policy
from chalicelib.policy.document import Document
from chalicelib.rules.history import Command
from chalicelib.rules.settlement import Budget

from . import transact
from .table import Table

if TYPE_CHECKING:
    # Every schedule would pay for what only imports read.
    from chalicelib.rules.office_rows import Grant

_CURRENT = "current"
_BUDGET = "budget"
_KEPT_S = 60
"""A policy published now governs every function within this time."""


class _Programme(Table):
    class Meta:
        table_name = settings.load().programmes_table

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    document = JSONAttribute(null=True)
    hash = UnicodeAttribute(null=True)
    published_by = UnicodeAttribute(null=True)
    published_at = UnicodeAttribute(null=True)
    granted_fen = NumberAttribute(null=True)
    available_fen = NumberAttribute(null=True)
    reserved_fen = NumberAttribute(null=True)
    paid_fen = NumberAttribute(null=True)
    recovered_fen = NumberAttribute(null=True)


_current: dict[str, tuple[float, str]] = {}


def current(programme: str) -> Policy:
    """The policy in force of a programme; NotFound where none was published."""
    seen_at, known = _current.get(programme, (0.0, ""))
    if time.monotonic() - seen_at > _KEPT_S:
        try:
            known = str(_Programme.get(programme, _CURRENT, consistent_read=True).hash)
        except _Programme.DoesNotExist:
            raise NotFound("programme") from None
        _current[programme] = (time.monotonic(), known)
    return by_hash(known)


@cache
def by_hash(hash_: str) -> Policy:
    """A version of a policy; what a hash names never changes."""
    try:
        item = _Programme.get(f"policy#{hash_}", "document", consistent_read=True)
    except _Programme.DoesNotExist:
        raise NotFound("policy") from None
    return Policy.of(hash_, item.document)


def publish(document: Document, hash_: str, command: Command) -> None:
    """Keeps a version under its hash and makes it the programme's current one; repeatable."""
    by, at = command.actor, command.at.isoformat()
    version = _Programme(
        id=f"policy#{hash_}", part="document", document=document, published_by=by, published_at=at
    )
    transact.write(version.save, lambda: False)
    pointer = _Programme(
        id=document["programme"], part=_CURRENT, hash=hash_, published_by=by, published_at=at
    )
    transact.write(pointer.save, lambda: False)
    _current.pop(document["programme"], None)


def codes() -> list[str]:
    """The programmes that have a policy in force."""
    return sorted(in_force())


def in_force() -> dict[str, str]:
    """The hash of the policy in force, by programme."""
    return {item.id: str(item.hash) for item in _Programme.scan(_Programme.part == _CURRENT)}


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
