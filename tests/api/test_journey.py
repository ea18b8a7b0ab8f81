"""One worker's way through the API, from the claim to the first lesson, on real tables and keys."""

from datetime import datetime, timedelta

from chalicelib.rules import ids
from chalicelib.rules.ids import PersonId
from tests import seeding
from tests.api.journey import ANNA, BO, DESK, FIRST_LESSON, STRANGER, City, filing, tap
from tests.builders import MONDAY


def test_a_worker_goes_from_the_claim_to_the_first_lesson(city: City) -> None:
    claims = "/programmes/social-training/claims"
    status, claimed = city.post(claims, ANNA, key="claim-00001")
    assert (status, claimed["state"], claimed["version"]) == (201, "CLAIMED", 2)
    assert city.post(claims, ANNA, key="claim-00001") == (201, claimed)
    [mine] = city.get("/me/vouchers", ANNA)[1]["vouchers"]
    assert mine.items() >= claimed.items()
    voucher = f"/vouchers/{claimed['voucher_id']}"

    status, shown = city.get(f"{voucher}/code", ANNA)
    code = f'{{"code":"{shown["code"]}"}}'
    status, verified = city.post(f"{voucher}/verification", DESK, code)
    assert (status, verified["state"]) == (201, "VERIFIED")
    assert verified["verified_by"] == seeding.INSTITUTION.id
    status, again = city.post(f"{voucher}/verification", DESK, code)
    assert (status, again["code"]) == (409, "code_spent")

    status, filed = city.post("/classes", DESK, filing(FIRST_LESSON))
    assert status == 201
    assert city.get(f"/classes/{filed['class_id']}", DESK) == (200, filed)
    seat = f'{{"class_id":"{filed["class_id"]}","paid_by":"worker"}}'
    status, enrolled = city.post(f"{voucher}/enrolment", DESK, seat)
    assert (status, enrolled["state"], enrolled["paid_by"]) == (201, "ENROLLED", "worker")
    assert city.get(voucher, DESK)[1]["class_id"] == filed["class_id"]

    city.now = FIRST_LESSON - timedelta(minutes=20)
    status, tapped = city.post(f"{voucher}/lessons/1/check-ins", ANNA, tap(city.now))
    assert (status, tapped) == (
        201,
        {"outcome": "good", "attempt_outcome": "good", "attempts": 1, "distance_m": 0},
    )


def test_a_profile_shows_masks_and_no_number(city: City) -> None:
    status, profile = city.get("/me", ANNA)
    assert status == 200
    assert ANNA not in str(profile)
    assert "***" in profile["document_number"]


def test_anothers_voucher_is_not_found(city: City) -> None:
    _, claimed = city.post("/programmes/social-training/claims", ANNA)
    absent = f"/vouchers/{ids.voucher_id(PersonId('p-1'), 'social-training', '2026', 1)}"
    for path in (f"/vouchers/{claimed['voucher_id']}", absent):
        for who in (BO, DESK):
            status, problem = city.get(path, who)
            assert (status, problem["code"]) == (404, "not_found")


def test_a_class_filed_too_late_names_the_rule(city: City) -> None:
    status, problem = city.post("/classes", DESK, filing(MONDAY + timedelta(days=2)))
    assert (status, problem["code"]) == (422, "filed_too_late")
    assert problem["rule"] == {"section": "三.(二)", "name": "开班与学员注册时限"}


def test_the_same_key_with_another_filing_is_refused(city: City) -> None:
    city.post("/classes", DESK, filing(FIRST_LESSON), key="filing-0001")
    other = filing(FIRST_LESSON).replace("C-1", "C-2")
    status, problem = city.post("/classes", DESK, other, key="filing-0001")
    assert (status, problem["code"]) == (422, "idempotency_key_reused")


def test_who_is_out_of_office_may_do_nothing_from_that_day_on(city: City) -> None:
    city.now = datetime(2026, 7, 1, 0, 0, tzinfo=MONDAY.tzinfo)
    status, problem = city.post("/classes", DESK, filing(city.now + timedelta(days=9)))
    assert (status, problem["code"]) == (403, "not_in_office")


def test_a_stranger_with_a_good_number_has_no_profile(city: City) -> None:
    status, problem = city.get("/me", STRANGER)
    assert (status, problem["code"]) == (404, "not_found")
