"""Officials' files as they arrive: built row by row, put where an import finds them."""

from collections.abc import Iterable
from typing import Any

import boto3
from stdnum import luhn
from stdnum.cn import ric

from chalicelib.rules import fact_row, office_rows, result_row, roster_row
from chalicelib.rules.run import RunKind
from tests.tables import ENVIRONMENT
from tests.workbooks import workbook

HEADINGS = {
    RunKind.ORGANISATIONS: office_rows.ORGANISATION_HEADINGS,
    RunKind.SITES: office_rows.SITE_HEADINGS,
    RunKind.STAFF: office_rows.STAFF_HEADINGS,
    RunKind.BUDGETS: office_rows.BUDGET_HEADINGS,
    RunKind.TARGETS: office_rows.TARGET_HEADINGS,
    RunKind.ROSTER: roster_row.HEADINGS,
    RunKind.RESULTS: result_row.HEADINGS,
    RunKind.FACTS: fact_row.HEADINGS,
}
INSTITUTION = "52319999X8HNU81Y1N"


def number(n: int) -> str:
    """The n-th sound document number; its area code is nobody's."""
    digits = f"319999198001{1 + n % 28:02}{n // 28:03}"
    return digits + ric.calc_check_digit(digits + "0")


def account(n: int) -> str:
    """The n-th sound bank account."""
    digits = f"621995{n:012}"
    return digits + luhn.calc_check_digit(digits)


def person(n: int, **columns: Any) -> dict[str, Any]:
    """A roster's row of the n-th person: registered unemployed, local, of 徐汇区."""
    row = {
        "姓名": "张样例",
        "证件号码": number(n),
        "手机号码": "16900000000",
        "人员类别": "登记失业人员",
        "类别起始日期": "2025-01-01",
        "类别终止日期": "",
        "户籍": "本市",
        "所在区": "310104",
        "社保卡银行账号": account(n),
    }
    return row | columns


def institution(**columns: str) -> dict[str, str]:
    """A row of the institutions' file."""
    row = {
        "code": INSTITUTION,
        "kind": "social-institution",
        "name": "样例培训中心",
        "district": "310104",
        "account_name": "样例培训中心",
        "account": "316000-00010001",
        "branch_code": "102290000001",
    }
    return row | columns


def put(
    kind: RunKind, rows: Iterable[dict[str, str]], *, encoding: str = "utf-8", name: str = "file"
) -> str:
    """The object key of a file with these rows."""
    return put_bytes(csv(kind, rows, encoding), f"{name}.csv")


def csv(kind: RunKind, rows: Iterable[dict[str, str]], encoding: str = "utf-8") -> bytes:
    """A file with these rows, and with every further column that one of them has."""
    rows = list(rows)
    headings = list(dict.fromkeys([*HEADINGS[kind], *(name for row in rows for name in row)]))
    lines = [",".join(headings), *(",".join(row[h] for h in headings) for row in rows)]
    return ("\n".join(lines) + "\n").encode(encoding)


def put_text(text: str, *, encoding: str = "utf-8", name: str = "file") -> str:
    """The object key of a file with this text."""
    return put_bytes(text.encode(encoding), f"{name}.csv")


def put_workbook(kind: RunKind, rows: Iterable[dict[str, Any]], *, name: str = "file") -> str:
    """The object key of a workbook with these rows, whatever type their values have."""
    headings = HEADINGS[kind]
    content = workbook(headings, *([row[h] for h in headings] for row in rows))
    return put_bytes(content, f"{name}.xlsx")


def put_bytes(content: bytes, name: str) -> str:
    """The object key of a file with these bytes."""
    key = f"incoming/{name}"
    boto3.client("s3").put_object(Bucket=ENVIRONMENT["FILES_BUCKET"], Key=key, Body=content)
    return key
