"""The item of a voucher: its attributes, its sparse keys-only indexes, and its two mappings.

For the store's modules about vouchers alone; what is asked of the table stands in vouchers.py.
"""

from pynamodb.attributes import (
    BinaryAttribute,
    JSONAttribute,
    ListAttribute,
    NumberAttribute,
    UnicodeAttribute,
)
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib import settings
from chalicelib.rules.due import due_of
from chalicelib.rules.ids import PersonId, VoucherId
from chalicelib.rules.moves import Shape, State
from chalicelib.rules.voucher import Terms, Voucher, after

from .table import Table


class _ByDue(GlobalSecondaryIndex["VoucherItem"]):
    class Meta:
        index_name = "by_due"
        projection = KeysOnlyProjection()

    due = UnicodeAttribute(hash_key=True)
    due_on = UnicodeAttribute(range_key=True)


class _ByClass(GlobalSecondaryIndex["VoucherItem"]):
    class Meta:
        index_name = "by_class"
        projection = KeysOnlyProjection()

    class_id = UnicodeAttribute(hash_key=True)


class _ByEnterprise(GlobalSecondaryIndex["VoucherItem"]):
    class Meta:
        index_name = "by_enterprise"
        projection = KeysOnlyProjection()

    enterprise_id = UnicodeAttribute(hash_key=True)


class VoucherItem(Table):
    """One voucher as the table holds it."""

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
    enterprise_id = UnicodeAttribute(null=True)

    by_due = _ByDue()
    by_class = _ByClass()
    by_enterprise = _ByEnterprise()


def written(voucher: Voucher) -> VoucherItem:
    """The item a voucher is kept as."""
    due = due_of(voucher)
    return VoucherItem(
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
        terms=set_terms(voucher.terms),
        history=list(voucher.history),
        class_id=voucher.terms.class_id,
        enterprise_id=enterprise_of(voucher.terms),
        due=due and due.work,
        due_on=due and due.on,
    )


def enterprise_of(terms: Terms) -> str | None:
    """The enterprise that paid its worker's fee, if one did."""
    return terms.payee_id if terms.paid_by == "enterprise" else None


def set_terms(terms: Terms) -> dict[str, object]:
    """The terms that a move has set."""
    return {name: value for name, value in vars(terms).items() if value is not None}


def read(item: VoucherItem) -> Voucher:
    """The voucher an item stands for."""
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
        # Terms of former days that nothing asks for any more are passed over.
        terms=after(Terms(), item.terms),
        history=tuple(item.history),
    )
