"""The script holds together: everybody acts in an order and at an hour that the rules allow."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest

from sim.city.fence import Position, place_outcome
from sim.city.sites import Site
from tests.city.sample_city import Samples

Key = tuple[int, str]


def _claims(city: Samples) -> set[Key]:
    return {(each["person"], each["programme"]) for each in city.table("claims")}


def _learners(city: Samples) -> list[tuple[Key, dict[str, Any]]]:
    classes = city.read_json("story.json")["classes"]
    return [((seat[0], each["programme"]), each) for each in classes for seat in each["learners"]]


def _site(city: Samples, filed: dict[str, Any]) -> Site:
    keys = (filed["institution"], filed["site_no"])
    rows = city.rows("sites.csv")
    row = next(row for row in rows if (row["organisation_code"], row["site_no"]) == keys)
    radius_m = int(row["radius_m"]) if row["radius_m"] else None
    place = (row["longitude"], row["latitude"], row["datum"])
    return Site(row["organisation_code"], row["site_no"], row["name"], *place, radius_m)


def test_nobody_claims_twice_and_no_refused_claim_is_granted(city: Samples) -> None:
    claims = list(city.table("claims"))
    assert len(_claims(city)) == len(claims)
    refused = {(each["person"], each["programme"]) for each in city.table("refused_claims")}
    assert refused
    assert not refused & _claims(city)


def test_only_claimed_vouchers_are_verified_and_only_verified_ones_enrolled(city: Samples) -> None:
    verified = {(each["person"], each["programme"]): each for each in city.table("verifications")}
    assert verified.keys() <= _claims(city)
    for key, filed in _learners(city):
        assert verified[key]["institution"] == filed["institution"]


def test_every_learner_sits_in_one_class_with_a_seat_to_spare(city: Samples) -> None:
    keys = [key for key, _ in _learners(city)]
    assert len(set(keys)) == len(keys)
    for filed in city.read_json("story.json")["classes"]:
        assert len(filed["learners"]) < filed["capacity"]


def test_classes_begin_a_week_later_but_for_the_one_that_is_filed_too_late(city: Samples) -> None:
    story = city.read_json("story.json")
    for filed in story["classes"]:
        assert filed["lessons"][0]["starts_at"].startswith("2026-03-09T")
        assert len(filed["lessons"]) == 6
    assert story["late_class"]["lessons"][0]["starts_at"].startswith("2026-03-04T")
    assert story["late_class"]["learners"] == []


def test_the_late_learner_is_verified_and_in_no_class(city: Samples) -> None:
    late = city.read_json("story.json")["late_learner"]
    key = (late["person"], late["programme"])
    assert key in {(each["person"], each["programme"]) for each in city.table("verifications")}
    assert key not in dict(_learners(city))


def test_every_tap_falls_into_the_window_or_is_late(city: Samples) -> None:
    classes = {each["class_no"]: each for each in city.read_json("story.json")["classes"]}
    moments = city.read_json("story.json")["moments"]
    for tap in city.table("check_ins"):
        lesson = classes[tap["class_no"]]["lessons"][tap["lesson_no"] - 1]
        tapped_at = datetime.fromisoformat(moments[tap["moment"]])
        starts_at = datetime.fromisoformat(lesson["starts_at"])
        is_late = starts_at <= tapped_at < datetime.fromisoformat(lesson["ends_at"])
        in_time = starts_at - timedelta(minutes=60) <= tapped_at < starts_at
        assert is_late if tap["expected"] == "late" else in_time
        assert (
            timedelta()
            <= datetime.fromisoformat(tap["device_time"]) - tapped_at
            < timedelta(minutes=5)
        )


@pytest.mark.parametrize("slack_m", [-20, 0, 20])
def test_every_tap_has_its_outcome_with_metres_to_spare(city: Samples, slack_m: int) -> None:
    classes = city.read_json("story.json")["classes"]
    sites = {each["class_no"]: _site(city, each) for each in classes}
    for tap in city.table("check_ins"):
        numbers = (tap["longitude"], tap["latitude"], tap["datum"], tap["accuracy_m"])
        outcome = place_outcome(sites[tap["class_no"]], Position(*numbers), slack_m)
        assert outcome == ("good" if tap["expected"] == "late" else tap["expected"])


def test_one_learner_alone_taps_twice_first_outside_then_inside(city: Samples) -> None:
    records: dict[tuple[int, str, int], list[str]] = {}
    for tap in city.table("check_ins"):
        record = (tap["person"], tap["class_no"], tap["lesson_no"])
        records.setdefault(record, []).append(tap["expected"])
    assert [taps for taps in records.values() if len(taps) > 1] == [["outside", "good"]]
    assert len(records) == city.read_json("expected.json")["checked_in"]
    abnormal = sum("good" not in taps for taps in records.values())
    assert abnormal == city.read_json("expected.json")["abnormal"]


def test_taps_come_in_all_three_datums_and_some_lessons_are_missed(large_city: Samples) -> None:
    taps = list(large_city.table("check_ins"))
    datums = Counter(tap["datum"] for tap in taps)
    assert min(datums[datum] for datum in ("WGS-84", "GCJ-02", "BD-09")) > 100
    assert len(taps) < 6 * len(_learners(large_city)) - 50


def test_all_three_payers_pay_and_check_in_learners_sit_among_them(city: Samples) -> None:
    classes = city.read_json("story.json")["classes"]
    payers = {seat[1] for each in classes for seat in each["learners"]}
    assert payers == {"worker", "institution", "enterprise"}
    assert any(each["programme"] == "check-in" for each in classes)
    enterprises = {
        row["code"] for row in city.rows("organisations.csv") if row["kind"] == "enterprise"
    }
    sent = {seat[2] for each in classes for seat in each["learners"] if seat[1] == "enterprise"}
    assert sent == enterprises


def test_held_lines_are_those_of_learners_with_an_abnormal_record(city: Samples) -> None:
    abnormal = {tap["person"] for tap in city.table("check_ins") if tap["expected"] != "good"}
    held = list(city.table("held"))
    assert held
    assert {each["person"] for each in held} <= abnormal
    assert {each["decision"] for each in held} == {"release", "keep"}
    assert all(each["reason"] for each in held)
    kept = sum(each["decision"] == "keep" for each in held)
    assert kept == city.read_json("summary.json")["fates"]["kept"]


def test_proposals_hold_every_approved_voucher_within_a_hundred_each(city: Samples) -> None:
    proposals = list(city.table("proposals"))
    assert sum(each["entries"] for each in proposals) == city.read_json("expected.json")["approved"]
    assert all(each["entries"] <= 100 and each["total_fen"] > 0 for each in proposals)
    assert city.read_json("expected.json")["paid_fen"] < sum(
        each["total_fen"] for each in proposals
    )
