"""Signing in: the window's edges, what an attempt amounts to, what a record keeps."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.errors import Refused
from chalicelib.rules import attendance
from chalicelib.rules.attendance import Attempt, Outcome, Window
from chalicelib.rules.fence import Place
from chalicelib.rules.lesson import Mode, mode_of
from tests.builders import MONDAY, a_lesson

WINDOW = Window(opens_before_minutes=60, grace_minutes=10)


def attempt(outcome: Outcome) -> Attempt:
    return Attempt("", "", "121.4", "31.2", "WGS-84", "10", 5, outcome, "key", "body")


@pytest.mark.parametrize(
    ("minutes", "outcome"),
    [
        *((minutes, Outcome.GOOD) for minutes in (-60, -1, 0)),
        *((minutes, Outcome.TOLERATED) for minutes in (1, 10)),
        *((minutes, Outcome.LATE) for minutes in (11, 89)),
    ],
)
def test_a_tap_is_good_until_the_lesson_starts_and_tolerated_for_the_grace(
    minutes: int, outcome: Outcome
) -> None:
    now = MONDAY + timedelta(minutes=minutes)
    assert attendance.timing(a_lesson(starts_at=MONDAY), now, WINDOW) is outcome


def test_without_a_grace_a_tap_after_the_start_is_late() -> None:
    now = MONDAY + timedelta(seconds=1)
    assert attendance.timing(a_lesson(starts_at=MONDAY), now, Window(60, 0)) is Outcome.LATE


@pytest.mark.parametrize(("minutes", "code"), [(-61, "check_in_not_open"), (90, "check_in_closed")])
def test_a_tap_beyond_the_edges_is_refused(minutes: int, code: str) -> None:
    with pytest.raises(Refused, match=code):
        attendance.timing(a_lesson(starts_at=MONDAY), MONDAY + timedelta(minutes=minutes), WINDOW)


@pytest.mark.parametrize(
    ("place", "timing", "outcome"),
    [
        (Place.INSIDE, Outcome.GOOD, Outcome.GOOD),
        (Place.INSIDE, Outcome.TOLERATED, Outcome.TOLERATED),
        (Place.INSIDE, Outcome.LATE, Outcome.LATE),
        (Place.OUTSIDE, Outcome.LATE, Outcome.OUTSIDE),
        (Place.WRONG_DATUM, Outcome.GOOD, Outcome.WRONG_DATUM),
        (Place.POOR_ACCURACY, Outcome.GOOD, Outcome.POOR_ACCURACY),
    ],
)
def test_a_doubtful_place_outweighs_lateness(
    place: Place, timing: Outcome, outcome: Outcome
) -> None:
    assert attendance.judge(place, timing) is outcome


def test_one_good_attempt_makes_the_record_good() -> None:
    tries = [attempt(Outcome.OUTSIDE), attempt(Outcome.GOOD), attempt(Outcome.LATE)]
    assert attendance.outcome_of(tries) is Outcome.GOOD
    assert attendance.outcome_of(tries[:1]) is Outcome.OUTSIDE


def test_a_sixth_attempt_finds_no_room() -> None:
    attendance.check_room(4, 5)
    with pytest.raises(Refused, match="attempts_used_up"):
        attendance.check_room(5, 5)


def test_nobody_signs_in_to_an_online_lesson_and_none_is_counted() -> None:
    online = replace(a_lesson(starts_at=MONDAY), mode=Mode.ONLINE)
    offline = a_lesson(2, starts_at=MONDAY + timedelta(days=1))
    with pytest.raises(Refused, match="online_lesson"):
        attendance.timing(online, MONDAY, WINDOW)
    told = attendance.attendance([online, offline], [], MONDAY + timedelta(days=1))
    assert (told.lessons, told.over) == (1, 0)
    assert attendance.next_lesson([online, offline], MONDAY) == offline


@pytest.mark.parametrize(
    ("modes", "mode"),
    [
        ([Mode.OFFLINE, Mode.OFFLINE], Mode.OFFLINE),
        ([Mode.ONLINE, Mode.ONLINE], Mode.ONLINE),
        ([Mode.OFFLINE, Mode.ONLINE], Mode.BLENDED),
    ],
)
def test_a_class_is_taught_as_its_lessons_are(modes: list[Mode], mode: Mode) -> None:
    assert mode_of(replace(a_lesson(), mode=each) for each in modes) is mode
