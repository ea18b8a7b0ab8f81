"""One row of the assessment body's results (考核鉴定结果)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chalicelib.errors import Invalid

from .ids import OrganisationId
from .personal import DocumentNumber, document_number
from .roster_row import NUMBER, day
from .tabular import Columns, Row, RowFault

PROGRAMME, OCCUPATION, LEVEL = "项目", "职业", "等级"
INSTITUTION, CLASS_NO = "培训机构代码", "班级编号"
RESULT, CERTIFICATE, ASSESSED_ON = "考核结果", "证书编号", "考核日期"
HEADINGS = (
    *(NUMBER, PROGRAMME, OCCUPATION, LEVEL, INSTITUTION, CLASS_NO),
    *(RESULT, CERTIFICATE, ASSESSED_ON),
)
LATE_REASON = "逾期原因"
_MOST_REASON = 60
COLUMNS = Columns(
    HEADINGS,
    optional=(LATE_REASON,),
    ids=frozenset({NUMBER, INSTITUTION, CLASS_NO, CERTIFICATE}),
)

_PASSED = {"合格": True, "不合格": False}
_CERTIFICATE = re.compile(r"[YS][0-9A-Z]{21}|[0-9]{16}")


@dataclass(frozen=True)
class Result:
    """What a person achieved; institution and class are empty for a certificate alone.

    `late_reason` is the official's word on why it comes late, if it does.
    """

    number: DocumentNumber
    programme: str
    occupation: str
    level: int
    institution_id: OrganisationId | None
    class_no: str | None
    passed: bool
    certificate_no: str | None
    assessed_on: date
    late_reason: str = ""


def result(row: Row, levels: Mapping[str, int]) -> Result:
    """The result a row stands for; RowFault with the column and the reason.

    `levels` are the levels that can be named, by their numbers and by what they are called.
    """
    try:
        number = document_number(row[NUMBER])
    except Invalid as fault:
        raise RowFault(NUMBER, fault.code) from None
    if row[LEVEL] not in levels:
        raise RowFault(LEVEL, "unknown_level")
    if row[RESULT] not in _PASSED:
        raise RowFault(RESULT, "unknown_result")
    passed = _PASSED[row[RESULT]]
    if passed and not _CERTIFICATE.fullmatch(row[CERTIFICATE]):
        raise RowFault(CERTIFICATE, "certificate_no")
    return Result(
        number=number,
        programme=row[PROGRAMME],
        occupation=row[OCCUPATION],
        level=levels[row[LEVEL]],
        institution_id=OrganisationId(row[INSTITUTION]) if row[INSTITUTION] else None,
        class_no=row[CLASS_NO] or None,
        passed=passed,
        certificate_no=row[CERTIFICATE] or None,
        assessed_on=day(row, ASSESSED_ON),
        late_reason=_late_reason(row),
    )


def _late_reason(row: Row) -> str:
    reason = row[LATE_REASON] if row.tells(LATE_REASON) else ""
    if len(reason) > _MOST_REASON:
        raise RowFault(LATE_REASON, "too_long")
    return reason
