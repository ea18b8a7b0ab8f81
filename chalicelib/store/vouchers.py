"""Vouchers (职业培训券): one item each, with its whole history inside.

A move is one conditional write that carries its business condition itself. The index by_due is a
worklist, by_class a roster, by_enterprise what an enterprise paid for; nothing is decided on any
of them without a strong read.
"""

from base64 import b64decode
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.errors import NotFound
from chalicelib.rules import history
from chalicelib.rules.due import Due, due_of
from chalicelib.rules.ids import ClassId, OrganisationId, VoucherId
from chalicelib.rules.moves import Verb
from chalicelib.rules.voucher import Voucher

from . import bulk, pages, transact
from .voucher_item import VoucherItem, enterprise_of, read, set_terms, written


def of_image(image: Mapping[str, Mapping[str, Any]]) -> Voucher:
    """The voucher of a stream's image, typed as DynamoDB types it, binary content as base64.

    Raises KeyError, ValueError, TypeError or AttributeError where it is no voucher's image.
    """
    raw = {
        name: {"B": b64decode(value["B"])} if "B" in value else dict(value)
        for name, value in image.items()
    }
    return read(VoucherItem.from_raw_data(raw))


def load(voucher_id: VoucherId) -> Voucher:
    """The voucher as it stands; NotFound."""
    try:
        return read(VoucherItem.get(voucher_id, consistent_read=True))
    except VoucherItem.DoesNotExist:
        raise NotFound("voucher") from None


def load_all(voucher_ids: Iterable[VoucherId]) -> list[Voucher]:
    """Those of the vouchers that exist, in no particular order."""
    return [read(item) for item in VoucherItem.batch_get(list(voucher_ids), consistent_read=True)]


def page(after: str, limit: int) -> tuple[list[Voucher], str]:
    """At most `limit` vouchers in the table's own order, and where the next page begins."""
    start = {"id": {"S": after}} if after else None
    found = VoucherItem.scan(
        limit=limit, page_size=limit, last_evaluated_key=start, consistent_read=True
    )
    listed = [read(item) for item in found]
    last = found.last_evaluated_key
    return listed, str(last["id"]["S"]) if last else ""


def create_all(vouchers: Sequence[Voucher]) -> list[bool]:
    """Creates vouchers, each by its own conditional insert; True where it was new."""
    return bulk.insert([written(voucher) for voucher in vouchers])


def create(voucher: Voucher) -> None:
    """Creates one voucher; Lost where it exists."""
    transact.write(
        lambda: written(voucher).save(condition=VoucherItem.id.does_not_exist()),
        lambda: is_saved(voucher),
    )


def create_within(transaction: TransactWrite, voucher: Voucher) -> None:
    """The same as one part of a transaction."""
    transaction.save(written(voucher), condition=VoucherItem.id.does_not_exist())


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


def _change(before: Voucher, after: Voucher) -> tuple[VoucherItem, list[Action], Condition]:
    added = after.history[before.version :]
    due = due_of(after)
    actions: list[Action] = [
        VoucherItem.state.set(after.state.value),
        VoucherItem.ver.set(after.version),
        VoucherItem.terms.set(set_terms(after.terms)),
        VoucherItem.history.set(VoucherItem.history.append(list(added))),
    ]
    if due != due_of(before):
        actions += _due_actions(due)
    if after.terms.class_id != before.terms.class_id and after.terms.class_id:
        actions.append(VoucherItem.class_id.set(after.terms.class_id))
    enterprise = enterprise_of(after.terms)
    if enterprise != enterprise_of(before.terms) and enterprise:
        actions.append(VoucherItem.enterprise_id.set(enterprise))
    condition = (VoucherItem.ver == before.version) & (VoucherItem.state == before.state.value)
    for event in history.events(added):
        if after.in_validity_only(Verb(event.do)):
            condition &= VoucherItem.expires_at > event.at
        if event.do == Verb.VERIFY:
            step = after.terms.code_step or 0
            condition &= VoucherItem.code_step.does_not_exist() | (VoucherItem.code_step < step)
            actions.append(VoucherItem.code_step.set(step))
    return VoucherItem(id=after.id), actions, condition


def _due_actions(due: Due | None) -> list[Action]:
    if due is None:
        return [VoucherItem.due.remove(), VoucherItem.due_on.remove()]
    return [VoucherItem.due.set(due.work), VoucherItem.due_on.set(due.on)]


def due(work: str, until: str, limit: int) -> list[VoucherId]:
    """At most `limit` vouchers for which the work has waited since `until` or longer."""
    found = VoucherItem.by_due.query(
        work, range_key_condition=VoucherItem.due_on <= until, limit=limit, page_size=limit
    )
    return [VoucherId(item.id) for item in found]


def due_between(
    work: str, since: str, until: str, after: str, limit: int
) -> tuple[list[tuple[VoucherId, str]], str]:
    """At most `limit` vouchers whose work waits from a moment in that span on, each with it.

    Also where the next page begins, "" after the last.
    """
    due_on, _, last_id = after.partition("/")
    start = {"due": {"S": work}, "due_on": {"S": due_on}, "id": {"S": last_id}} if after else None
    found = VoucherItem.by_due.query(
        work,
        range_key_condition=VoucherItem.due_on.between(since, until),
        limit=limit,
        page_size=limit,
        last_evaluated_key=start,
    )
    listed = [(VoucherId(item.id), str(item.due_on)) for item in found]
    last = found.last_evaluated_key
    return listed, f"{last['due_on']['S']}/{last['id']['S']}" if last else ""


def of_class(class_id: ClassId) -> list[VoucherId]:
    """The vouchers enrolled in a class, as the index knows them."""
    return [VoucherId(item.id) for item in VoucherItem.by_class.query(class_id)]


def page_of_class(class_id: ClassId, after: str, limit: int) -> tuple[list[VoucherId], str]:
    """At most `limit` vouchers of a class, as the index knows, and where the next page begins."""
    listed, following = pages.page(VoucherItem.by_class, {"class_id": class_id}, after, limit)
    return [VoucherId(found) for found in listed], following


def page_of_enterprise(
    enterprise_id: OrganisationId, after: str, limit: int
) -> tuple[list[VoucherId], str]:
    """The same for those whose fee an enterprise paid."""
    key = {"enterprise_id": enterprise_id}
    listed, following = pages.page(VoucherItem.by_enterprise, key, after, limit)
    return [VoucherId(found) for found in listed], following
