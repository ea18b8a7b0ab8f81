"""The training record on paper: one sheet, nothing foreign in it, checked by anybody."""

import re
from datetime import timedelta
from typing import Any

import pytest
from chalice.test import HTTPResponse
from msgspec.structs import replace

from chalicelib.api import texts
from chalicelib.api.record_page import MOST_ROWS, record_page
from chalicelib.api.record_views import EntryShown, PaymentShown, RecordShown, TotalsShown
from chalicelib.rules.line import LineState
from chalicelib.rules.moves import Shape, State
from tests.api.journey import ANNA, FIRST_LESSON, City, enrolled, tap

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
HERE = "https://city.test"


def printed(city: City, accept: str = "application/json") -> Any:
    return city.page("/me/records", ANNA, accept, method="POST")


def test_the_record_grows_with_what_happens(city: City) -> None:
    voucher_id, _ = enrolled(city)
    city.now = FIRST_LESSON - timedelta(minutes=20)
    city.post(f"/vouchers/{voucher_id}/lessons/1/check-ins", ANNA, tap(city.now))
    status, told = city.get("/me/record", ANNA)
    assert status == 200
    [entry] = told["entries"]
    assert (entry["programme_name"], entry["level"]) == ("社会化职业技能培训", 5)
    assert (entry["course"]["signed_good"], entry["course"]["lessons"]) == (1, 1)
    assert told["totals"]["lessons_signed"] == 1
    assert "verification" not in told


def test_a_print_bears_a_code_that_anybody_can_check(city: City) -> None:
    enrolled(city)
    made = printed(city)
    assert made.status_code == 201
    verification = made.json_body["verification"]
    assert verification["url"] == f"{HERE}/records/{verification['code']}"
    assert city.get("/me/record", ANNA)[1]["verification"]["code"] == verification["code"]
    checked = city.page(f"/records/{verification['code']}", None, "*/*").json_body
    assert checked == {
        "code": verification["code"],
        "genuine": True,
        "made_at": verification["made_at"],
        "name": "张*",
        "document_number": "319***********0000",
        "vouchers": 1,
        "certificates": 0,
        "changed_since": False,
    }


def test_a_check_tells_when_the_record_has_grown(city: City) -> None:
    voucher_id, _ = enrolled(city)
    code = printed(city).json_body["verification"]["code"]
    city.now = FIRST_LESSON - timedelta(minutes=20)
    city.post(f"/vouchers/{voucher_id}/lessons/1/check-ins", ANNA, tap(city.now))
    assert city.page(f"/records/{code}", None, "*/*").json_body["changed_since"] is True
    assert "newer entries" in city.page(f"/records/{code}", None, BROWSER).body.decode()


@pytest.mark.parametrize("code", ["t-aaaaaaaaaaaaaaaaaaaaaaaaaa", "T%20AAAA-BBBB", "p-1", "0"])
def test_a_code_nobody_made_is_not_genuine(city: City, code: str) -> None:
    answer = city.page(f"/records/{code}", None, "*/*")
    assert (answer.status_code, answer.json_body["genuine"]) == (200, False)
    page = city.page(f"/records/{code}", None, BROWSER)
    assert page.headers["Content-Type"].startswith("text/html")
    assert "No such record" in page.body.decode()


def test_what_cannot_be_a_code_comes_back_harmless_or_not_at_all(city: City) -> None:
    assert "<script" not in city.page("/records/%3Cscript%3E", None, BROWSER).body.decode()
    assert city.page(f"/records/{'a' * 97}", None, BROWSER).status_code == 404


def is_page(answer: HTTPResponse) -> str:
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    page: str = answer.body.decode()
    assert page.startswith("<!DOCTYPE html>")
    return page


def test_the_page_is_given_to_a_browser_and_asks_nothing_of_others(city: City) -> None:
    enrolled(city)
    mine = is_page(city.page("/me/record", ANNA, BROWSER))
    assert "Without a code" in mine
    verified = is_page(printed(city, BROWSER))
    assert verified.count("<svg") == 1
    assert re.search(r"t-([a-z2-7]{4} ){6}[a-z2-7]{2}", verified)
    for page in (mine, verified):
        assert not re.search(r"(src|href)=|@import|url\(", page)
        assert ANNA not in page


def entries(count: int, occupation: str = "养老护理员") -> tuple[EntryShown, ...]:
    return tuple(
        EntryShown(
            voucher_id="v-1",
            programme="social-training",
            programme_name="社会化职业技能培训",
            period=str(2060 - n),
            shape=Shape.CLASS,
            state=State.EXPIRED,
            issued_on="2026-01-01",
            changed_on="2026-01-01",
            occupation=occupation,
            level=5,
        )
        for n in range(count)
    )


def an_empty_record() -> RecordShown:
    return RecordShown(
        name="张*",
        document_number="319***********0018",
        district="310104",
        at="2026-11-25T09:30:00+08:00",
        totals=TotalsShown(0, 0, 0, 0, 0),
        entries=(),
    )


def page_of(count: int, language: str = "zh-CN", occupation: str = "养老护理员") -> str:
    told = replace(
        an_empty_record(),
        totals=TotalsShown(count, 0, 0, 0, 0),
        entries=entries(count, occupation),
    )
    return record_page(told, texts.catalogue(language), HERE).text


@pytest.mark.parametrize(("count", "rows"), [(0, 0), (1, 1), (12, 12), (13, 12), (40, 12)])
def test_however_long_the_record_the_sheet_has_its_fixed_rows(count: int, rows: int) -> None:
    page = page_of(count)
    assert rows <= MOST_ROWS
    assert page.count("<tr") - page.count("<thead><tr") == rows
    assert ("更早的记录" in page) == (count > MOST_ROWS)


def test_a_row_shows_what_each_fund_pays_and_where_it_stands() -> None:
    paid = PaymentShown(120000, "worker", LineState.PAID, "2026-03-20")
    waits = PaymentShown(40000, "institution", LineState.SENT)
    [row] = entries(1, "养老护理员")
    told = replace(an_empty_record(), entries=(replace(row, payment=paid, top_ups=(waits,)),))
    page = record_page(told, texts.catalogue("en"), HERE).text
    assert "1,200.00 + 400.00" in page
    words = texts.catalogue("en").words
    assert f"{words['PAID']} 2026-03-20 / {words['SENT']}" in page


def test_what_is_older_is_summed_and_nothing_is_left_out() -> None:
    assert "培训券 29 张（2021 至 2049 年度）" in page_of(40)


def test_the_sheet_is_one_a4_page_that_cannot_run_over() -> None:
    page = page_of(40)
    assert "size: A4 portrait; margin: 0" in page
    sheet = re.search(r"\.sheet \{[^}]*\}", page)
    assert sheet is not None
    assert "height: 296mm" in sheet[0]
    assert "overflow: hidden" in sheet[0]


def test_a_name_with_markup_in_it_is_shown_as_it_is_written() -> None:
    page = page_of(1, occupation='<img src=x onerror="alert(1)">&$w_name')
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;$w_name" in page
    assert "<img" not in page


def test_both_languages_have_the_same_words() -> None:
    zh, en = page_of(13), page_of(13, "en")
    assert ('lang="zh-CN"' in zh, 'lang="en"' in en) == (True, True)
    assert "徐汇区" in zh
    assert "Xuhui" in en
