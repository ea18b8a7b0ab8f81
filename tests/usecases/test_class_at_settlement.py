"""What a class adds to a settlement: how it was taught, and who was there."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.errors import Conflict
from chalicelib.rules import voucher_code
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.lesson import Mode
from chalicelib.rules.principal import Principal
from chalicelib.usecases import assess, check_in, claim, enrol, verify
from tests import money, seeding
from tests.builders import MONDAY, a_command, a_position
from tests.money import PASSED, command
from tests.seeding import DESK

PROGRAMME = "social-training"
LESSON = MONDAY + timedelta(days=7)
HALF_FOR_BLENDED = [{"modes": ["blended"], "percent": 50}, {"percent": 100}]


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    money.open_books()
    seeding.open_institution()


def learner() -> tuple[Principal, VoucherId]:
    """A registered unemployed worker enrolled in a class of two lessons at the site, one online."""
    who = seeding.worker(money.learner(1))
    found = claim.claim(who, PROGRAMME, a_command("claim-01", actor=who.subject))
    desk = a_command("desk-0001", actor=DESK.subject, role=DESK.role)
    verify.verify(DESK, found.id, voucher_code.mint(found, MONDAY), desk)
    into = seeding.file_class(modes=[Mode.OFFLINE, Mode.ONLINE, Mode.OFFLINE])
    enrol.enrol(DESK, found.id, into.id, "worker", None, replace(desk, key="desk-0002"))
    return who, found.id


def sign_in(who: Principal, mine: VoucherId, lesson_no: int) -> None:
    at = LESSON + timedelta(days=lesson_no - 1)
    tap = a_command(f"tap-{lesson_no:05}", actor=who.subject, at=at)
    check_in.check_in(who, mine, lesson_no, a_position(), at.isoformat(), tap)


def test_a_blended_class_is_paid_by_its_mode() -> None:
    order = ["standard", "fixed", "ratio", "mode_factor", "rounding", "instalments"]
    seeding.publish_like(
        PROGRAMME,
        PROGRAMME,
        "class",
        mode_factor=("mode-factor", HALF_FOR_BLENDED),
        order=("order", order),
    )
    learner()
    assess.apply(PASSED, command("row-1"))
    (entry,) = money.proposed().entries
    assert entry.amount_fen == money.STANDARD_FEN // 2
    assert entry.inputs["course"]["mode"] == "blended"


@pytest.mark.parametrize(("lessons", "paid"), [((1, 3), True), ((1,), False), ((), False)])
def test_attendance_is_counted_from_the_check_ins_at_the_site(
    lessons: tuple[int, ...], paid: bool
) -> None:
    rule = {"percent": 80, "late_per_absence": 0, "by": "class"}
    others, usual = {"name": "whole"}, {"name": "whole", "needs": ["least_attendance"]}
    seeding.publish_like(
        PROGRAMME,
        PROGRAMME,
        "class",
        least_attendance=("attendance", rule),
        instalments=(
            "instalments",
            [{"kinds": ["targeted"], "parts": [others]}, {"parts": [usual]}],
        ),
    )
    who, mine = learner()
    for lesson_no in lessons:
        sign_in(who, mine, lesson_no)
    assess.apply(PASSED, command("row-1"))
    if paid:
        (entry,) = money.proposed().entries
        assert entry.inputs["attendance"] == [
            {"month": "2026-03", "lessons": 2, "good": 2, "late": 0}
        ]
    else:
        with pytest.raises(Conflict, match="nothing_to_propose"):
            money.proposed()
