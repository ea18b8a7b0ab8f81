"""Signing in: what is kept, what opens a case, what ends it."""

from datetime import datetime, timedelta

import pytest

from chalicelib.errors import Conflict, KeyReused, NotFound, Refused
from chalicelib.rules.attendance import Attempt, Outcome, Record
from chalicelib.rules.datum import Degrees
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.position import Position
from chalicelib.rules.principal import Principal
from chalicelib.store import cases, checkins
from chalicelib.usecases import check_in, claim, enrol, show_code, verify
from tests import groups, seeding
from tests.builders import MONDAY, SQUARE, a_command, a_position
from tests.seeding import DESK

FIRST_LESSON = MONDAY + timedelta(days=7)
FAR = a_position(Degrees(SQUARE.longitude, SQUARE.latitude + 0.01))


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    seeding.publish()
    seeding.open_institution()


def learner(number: int = 1) -> tuple[Principal, VoucherId]:
    who = seeding.register(number, groups.EMPLOYEE)
    into = seeding.file_class()
    found = claim.claim(who, "social-training", a_command("claim-01", actor=who.subject))
    code, _ = show_code.show_code(who, found.id, MONDAY)
    verify.verify(DESK, found.id, code, a_command("verify-01", actor=DESK.subject))
    enrol.enrol(DESK, found.id, into.id, "worker", None, a_command("enrol-01", actor=DESK.subject))
    return who, found.id


def tap(
    who: Principal,
    voucher_id: VoucherId,
    *,
    key: str = "tap-00001",
    at: datetime = FIRST_LESSON,
    position: Position | None = None,
    lesson_no: int = 1,
    body: str = "body",
) -> tuple[Record, Attempt]:
    command = a_command(key, actor=who.subject, at=at, body=body)
    where = position or a_position()
    return check_in.check_in(who, voucher_id, lesson_no, where, at.isoformat(), command)


def test_a_tap_at_the_site_in_time_is_good_and_opens_no_case() -> None:
    who, mine = learner()
    record, attempt = tap(who, mine)
    assert (record.outcome, attempt.distance_m) == (Outcome.GOOD, 0)
    assert cases.open_of(mine) == []


def test_tapping_twice_leaves_one_record_with_one_attempt() -> None:
    who, mine = learner()
    tap(who, mine)
    record, _ = tap(who, mine)
    again, _ = tap(who, mine, key="tap-00002")
    assert len(record.attempts) == len(again.attempts) == 1


def test_one_key_with_another_body_is_refused() -> None:
    who, mine = learner()
    tap(who, mine, position=FAR)
    with pytest.raises(KeyReused):
        tap(who, mine, body="another")


def test_a_tap_outside_is_kept_and_opens_a_case_until_a_good_one_ends_it() -> None:
    who, mine = learner()
    record, _ = tap(who, mine, position=FAR)
    assert record.outcome is Outcome.OUTSIDE
    [case] = cases.open_of(mine)
    assert (case.lesson_no, case.outcome, case.district) == (1, "outside", "310104")
    record, _ = tap(who, mine, key="tap-00002")
    assert record.outcome is Outcome.GOOD
    assert [attempt.outcome for attempt in record.attempts] == [Outcome.OUTSIDE, Outcome.GOOD]
    assert cases.open_of(mine) == []


def test_the_sixth_attempt_is_refused_and_the_case_stays_open() -> None:
    who, mine = learner()
    for n in range(5):
        tap(who, mine, key=f"tap-{n:05}", position=FAR)
    with pytest.raises(Refused, match="attempts_used_up"):
        tap(who, mine, key="tap-00009")
    assert len(cases.open_of(mine)) == 1


@pytest.mark.parametrize(
    ("minutes", "outcome"), [(-60, Outcome.GOOD), (0, Outcome.GOOD), (1, Outcome.LATE)]
)
def test_a_late_tap_is_kept_as_late(minutes: int, outcome: Outcome) -> None:
    who, mine = learner()
    record, _ = tap(who, mine, at=FIRST_LESSON + timedelta(minutes=minutes))
    assert record.outcome is outcome
    assert len(cases.open_of(mine)) == (outcome is Outcome.LATE)


@pytest.mark.parametrize(("minutes", "code"), [(-61, "check_in_not_open"), (90, "check_in_closed")])
def test_a_tap_beyond_the_window_leaves_nothing(minutes: int, code: str) -> None:
    who, mine = learner()
    with pytest.raises(Refused, match=code) as refused:
        tap(who, mine, at=FIRST_LESSON + timedelta(minutes=minutes))
    assert refused.value.rule.section == "三.(三)"
    into = seeding.ids.class_id(seeding.INSTITUTION.id, "C-1")
    assert checkins.load(into, 1, mine).attempts == ()


def test_a_strangers_voucher_and_a_lesson_that_is_not_are_not_found() -> None:
    _, mine = learner()
    with pytest.raises(NotFound):
        tap(seeding.register(2, groups.EMPLOYEE), mine)
    who = seeding.worker("p-worker-1")
    with pytest.raises(NotFound):
        tap(who, mine, lesson_no=4)


def test_who_is_not_enrolled_cannot_sign_in() -> None:
    who = seeding.register(1, groups.EMPLOYEE)
    found = claim.claim(who, "social-training", a_command("claim-01", actor=who.subject))
    with pytest.raises(Conflict, match="not_enrolled"):
        tap(who, found.id)
