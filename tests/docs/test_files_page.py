"""docs/files.md names the headings and the limits of today, and reasons that exist."""

import re

import pytest

from chalicelib.api.texts import catalogue
from chalicelib.rules import upload, xlsx_package, xlsx_values
from chalicelib.rules.run import RunKind
from chalicelib.usecases.open_table import COLUMNS
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "files.md").read_text(encoding="utf-8")
HEADINGS = {kind: listed.split("、") for kind, listed in re.findall(r"`(\w+)` \| (.+) \|", PAGE)}


@pytest.mark.parametrize("kind", COLUMNS)
def test_the_page_lists_the_headings_of_every_kind_of_file(kind: RunKind) -> None:
    assert HEADINGS[kind] == list(COLUMNS[kind].known)


def test_the_page_states_the_limits_that_hold() -> None:
    megabyte = 1024 * 1024
    assert f"文件 {upload.MOST_MEGABYTES} MB 以内" in PAGE
    assert f"展开后 {xlsx_package.MOST_UNPACKED_BYTES // megabyte} MB 以内" in PAGE
    assert f"文字 {xlsx_values.MOST_SHARED_BYTES // megabyte} MB 以内" in PAGE


def test_every_reason_that_the_page_explains_is_one_that_reports_give() -> None:
    named = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert len(named) > 5
    assert set(named) <= set(catalogue("zh-CN").rows)
