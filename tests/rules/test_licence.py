"""Licences: how a cell of the organisations' file is read, and which courses it covers."""

import pytest

from chalicelib.rules import licence
from chalicelib.rules.licence import Scope


@pytest.mark.parametrize(
    ("written", "scopes"),
    [
        ("", ()),
        ("养老护理员:5-3", (Scope("养老护理员", 5, 3),)),
        ("养老护理员:4", (Scope("养老护理员", 4, 4),)),
        ("养老护理员：5-3； 家政服务员；", (Scope("养老护理员", 5, 3), Scope("家政服务员", 9, 1))),
    ],
)
def test_a_cell_is_read_scope_by_scope(written: str, scopes: tuple[Scope, ...]) -> None:
    assert licence.read(written) == scopes


@pytest.mark.parametrize("written", ["养老护理员:3-5", "养老护理员:6", ":5-3", "养老护理员:五级"])
def test_what_is_no_scope_is_not_read(written: str) -> None:
    with pytest.raises(ValueError, match="scope"):
        licence.read(written)


@pytest.mark.parametrize(("level", "covered"), [(5, True), (3, True), (2, False)])
def test_a_licence_covers_its_levels_of_its_occupation(level: int, covered: bool) -> None:
    assert licence.covers(licence.read("养老护理员:5-3"), "养老护理员", level) is covered
    assert not licence.covers(licence.read("养老护理员:5-3"), "家政服务员", level)
    assert not licence.covers((), "养老护理员", level)
