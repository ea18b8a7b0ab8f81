"""The checker finds each hand-made breach around classes, check-ins, cases and imports."""

import json
from copy import deepcopy
from dataclasses import replace

import pytest

from chalicelib.rules import ids
from tests.ops import city_at_rest
from tests.ops.breaking import Lived, found, one


@pytest.fixture
def city(shared_city: None) -> Lived:
    return deepcopy(city_at_rest.lived())


def test_a_seat_that_nobody_took_is_found(city: Lived) -> None:
    city.dump.classes[0]["seats_taken"] += 1
    assert found(city.dump) == {"class-seats"}


def test_a_class_above_its_capacity_is_found(city: Lived) -> None:
    city.dump.classes[0]["capacity"] = 7
    assert found(city.dump) == {"class-seats"}


def test_learners_of_a_class_never_filed_are_found(city: Lived) -> None:
    assert "class-seats" in found(replace(city.dump, classes=()))


def test_a_second_record_of_a_lesson_is_found(city: Lived) -> None:
    record = city.record("returned")
    second = {**record, "lesson": f"{record['lesson']}#again"}
    assert found(replace(city.dump, checkins=(*city.dump.checkins, second))) == {"one-check-in"}


def test_a_check_in_for_a_lesson_that_is_not_is_found(city: Lived) -> None:
    record = city.record("returned")
    record |= {"lesson_no": 9, "lesson": f"{record['class_id']}#9"}
    assert found(city.dump) == {"one-check-in"}


def test_a_check_in_of_a_stranger_to_the_class_is_found(city: Lived) -> None:
    city.record("returned")["voucher_id"] = city.vouchers["certificate"]
    assert found(city.dump) == {"one-check-in"}


def test_a_sixth_attempt_is_found(city: Lived) -> None:
    record = city.record("held")
    attempts = (json.loads(record["attempts"]) * 3)[:6]
    record |= {"attempts": json.dumps(attempts), "tries": 6}
    assert found(city.dump) == {"one-check-in"}


def test_an_attempt_lost_from_a_record_is_found(city: Lived) -> None:
    record = city.record("held")
    record["attempts"] = json.dumps(json.loads(record["attempts"])[:1])
    assert found(city.dump) == {"one-check-in"}


def test_an_outcome_that_its_attempts_do_not_give_is_found(city: Lived) -> None:
    city.record("waiting")["outcome"] = "late"
    assert "check-in-outcome" in found(city.dump)


def test_an_attempt_judged_otherwise_than_its_place_is_found(city: Lived) -> None:
    record = city.record("waiting")
    (attempt,) = json.loads(record["attempts"])
    record["attempts"] = json.dumps([{**attempt, "longitude": "121.5"}])
    assert found(city.dump) == {"check-in-outcome"}


def test_an_attempt_beyond_the_window_is_found(city: Lived) -> None:
    record = city.record("waiting")
    (attempt,) = json.loads(record["attempts"])
    late = {**attempt, "received_at": "2026-03-09T10:30:00+08:00"}
    record["attempts"] = json.dumps([late])
    assert found(city.dump) == {"check-in-outcome"}


def test_an_abnormal_check_in_without_a_case_is_found(city: Lived) -> None:
    mine = city.vouchers["paid"]
    others = tuple(case for case in city.dump.cases if case["voucher_id"] != mine)
    assert found(replace(city.dump, cases=others)) == {"case-of-abnormal-check-in"}


def test_a_case_open_for_a_good_check_in_is_found(city: Lived) -> None:
    case = dict(one(city.dump.cases, voucher_id=city.vouchers["check-in"]))
    good = city.vouchers["returned"]
    case |= {"voucher_id": good, "case_id": ids.case_id(good, "check-in", 1)}
    dump = replace(city.dump, cases=(*city.dump.cases, case))
    assert found(dump) == {"case-of-abnormal-check-in", "held-while-case-open"}


@pytest.mark.parametrize("outcome", ["rows", "applied", "existed", "refused"])
def test_a_row_without_an_outcome_is_found(city: Lived, outcome: str) -> None:
    one(city.dump.runs, part="run")[outcome] += 1
    assert found(city.dump) == {"import-sums"}


def test_a_block_that_lists_fewer_refusals_than_it_counts_is_found(city: Lived) -> None:
    one(city.dump.runs, part="block#00000000")["refusals"] = "[]"
    assert found(city.dump) == {"import-sums"}


def test_a_block_that_was_lost_is_found(city: Lived) -> None:
    runs = tuple(item for item in city.dump.runs if item["part"] != "block#00000001")
    assert found(replace(city.dump, runs=runs)) == {"import-sums"}


def test_a_block_written_before_its_checkpoint_is_no_breach(city: Lived) -> None:
    block = {**one(city.dump.runs, part="block#00000001"), "part": "block#00000002"}
    assert found(replace(city.dump, runs=(*city.dump.runs, block))) == set()
