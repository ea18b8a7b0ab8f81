"""`voucherctl stats`, told by what it prints, what it writes and how it ends."""

import csv
import json
from copy import deepcopy
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from chalicelib.store.dump import OWNERS
from ops import operator
from ops.commands import stats
from ops.voucherctl import app
from tests.ops import city_at_rest
from tests.ops.breaking import Lived, one
from tests.ops.fake_city import Asked, Reply, fake_city, problem

INSTITUTION = "52319903KFD0BND853"
MONEY = {"approved_fen": 320000, "paid_fen": 160000, "returned_fen": 0}
COUNTS = {"issued": 20, "claimed": 9, "verified": 5, "used": 3, "settled": 1, "expired": 6}


def row(value: str, **more: Any) -> dict[str, Any]:
    """A row as the city tells it."""
    return {"programme": "social-training", "value": value, **COUNTS, "money": [], **more}


def answer(asked: Asked) -> Reply:
    """Two pages of figures by institution."""
    head = {"scope": "city", "by": "institution", "period": "2026"}
    if "cursor=next" in asked.path:
        funds = ("employment-subsidy", "district-top-up")
        money = [{"fund": fund, **MONEY} for fund in funds]
        return 200, {**head, "figures": [row("=HYPERLINK(1)", money=money)]}
    target = {"issued": 30, "used": 3}
    return 200, {**head, "figures": [row(INSTITUTION, target=target)], "next_cursor": "next"}


def call(*arguments: str, url: str = "http://127.0.0.1:9", columns: str = "200") -> tuple[int, str]:
    words = ["--api-url", url, "--token", "t", "stats", *arguments]
    result = CliRunner().invoke(app, words, env={"COLUMNS": columns})
    return result.exit_code, result.output


def test_all_pages_are_shown_with_their_targets_and_their_sum() -> None:
    with fake_city(answer) as city:
        code, shown = call("--by", "institution", "--period", "2026", url=city.url)
    assert code == 0
    assert "by=institution&period=2026" in city.asked[0].path
    lines = [line.split() for line in shown.splitlines()]
    assert any(INSTITUTION in line and "30" in line and "15.0%" in line for line in lines)
    assert any("total" in line and "40" in line for line in lines)
    assert any("district-top-up" in line and "320000" in line for line in lines)


def test_json_is_one_document_with_every_row_and_the_total() -> None:
    with fake_city(answer) as city:
        code, shown = call("--by", "institution", "--json", url=city.url)
    told = json.loads(shown)
    assert (code, len(told["figures"]), told["total"]["issued"]) == (0, 2, 40)


def test_a_csv_has_its_mark_text_that_is_no_formula_and_counts_once(tmp_path: Path) -> None:
    target = tmp_path / "figures.csv"
    with fake_city(answer) as city:
        code, shown = call("--by", "institution", "--output", str(target), url=city.url)
    assert code == 0
    assert "2 rows written" in shown
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(target.read_text(encoding="utf-8-sig"))))
    assert [line["value"] for line in rows] == [INSTITUTION, "'=HYPERLINK(1)", "'=HYPERLINK(1)"]
    assert [line["issued"] for line in rows] == ["20", "20", ""]
    assert [line["paid_fen"] for line in rows] == ["", "160000", "160000"]
    assert rows[0]["aimed_issued"] == "30"


def test_a_workbook_keeps_ids_as_text_and_fen_as_numbers(tmp_path: Path) -> None:
    target = tmp_path / "figures.xlsx"
    with fake_city(answer) as city:
        assert call("--by", "institution", "--output", str(target), url=city.url)[0] == 0
    headings, first, second, _ = (
        CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    )
    assert first[headings.index("value")] == INSTITUTION
    assert first[headings.index("period")] == "2026"
    assert second[headings.index("value")] == "=HYPERLINK(1)"
    assert second[headings.index("paid_fen")] == 160000


@pytest.mark.parametrize(
    ("output", "said"), [("figures.pdf", ".xlsx or .csv"), ("no/figures.csv", "no folder no")]
)
def test_a_file_that_cannot_be_written_is_refused_before_anything_is_asked(
    output: str, said: str
) -> None:
    code, shown = call("--output", output)
    assert code == 2
    assert said in shown


def test_an_ending_may_be_in_capitals(tmp_path: Path) -> None:
    target = tmp_path / "FIGURES.CSV"
    with fake_city(answer) as city:
        assert call("--by", "institution", "--output", str(target), url=city.url)[0] == 0
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")


def test_who_may_not_see_them_is_told_so() -> None:
    with fake_city(lambda asked: problem(403, "right_missing")) as city:
        code, shown = call("--json", url=city.url)
    assert (code, json.loads(shown)["code"]) == (1, "right_missing")


@pytest.fixture
def kept(shared_city: None, monkeypatch: pytest.MonkeyPatch) -> Lived:
    """A city at rest whose tables the command reads."""
    lived = deepcopy(city_at_rest.lived())
    outputs = {f"{owner.capitalize()}Table": f"{owner}_table" for owner in OWNERS}
    monkeypatch.setattr(operator, "read_outputs", lambda client, stack: outputs)
    monkeypatch.setattr(stats, "take", lambda outputs, client: lived.dump)
    return lived


def test_figures_made_anew_that_agree_end_with_0(kept: Lived) -> None:
    code, shown = call("--rebuild")
    assert code == 0
    assert "0 differences" in shown
    assert "10 vouchers counted anew" in shown


def test_figures_that_differ_end_with_1_and_are_named(kept: Lived) -> None:
    one(kept.dump.figures, id="city|month|2026", part="social-training|2026-03|")["used"] += 2
    code, shown = call("--rebuild")
    assert code == 1
    assert "city by month 2026: social-training 2026-03" in shown
    assert "1 differences" in shown
    code, shown = call("--rebuild", "--json")
    (found,) = json.loads(shown)["differences"]
    assert (code, found["figure"], found["kept"] - found["told"]) == (1, "used", 2)


def test_a_voucher_that_is_not_counted_yet_is_said(kept: Lived) -> None:
    one(kept.dump.figures, id=f"voucher|{kept.vouchers['paid']}", part="mark")["ver"] = 1
    code, shown = call("--rebuild")
    assert code == 1
    assert "1 vouchers are not counted to their end" in shown


RUN = {
    **{"run_id": "run-1", "kind": "recount", "state": "done", "refusals": []},
    **{"rows": 30, "applied": 20, "existed": 10, "refused": 0},
}


def test_a_recount_is_ordered_and_followed_to_its_end() -> None:
    with fake_city(lambda asked: (202 if asked.method == "POST" else 200, RUN)) as city:
        code, shown = call("--recount", "--json", url=city.url)
    assert (code, json.loads(shown)["applied"]) == (0, 20)
    assert city.asked[0].path == "/figures/counts"


def test_making_anew_and_counting_again_are_two_commands() -> None:
    code, shown = call("--recount", "--rebuild")
    assert code == 2
    assert "first --recount, then --rebuild" in shown
