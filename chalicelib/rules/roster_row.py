"""One row of an office's roster (花名册): a person with group, dates, district and account."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chalicelib.errors import Invalid

from .person import Fact, FactKind, Group, Identity
from .personal import Name, Phone, account, document_number
from .tabular import Columns, Row, RowFault

NUMBER, NAME, PHONE, GROUP = "证件号码", "姓名", "手机号码", "人员类别"
SINCE, UNTIL, HUKOU, DISTRICT = "类别起始日期", "类别终止日期", "户籍", "所在区"
ACCOUNT = "社保卡银行账号"
HEADINGS = (NAME, NUMBER, PHONE, GROUP, SINCE, UNTIL, HUKOU, DISTRICT, ACCOUNT)
COLUMNS = Columns(HEADINGS, ids=frozenset({NUMBER, ACCOUNT}))

_LOCAL = {"本市": True, "外省市": False}


@dataclass(frozen=True)
class Registration:
    """What a row says of a person."""

    identity: Identity
    fact: Fact
    local: bool
    district: str


def registration(row: Row, groups: Mapping[str, Group]) -> Registration:
    """The registration a row stands for; RowFault with the column and the reason.

    `groups` are the groups that can be named, by their codes and by what they are called.
    """
    try:
        number = document_number(row[NUMBER])
    except Invalid as fault:
        raise RowFault(NUMBER, fault.code) from None
    if not row[NAME]:
        raise RowFault(NAME, "missing_name")
    if row[GROUP] not in groups:
        raise RowFault(GROUP, "unknown_group")
    try:
        tied = account(row[ACCOUNT])
    except Invalid as fault:
        raise RowFault(ACCOUNT, fault.code) from None
    return Registration(
        identity=Identity(number, Name(row[NAME]), Phone(row[PHONE]), tied),
        fact=_fact(row, groups[row[GROUP]]),
        local=_local(row),
        district=_district(row),
    )


def _fact(row: Row, group: Group) -> Fact:
    since = day(row, SINCE)
    until = day(row, UNTIL) if row[UNTIL] else None
    if until is not None and until < since:
        raise RowFault(UNTIL, "dates_reversed")
    return Fact(FactKind.GROUP, group, since, until)


def _local(row: Row) -> bool:
    if row[HUKOU] not in _LOCAL:
        raise RowFault(HUKOU, "unknown_hukou")
    return _LOCAL[row[HUKOU]]


def _district(row: Row) -> str:
    district = row[DISTRICT]
    if not (district.isascii() and district.isdigit() and len(district) == 6):
        raise RowFault(DISTRICT, "unknown_district")
    return district


def day(row: Row, column: str) -> date:
    """The date in a column, written YYYY-MM-DD; RowFault `not_a_date`."""
    try:
        return date.fromisoformat(row[column])
    except ValueError:
        raise RowFault(column, "not_a_date") from None
