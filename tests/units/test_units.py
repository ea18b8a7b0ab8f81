"""What every move costs in DynamoDB's write and read units; docs/performance.md shows the same.

A move that grows dearer fails here first. A transaction doubles a table's share; an index that a
move enters or leaves costs one more.
"""

import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest

from chalicelib.rules.history import Command
from chalicelib.rules.line import LineVerb
from chalicelib.rules.person import Group
from chalicelib.rules.voucher import Verb
from chalicelib.usecases import check_in, claim, enrol, send, settle, show, show_code, verify
from tests import money, seeding
from tests.builders import MONDAY, a_command, a_position
from tests.seeding import DESK
from tests.units.meter import Units, metered

PAGE = Path(__file__).parent.parent.parent / "docs" / "performance.md"
_ROW = re.compile(r"^\| ([a-z ,]+) \| ([\d.]+) \| ([\d.]+) \| (\d+) \|$", re.MULTILINE)

pytestmark = pytest.mark.usefixtures("aws_city")


def cost(act: Callable[[], object]) -> Units:
    with metered() as units:
        act()
    return units


def desk(key: str) -> Command:
    return a_command(key, actor=DESK.subject, role=DESK.role)


def teaching() -> dict[str, Units]:
    """From claim to check-in, one worker, one class."""
    who, into = seeding.register(1, Group.EMPLOYEE), seeding.file_class("C-9")
    own = a_command("claim-01", actor=who.subject)
    costs = {"issue, claim": cost(lambda: claim.claim(who, "social-training", own))}
    [mine] = [found.id for found in show.mine(who, MONDAY)]
    code, _ = show_code.show_code(who, mine, MONDAY)
    costs["verify"] = cost(lambda: verify.verify(DESK, mine, code, desk("verify-01")))
    costs["enrol"] = cost(
        lambda: enrol.enrol(DESK, mine, into.id, "worker", None, desk("enrol-01"))
    )
    lesson = MONDAY + timedelta(days=7)
    tap = a_command("tap-00001", actor=who.subject, at=lesson)
    costs["check in"] = cost(
        lambda: check_in.check_in(who, mine, 1, a_position(), lesson.isoformat(), tap)
    )
    return costs


def paying() -> dict[str, Units]:
    """From proposal to write-off, one voucher."""
    paid = money.assessed(1)
    costs = {"propose": cost(lambda: money.proposed())}
    asked = money.approved()
    costs["approve"] = cost(
        lambda: settle.settle(asked.id, money.command("settle-01", actor="settlements"))
    )
    costs["pay"] = cost(lambda: send.send_due(money.SETTLING, lambda: False))
    line = money.line_of(paid)
    costs["write off"] = cost(lambda: money.tell(LineVerb.PAY, line, "urn:bank/1"))
    return costs


def test_every_move_costs_what_the_page_says() -> None:
    money.open_books()
    seeding.open_institution()
    costs = {**teaching(), **paying()}
    shown = {
        move: {"write": float(write), "read": float(read), "calls": int(calls)}
        for move, write, read, calls in _ROW.findall(PAGE.read_text(encoding="utf-8"))
    }
    assert {move: asdict(units) for move, units in costs.items()} == shown


def test_every_verb_of_the_main_way_has_its_row() -> None:
    rows = {row[0] for row in _ROW.findall(PAGE.read_text(encoding="utf-8"))}
    wanted = (Verb.CLAIM, Verb.VERIFY, Verb.ENROL, Verb.PROPOSE, Verb.APPROVE, Verb.PAY)
    assert all(any(verb in row for row in rows) for verb in wanted)
