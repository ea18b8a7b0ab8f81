"""`voucherctl record`: whose number is never an argument, and what becomes of the answer."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from ops.voucherctl import app
from tests.ops.fake_city import FakeCity, fake_city, problem

NUMBER = "319900199001010014"
VOUCHER = f"v-{'a' * 26}"
RECORD: dict[str, Any] = {
    "name": "张*",
    "document_number": "319***********0014",
    "district": "310104",
    "at": "2026-11-25T09:30:00+08:00",
    "totals": {
        "vouchers": 1,
        "courses": 1,
        "lessons_signed": 2,
        "certificates": 1,
        "paid_fen": 160000,
    },
    "entries": [
        {
            "voucher_id": VOUCHER,
            "programme_name": "社会化职业技能培训",
            "period": "2026",
            "state": "WRITTEN_OFF",
            "course": {"signed_good": 2, "lessons": 3},
            "result": {"assessed_on": "2026-03-16", "passed": True},
            "payment": {"amount_fen": 160000, "state": "PAID"},
        }
    ],
}


def call(city: FakeCity, *arguments: str, typed: str = "") -> Result:
    command = ["--api-url", city.url, "--token", "t", "record", "--reason", "appeal 12"]
    return CliRunner().invoke(app, [*command, *arguments], input=typed)


def test_a_number_is_typed_at_the_prompt_and_not_shown() -> None:
    with fake_city(lambda asked: (201, RECORD)) as city:
        done = call(city, typed=f"{NUMBER}\n")
    assert done.exit_code == 0
    assert city.asked[0].path == "/record-look-ups"
    assert city.asked[0].body == {"reason": "appeal 12", "document_number": NUMBER}
    assert NUMBER not in done.output
    assert "2/3" in done.output
    assert "paid 160000 fen" in done.output


def test_a_number_as_an_argument_is_refused_without_repeating_it() -> None:
    with fake_city(lambda asked: (201, RECORD)) as city:
        done = call(city, NUMBER)
    assert (done.exit_code, city.asked) == (2, [])
    assert NUMBER not in done.output
    assert "never an" in done.output


def test_a_file_or_a_voucher_names_the_person_but_not_both(tmp_path: Path) -> None:
    number = tmp_path / "number.txt"
    number.write_text(f"{NUMBER}\n", encoding="utf-8-sig")
    with fake_city(lambda asked: (201, RECORD)) as city:
        assert call(city, "--number-file", str(number), "--json").exit_code == 0
        assert call(city, VOUCHER, "--json").exit_code == 0
        assert call(city, VOUCHER, "--number-file", str(number)).exit_code == 2
    assert city.asked[0].body["document_number"] == NUMBER
    assert city.asked[1].body == {"reason": "appeal 12", "voucher_id": VOUCHER}


@pytest.mark.parametrize(
    ("suffix", "accept"), [("json", "application/json"), ("html", "text/html")]
)
def test_the_record_is_written_as_the_files_name_says(
    tmp_path: Path, suffix: str, accept: str
) -> None:
    output = tmp_path / f"record.{suffix}"
    with fake_city(lambda asked: (201, RECORD)) as city:
        assert call(city, VOUCHER, "--output", str(output)).exit_code == 0
    assert json.loads(output.read_text(encoding="utf-8")) == RECORD
    assert city.asked[0].headers["Accept"] == accept


def test_another_kind_of_file_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    with fake_city(lambda asked: (201, RECORD)) as city:
        done = call(city, VOUCHER, "--output", str(tmp_path / "record.pdf"))
    assert (done.exit_code, city.asked) == (2, [])
    assert ".html" in done.output


def test_what_cannot_be_read_or_written_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    number, nowhere = tmp_path / "number.txt", tmp_path / "no" / "record.json"
    number.write_bytes(b"\xff\xfe3")
    with fake_city(lambda asked: (201, RECORD)) as city:
        unreadable = call(city, "--number-file", str(number))
        unwritable = call(city, VOUCHER, "--output", str(nowhere))
    assert (unreadable.exit_code, unwritable.exit_code, city.asked) == (2, 2, [])
    assert "no text in UTF-8" in unreadable.output
    assert "there is no folder" in unwritable.output


def test_nobodys_record_ends_with_one_and_the_problem() -> None:
    with fake_city(lambda asked: problem(404, "not_found")) as city:
        done = call(city, VOUCHER, "--json")
    assert (done.exit_code, json.loads(done.stdout)["code"]) == (1, "not_found")
