"""`voucherctl policy read`: what a folder rules, so that an officer can hold it to its source."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chalicelib.policy.place import read_place
from ops.voucherctl import app
from tests.builders import POLICIES
from tests.policy import tiny_place
from tests.policy.tiny_place import AMOUNT, PROGRAMME, value

MORE = '\n[[{0}.values]]\nfrom = 2026-01-01\n{1}\nsource = "a later paper"\n'
ONCE_MORE = 'value = 3\nsample = true\ncorrected = { on = 2026-02-01, why = "a misprint" }'


def printed(folder: Path, *more: str) -> str:
    result = CliRunner().invoke(app, ["policy", "read", str(folder), *more])
    assert result.exit_code == 0
    return result.stdout


def test_every_value_is_shown_with_its_unit_its_source_and_its_marks(tmp_path: Path) -> None:
    amount = AMOUNT + value("caps", "{ per_item_fen = 123450 }")
    folder = tiny_place.written(
        tmp_path,
        programme=PROGRAMME + MORE.format("vouchers_per_period", ONCE_MORE),
        amount=amount.replace('"rounding"]', '"rounding", "caps"]'),
    )
    shown = printed(folder, "--language", "en")
    for lines in (
        "    from 2025-01-01: 1 voucher\n      source: a test\n"
        "    from 2026-01-01: 3 vouchers\n      a sample, no public figure; "
        "corrected (2026-02-01): a misprint; source: a later paper\n",
        "    from 2025-01-01: cap per voucher 1,234.50 yuan\n",
        "      - line 1: groups Jobless; percentage 100 %\n      - line 2: percentage 80 %\n",
        "      - line 1: sum by level (High 300 yuan; Mid 200 yuan)\n",
    ):
        assert lines in shown


def test_what_is_repealed_is_told_with_its_day(tmp_path: Path) -> None:
    ended = PROGRAMME + MORE.format("eligible", "repealed = true")
    folder = tiny_place.written(tmp_path, programme=ended)
    repealed = "    from 2026-01-01: repealed\n      source: a later paper\n"
    assert repealed in printed(folder, "--language", "en")
    assert "    自 2026-01-01 起废止\n      依据：a later paper\n" in printed(folder)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_value_of_every_programme_has_its_line(language: str) -> None:
    documents = read_place(POLICIES).values()
    values = [each for d in documents for p in d["parameters"].values() for each in p["values"]]
    shown = printed(POLICIES, "--language", language)
    source = {"en": "source: ", "zh-CN": "依据："}[language]
    assert shown.count(source) == len(values)


def test_a_program_reads_the_documents_themselves() -> None:
    assert json.loads(printed(POLICIES, "--json")) == list(read_place(POLICIES).values())
