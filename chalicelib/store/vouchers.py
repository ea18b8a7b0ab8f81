"""Vouchers (职业培训券): one item each, with its whole history inside.

A move is one conditional write that carries its business condition itself. The index by_due is a
worklist, by_class a roster; nothing is decided on either without a strong read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from pynamodb.attributes import (
    BinaryAttribute,
    JSONAttribute,
    ListAttribute,
    NumberAttribute,
    UnicodeAttribute,
)
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection
from pynamodb.transactions import TransactWrite

from chalicelib import settings
from chalicelib.errors import NotFound
from chalicelib.rules import history
from chalicelib.rules.due import Due, due_of
from chalicelib.rules.ids import ClassId, PersonId, VoucherId
from chalicelib.rules.voucher import BEFORE_EXPIRY, Shape, State, Terms, Verb, Voucher

from . import bulk, transact
from .table import Table


class _ByDue(GlobalSecondaryIndex["_Voucher"]):
    class Meta:
        index_name = "by_due"
        projection = KeysOnlyProjection()

    due = UnicodeAttribute(hash_key=True)
    due_on = UnicodeAttribute(range_key=True)


class _ByClass(GlobalSecondaryIndex["_Voucher"]):
    class Meta:
        index_name = "by_class"
        projection = KeysOnlyProjection()

    class_id = UnicodeAttribute(hash_key=True)


class _Voucher(Table):
    class Meta:
        table_name = settings.load().vouchers_table

    id = UnicodeAttribute(hash_key=True)
    person_id = UnicodeAttribute()
    programme = UnicodeAttribute()
    period = UnicodeAttribute()
    ordinal = NumberAttribute()
    shape = UnicodeAttribute()
    policy = UnicodeAttribute()
    expires_at = UnicodeAttribute()
    secret = BinaryAttribute(legacy_encoding=False)
    state = UnicodeAttribute()
    ver = NumberAttribute()
    terms = JSONAttribute()
    history = ListAttribute[str](of=UnicodeAttribute)  # type: ignore[arg-type]
    class_id = UnicodeAttribute(null=True)
    code_step = NumberAttribute(null=True)
    due = UnicodeAttribute(null=True)
    due_on = UnicodeAttribute(null=True)

    by_due = _ByDue()
    by_class = _ByClass()


def _written(voucher: Voucher) -> _Voucher:
    due = due_of(voucher)
    return _Voucher(
        id=voucher.id,
        person_id=voucher.person_id,
        programme=voucher.programme,
        period=voucher.period,
        ordinal=voucher.ordinal,
        shape=voucher.shape.value,
        policy=voucher.policy,
        expires_at=voucher.expires_at,
        secret=voucher.secret,
        state=voucher.state.value,
        ver=voucher.version,
        terms=_set_terms(voucher.terms),
        history=list(voucher.history),
        class_id=voucher.terms.class_id,
        due=due and due.work,
        due_on=due and due.on,
    )


def _set_terms(terms: Terms) -> dict[str, object]:
    return {name: value for name, value in asdict(terms).items() if value is not None}


def _read(item: _Voucher) -> Voucher:
    return Voucher(
        id=VoucherId(item.id),
        person_id=PersonId(item.person_id),
        programme=item.programme,
        period=item.period,
        ordinal=int(item.ordinal),
        shape=Shape(item.shape),
        policy=item.policy,
        expires_at=item.expires_at,
        secret=bytes(item.secret),
        state=State(item.state),
        terms=Terms(**item.terms),
        history=tuple(item.history),
    )


def load(voucher_id: VoucherId) -> Voucher:
    """The voucher as it stands; NotFound."""
    try:
        return _read(_Voucher.get(voucher_id, consistent_read=True))
    except _Voucher.DoesNotExist:
        raise NotFound("voucher") from None


def load_all(voucher_ids: Iterable[VoucherId]) -> list[Voucher]:
    """Those of the vouchers that exist, in no particular order."""
    return [_read(item) for item in _Voucher.batch_get(list(voucher_ids), consistent_read=True)]


def create_all(vouchers: Sequence[Voucher]) -> list[bool]:
    """Creates vouchers, each by its own conditional insert; True where it was new."""
    return bulk.insert([_written(voucher) for voucher in vouchers])


def create(voucher: Voucher) -> None:
    """Creates one voucher; Lost where it exists."""
    transact.write(
        lambda: _written(voucher).save(condition=_Voucher.id.does_not_exist()),
        lambda: is_saved(voucher),
    )


def create_within(transaction: TransactWrite, voucher: Voucher) -> None:
    """The same as one part of a transaction."""
    transaction.save(_written(voucher), condition=_Voucher.id.does_not_exist())


def save(before: Voucher, after: Voucher) -> None:
    """Saves what moves made of the voucher as it was read; Lost where it is not so any more."""
    item, actions, condition = _change(before, after)
    transact.write(lambda: item.update(actions, condition=condition), lambda: is_saved(after))


def save_within(transaction: TransactWrite, before: Voucher, after: Voucher) -> None:
    """The same as one part of a transaction."""
    item, actions, condition = _change(before, after)
    transaction.update(item, actions, condition=condition)


def is_saved(after: Voucher) -> bool:
    """Whether the item carries this voucher's last event, whatever came after it."""
    try:
        kept = load(after.id).history
    except NotFound:
        return False
    return kept[: after.version] == after.history


def _change(before: Voucher, after: Voucher) -> tuple[_Voucher, list[Action], Condition]:
    added = after.history[before.version :]
    due = due_of(after)
    actions: list[Action] = [
        _Voucher.state.set(after.state.value),
        _Voucher.ver.set(after.version),
        _Voucher.terms.set(_set_terms(after.terms)),
        _Voucher.history.set(_Voucher.history.append(list(added))),
    ]
    if due != due_of(before):
        actions += _due_actions(due)
    if after.terms.class_id != before.terms.class_id and after.terms.class_id:
        actions.append(_Voucher.class_id.set(after.terms.class_id))
    condition = (_Voucher.ver == before.version) & (_Voucher.state == before.state.value)
    for event in history.events(added):
        if Verb(event.do) in BEFORE_EXPIRY[after.shape]:
            condition &= _Voucher.expires_at > event.at
        if event.do == Verb.VERIFY:
            step = after.terms.code_step or 0
            condition &= _Voucher.code_step.does_not_exist() | (_Voucher.code_step < step)
            actions.append(_Voucher.code_step.set(step))
    return _Voucher(id=after.id), actions, condition


def _due_actions(due: Due | None) -> list[Action]:
    if due is None:
        return [_Voucher.due.remove(), _Voucher.due_on.remove()]
    return [_Voucher.due.set(due.work), _Voucher.due_on.set(due.on)]


def due(work: str, until: str, limit: int) -> list[VoucherId]:
    """At most `limit` vouchers for which the work has waited since `until` or longer."""
    found = _Voucher.by_due.query(
        work, range_key_condition=_Voucher.due_on <= until, limit=limit, page_size=limit
    )
    return [VoucherId(item.id) for item in found]


def of_class(class_id: ClassId) -> list[VoucherId]:
    """The vouchers enrolled in a class, as the index knows them."""
    return [VoucherId(item.id) for item in _Voucher.by_class.query(class_id)]
