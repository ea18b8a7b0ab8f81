"""`voucherctl import` and `voucherctl report`, told by what they send, print and write."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ops.voucherctl import app
from tests.ops.fake_city import RUN, Asked, FakeCity, Reply, fake_city


def call(url: str, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(
        app, ["--api-url", url, "--token", "t", *arguments], env={"COLUMNS": "160"}
    )
    return result.exit_code, result.stdout


@contextmanager
def a_city_with_files(*told: dict[str, Any]) -> Iterator[FakeCity]:
    """A city that takes uploads and tells its run so, one time after the other."""
    states = iter(told)

    def answer(asked: Asked) -> Reply:
        if asked.method == "PUT":
            return 200, {}
        if asked.path == "/uploads":
            url = f"http://{asked.headers['Host']}/store/roster"
            headers = {"Content-Type": "text/csv", "Content-Length": "5"}
            return 201, {"object_key": "incoming/roster/u-1.csv", "url": url, "headers": headers}
        return (202 if asked.method == "POST" else 200), next(states)

    with fake_city(answer) as city:
        yield city


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    file = tmp_path / "roster.csv"
    file.write_bytes("姓名\n".encode("gb18030"))
    return file


WAITING: dict[str, Any] = {**RUN, "state": "waiting", "refusals": [], "refused": 0}
JUDGED: dict[str, Any] = {
    **RUN,
    "preview": True,
    "file": {"format": "csv", "encoding": "gb18030", "sheet": "", "unknown": ["备注"]},
}


def test_a_file_is_uploaded_to_the_address_given_ordered_and_followed(roster: Path) -> None:
    with a_city_with_files(WAITING, {**RUN, "state": "running"}, RUN) as city:
        code, printed = call(city.url, "import", "roster", str(roster), "--yes", "--json")
    assert code == 3
    assert json.loads(printed) == RUN
    asked, put, order, *polls = city.asked
    assert asked.body == {"kind": "roster", "format": "csv", "size_bytes": 5}
    assert (put.path, put.body, put.headers["Content-Type"]) == (
        *("/store/roster", roster.read_bytes()),
        "text/csv",
    )
    assert "Authorization" not in put.headers
    assert (order.body["object_key"], order.body["preview"]) == ("incoming/roster/u-1.csv", False)
    assert [poll.path for poll in polls] == ["/runs/run-1"] * 2


def test_a_preview_shows_the_first_faults_and_imports_nothing(roster: Path) -> None:
    with a_city_with_files(JUDGED) as city:
        code, printed = call(city.url, "import", "roster", str(roster), "--preview")
    assert code == 3
    assert [asked.path for asked in city.asked] == ["/uploads", "/store/roster", "/imports"]
    assert city.asked[2].body["preview"] is True
    for shown in ("csv gb18030", "校验位不符", "columns that are not read: 备注"):
        assert shown in printed


@pytest.mark.parametrize(("answered", "orders"), [("y\n", 2), ("n\n", 1)])
def test_an_import_asks_after_the_preview(roster: Path, answered: str, orders: int) -> None:
    with a_city_with_files(JUDGED, RUN) as city:
        arguments = ["--api-url", city.url, "--token", "t", "import", "roster", str(roster)]
        CliRunner().invoke(app, arguments, input=answered)
    asked = [each.body["preview"] for each in city.asked if each.path == "/imports"]
    assert asked == [True, False][:orders]


def test_the_same_file_again_says_so_and_asks_nothing(roster: Path) -> None:
    again = {**JUDGED, "applied": 0, "existed": 3, "refused": 0, "refusals": []}
    with a_city_with_files(again) as city:
        code, printed = call(city.url, "import", "roster", str(roster))
    assert code == 0
    assert "nothing new: 3 exist, 0 would be refused" in printed


def test_a_file_that_lacks_a_column_says_which(roster: Path) -> None:
    failed = {
        **{**RUN, "state": "failed", "failure": "headings", "failure_reason": "缺少规定的列"},
        "file": {"missing": ["证件号码"], "repeated": []},
    }
    with a_city_with_files(failed) as city:
        code, printed = call(city.url, "import", "roster", str(roster), "--preview", "--json")
    assert code == 1
    assert "headings · 缺少规定的列 · 证件号码" in json.loads(printed)["failed"]


@pytest.mark.parametrize("options", [["--json"], ["--preview", "--yes"]])
def test_an_import_that_could_not_be_answered_is_called_wrongly(
    roster: Path, options: list[str]
) -> None:
    code, _ = call("http://unused", "import", "roster", str(roster), *options)
    assert code == 2


def test_a_file_of_another_kind_is_not_even_offered(tmp_path: Path) -> None:
    file = tmp_path / "roster.xls"
    file.write_bytes(b"x")
    code, printed = call("http://unused", "import", "roster", str(file), "--yes", "--json")
    assert code == 1
    assert "save it as .xlsx" in json.loads(printed)["advice"]


def test_a_report_that_could_not_be_kept_is_not_asked_for(tmp_path: Path) -> None:
    with fake_city(lambda asked: (200, {})) as city:
        nowhere = str(tmp_path / "no" / "refused.xlsx")
        code, _ = call(city.url, "report", "run-1", "--output", nowhere)
    assert (code, city.asked) == (2, [])


def test_a_report_is_written_to_the_file_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "refused.xlsx"

    def answer(asked: Asked) -> Reply:
        if asked.path.startswith("/runs/"):
            return 200, {"url": f"http://{asked.headers['Host']}/store/report"}
        return 200, b"PK..."

    with fake_city(answer) as city:
        code, printed = call(city.url, "report", "run-1", "--output", str(file))
    assert (code, file.read_bytes()) == (0, b"PK...")
    assert "refused.xlsx: 5 bytes" in printed
    asked, fetched = city.asked
    assert asked.path == "/runs/run-1/report?format=xlsx"
    assert asked.headers["Accept-Language"] == "zh-CN"
    assert "Authorization" not in fetched.headers
