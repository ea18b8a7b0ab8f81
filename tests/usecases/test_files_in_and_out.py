"""Files in by an address and out by an address: nobody needs a key of the cloud for either."""

import csv
from dataclasses import replace
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
import urllib3
from python_calamine import CalamineWorkbook

from chalicelib.api.texts import catalogue
from chalicelib.errors import Conflict, Forbidden, Invalid, KeyReused, NotFound
from chalicelib.rules.file_format import FileFormat
from chalicelib.rules.principal import Right
from chalicelib.rules.run import Run, RunKind
from chalicelib.usecases import ask_import, ask_upload, report_run, work_run
from chalicelib.usecases.ask_upload import Address
from chalicelib.usecases.report_run import Words
from tests import office_files, seeding
from tests.builders import MONDAY, a_command
from tests.office_files import person

OFFICER = seeding.official("staff-city", Right.IMPORT_ROSTER, office=seeding.CITY_OFFICE)
HTTP = urllib3.PoolManager()
HEADINGS = ("行号", "列名", "代码", "原因")


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    seeding.publish()


def address(size_bytes: int, *, key: str = "upload-01", kind: RunKind = RunKind.ROSTER) -> Address:
    command = replace(a_command(key, actor=OFFICER.subject), body=f"{kind} {size_bytes}")
    return ask_upload.ask_upload(OFFICER, kind, FileFormat.CSV, size_bytes, command)


def put(given: Address, content: bytes, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    sent = given.headers | named
    return int(HTTP.request("PUT", given.url, body=content, headers=sent, retries=False).status)


def test_a_file_put_to_its_address_can_be_imported() -> None:
    content = office_files.csv(RunKind.ROSTER, [person(1)])
    given = address(len(content))
    assert put(given, content) == 200
    command = a_command("import-01", actor=OFFICER.subject)
    run = ask_import.ask_import(OFFICER, RunKind.ROSTER, given.object_key, command)
    assert work_run.work_run(run.id, MONDAY, lambda: False).applied == 1


def test_an_address_takes_no_other_size_and_no_other_kind_of_file() -> None:
    given = address(4, key="upload-09")
    assert put(given, b"more than four", Content_Length="14") == 403
    assert put(given, b"four", Content_Type="application/zip") == 403
    command = a_command("import-09", actor=OFFICER.subject)
    with pytest.raises(NotFound):
        ask_import.ask_import(OFFICER, RunKind.ROSTER, given.object_key, command)


def test_the_same_request_for_an_address_is_given_the_same_place_and_another_is_refused() -> None:
    given = address(4)
    assert address(4).object_key == given.object_key
    assert address(4, key="upload-02").object_key != given.object_key
    with pytest.raises(KeyReused):
        address(5)


def test_ten_gigabytes_and_another_kind_are_refused_before_anything_is_put() -> None:
    with pytest.raises(Invalid, match="file_too_large"):
        address(10 * 1024**3)
    with pytest.raises(Forbidden):
        address(4, kind=RunKind.BUDGETS)


def a_run(*rows: dict[str, str], key: str) -> Run:
    """A run over a roster with these rows, waiting; reports outlive a test by its key."""
    command = a_command(key, actor=OFFICER.subject)
    return ask_import.ask_import(
        OFFICER, RunKind.ROSTER, office_files.put(RunKind.ROSTER, rows), command
    )


def report(run: Run, form: FileFormat, language: str = "zh-CN") -> bytes:
    told = catalogue(language)
    words = Words(language, "未接收的行", HEADINGS, told.reason)
    given = report_run.report_run(OFFICER, run.id, form, words, MONDAY)
    assert given.expires_at == MONDAY + timedelta(minutes=5)
    answer = HTTP.request("GET", given.url, retries=False)
    assert answer.status == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{run.id}.{form}"'
    return bytes(answer.data)


def test_every_refused_row_stands_in_the_report_in_the_language_asked_for() -> None:
    run = a_run(
        *(person(n, 姓名="") for n in range(150)), person(200, 户籍="=1+1"), key="import-03"
    )
    work_run.work_run(run.id, MONDAY, lambda: False)
    text = report(run, FileFormat.CSV).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text, newline="")))
    assert rows[0] == list(HEADINGS)
    assert len(rows) == 152
    assert rows[1] == ["2", "姓名", "missing_name", "缺少姓名或名称"]
    book = CalamineWorkbook.from_filelike(BytesIO(report(run, FileFormat.XLSX, "en")))
    sheet = list(book.get_sheet_by_name("未接收的行").iter_rows())
    assert sheet[151] == [152, "户籍", "unknown_hukou", "The hukou must be 本市 or 外省市"]


def test_the_report_of_a_file_that_could_not_be_read_says_what_it_lacks() -> None:
    key = office_files.put_text("姓名,证件号码\n张三,1\n")
    command = a_command("import-02", actor=OFFICER.subject)
    run = ask_import.ask_import(OFFICER, RunKind.ROSTER, key, command)
    work_run.work_run(run.id, MONDAY, lambda: False)
    _, row = csv.reader(StringIO(report(run, FileFormat.CSV).decode("utf-8-sig"), newline=""))
    assert row[2:] == ["headings", "缺少规定的列"]
    assert row[1].startswith("手机号码, 人员类别")


def test_a_run_under_way_has_no_report_and_a_stranger_sees_none() -> None:
    run = a_run(person(1), key="import-04")
    with pytest.raises(Conflict, match="run_not_ended"):
        report(run, FileFormat.CSV)
    stranger = seeding.official("staff-other", Right.IMPORT_BUDGETS)
    words = Words("en", "x", HEADINGS, str)
    with pytest.raises(NotFound):
        report_run.report_run(stranger, run.id, FileFormat.CSV, words, MONDAY)
