"""Cases: what the district has to decide, kept by voucher; open ones are listed by district."""

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.update import Action
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection
from pynamodb.transactions import TransactWrite

from chalicelib import settings
from chalicelib.errors import Invalid
from chalicelib.rules.cases import Case
from chalicelib.rules.ids import CaseId, ClassId, VoucherId

from . import transact
from .table import Table


class _ByDistrict(GlobalSecondaryIndex["_Case"]):
    class Meta:
        index_name = "by_district"
        projection = KeysOnlyProjection()

    open_in = UnicodeAttribute(hash_key=True)


class _Case(Table):
    class Meta:
        table_name = settings.load().cases_table

    voucher_id = UnicodeAttribute(hash_key=True)
    case_id = UnicodeAttribute(range_key=True)
    kind = UnicodeAttribute()
    class_id = UnicodeAttribute(null=True)
    lesson_no = NumberAttribute(null=True)
    outcome = UnicodeAttribute()
    district = UnicodeAttribute()
    opened_at = UnicodeAttribute()
    open = BooleanAttribute()
    reason = UnicodeAttribute(null=True)
    about = UnicodeAttribute(null=True)
    open_in = UnicodeAttribute(null=True)

    by_district = _ByDistrict()


def open_one(case: Case) -> None:
    """Opens a case, anew where it was ended before; once however often asked."""
    transact.write(lambda: _written(case).save(), lambda: True)


def open_within(transaction: TransactWrite, case: Case) -> None:
    """Opens a case as one part of a transaction."""
    transaction.save(_written(case))


def close_within(transaction: TransactWrite, case: Case) -> None:
    """Ends a case, with its reason, as one part of a transaction."""
    item = _Case(voucher_id=case.voucher_id, case_id=case.id)
    transaction.update(item, _ending(case.reason or ""))


def close(case: Case, reason: str) -> None:
    """Ends a case with a reason; one that somebody ended before keeps the reason it has."""
    item = _Case(voucher_id=case.voucher_id, case_id=case.id)
    still_open = _Case.open == True  # noqa: E712
    transact.write(lambda: item.update(_ending(reason), condition=still_open), lambda: True)


def _ending(reason: str) -> list[Action]:
    return [_Case.open.set(False), _Case.reason.set(reason), _Case.open_in.remove()]


def open_of(voucher_id: VoucherId) -> list[Case]:
    """The open cases of a voucher, read strongly."""
    found = _Case.query(voucher_id, filter_condition=_Case.open == True, consistent_read=True)  # noqa: E712
    return [_read(item) for item in found]


def of_district(district: str, limit: int, after: str) -> tuple[list[Case], str]:
    """At most `limit` open cases of a district, and where the next page begins."""
    voucher_id, _, case_id = after.partition("/")
    if after and not (voucher_id and case_id):
        raise Invalid("bad_value", field="after")
    start = after and {
        "open_in": {"S": district},
        "voucher_id": {"S": voucher_id},
        "case_id": {"S": case_id},
    }
    found = _Case.by_district.query(
        district, limit=limit, page_size=limit, last_evaluated_key=start or None
    )
    keys = [(item.voucher_id, item.case_id) for item in found]
    items = _Case.batch_get(keys, consistent_read=True) if keys else ()
    listed = [_read(item) for item in items]
    last = found.last_evaluated_key
    following = f"{last['voucher_id']['S']}/{last['case_id']['S']}" if last else ""
    return [case for case in listed if case.open], following


def _written(case: Case) -> _Case:
    return _Case(
        voucher_id=case.voucher_id,
        case_id=case.id,
        kind=case.kind,
        class_id=case.class_id,
        lesson_no=case.lesson_no,
        outcome=case.outcome,
        district=case.district,
        opened_at=case.opened_at,
        open=case.open,
        reason=case.reason,
        about=case.about or None,
        open_in=case.district if case.open else None,
    )


def _read(item: _Case) -> Case:
    return Case(
        id=CaseId(item.case_id),
        voucher_id=VoucherId(item.voucher_id),
        kind=item.kind,
        class_id=ClassId(item.class_id) if item.class_id else None,
        lesson_no=None if item.lesson_no is None else int(item.lesson_no),
        outcome=item.outcome,
        district=item.district,
        opened_at=item.opened_at,
        open=item.open,
        reason=item.reason,
        about=item.about or "",
    )
