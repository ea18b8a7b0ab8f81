"""What every move costs in DynamoDB's write and read units; docs/performance.md shows the same.

A move that grows dearer fails here first. A transaction doubles a table's share; an index that a
move enters or leaves costs one more. `make bench ONLY=units` writes the page's table.
"""

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from chalicelib.rules.moves import Verb
from tests.units import moves

PAGE = Path(__file__).parent.parent.parent / "docs" / "performance.md"
_ROW = re.compile(r"^\| ([a-z ,]+) \| ([\d.]+) \| ([\d.]+) \| (\d+) \|$", re.MULTILINE)


@pytest.mark.usefixtures("aws_city")
def test_every_move_costs_what_the_page_says() -> None:
    costs = moves.measured()
    shown = {
        move: {"write": float(write), "read": float(read), "calls": int(calls)}
        for move, write, read, calls in _ROW.findall(PAGE.read_text(encoding="utf-8"))
    }
    assert {move: asdict(units) for move, units in costs.items()} == shown


def test_every_verb_of_the_main_way_has_its_row() -> None:
    rows = {row[0] for row in _ROW.findall(PAGE.read_text(encoding="utf-8"))}
    wanted = (Verb.CLAIM, Verb.VERIFY, Verb.ENROL, Verb.PROPOSE, Verb.APPROVE, Verb.PAY)
    assert all(any(verb in row for row in rows) for verb in wanted)
