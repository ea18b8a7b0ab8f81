"""One worker's way through the API, from the claim to the first lesson, on real tables and keys."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from chalice.test import Client

import app
from chalicelib import settings
from chalicelib.rules import ids
from chalicelib.rules.ids import PersonId
from chalicelib.rules.person import Group
from chalicelib.rules.principal import Right, Staff
from chalicelib.rules.run import RunKind
from chalicelib.store import organisations, people
from chalicelib.usecases import identify
from sim.issuer import Issuer, mint
from tests import seeding
from tests.api.gateway import number_requests, sample_number
from tests.builders import MONDAY, SQUARE, a_person

FIRST_LESSON = MONDAY + timedelta(days=7)
DESK = "staff-desk"


ANNA, BO, STRANGER = sample_number(1), sample_number(2), sample_number(3)


class City:
    """Calls under a clock the test moves, each POST under a key of its own unless one is given."""

    def __init__(self, issuer: Issuer) -> None:
        self.now = MONDAY
        self.client = Client(app.app)
        self.issuer = issuer
        self.keys = count(1)

    def ask(
        self, method: str, path: str, who: str, body: str = "", key: str | None = None
    ) -> tuple[int, Any]:
        """The status and the document; `who` is a worker's number or an official's subject."""
        worker = who if who.startswith("3199") else None
        subject = f"worker-{who[-6:]}" if worker else who
        token = mint(self.issuer, subject, self.now, document_number=worker)
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key or f"journey-{next(self.keys):05}",
        }
        answer = self.client.http.request(method, path, headers=headers, body=body.encode())
        return answer.status_code, answer.json_body

    def get(self, path: str, who: str) -> Any:
        return self.ask("GET", path, who)

    def post(self, path: str, who: str, body: str = "{}", key: str | None = None) -> Any:
        return self.ask("POST", path, who, body, key)


@pytest.fixture
def city(
    aws_city: None, jwks: Any, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[City]:
    monkeypatch.setenv("OIDC_JWKS_URL", jwks.as_uri())
    settings.load.cache_clear()
    number_requests(monkeypatch)
    made = City(issuer)
    monkeypatch.setattr(settings, "now", lambda: made.now)
    open_offices()
    yield made
    settings.load.cache_clear()


def open_offices() -> None:
    seeding.publish()
    seeding.open_institution()
    rights = frozenset({Right.VOUCHER_VERIFY, Right.VOUCHER_ENROL, Right.CLASS_FILE})
    organisations.save_staff(
        Staff(DESK, seeding.INSTITUTION.id, rights, date(2026, 1, 1), date(2026, 6, 30))
    )
    for number in (ANNA, BO):
        person_id = identify.person_of(number)
        person = a_person(Group.REGISTERED_UNEMPLOYED, person_id=person_id)
        people.register([(person, b"sealed", ids.run_id(RunKind.ROSTER, "seed", number), 2)])


def filing(starts_at: datetime) -> str:
    ends_at = starts_at + timedelta(minutes=90)
    return (
        '{"class_no":"C-1","programme":"social-training","site_no":"S1",'
        '"occupation":"养老护理员","level":5,"capacity":2,"lessons":'
        f'[{{"starts_at":"{starts_at.isoformat()}","ends_at":"{ends_at.isoformat()}"}}]}}'
    )


def test_a_worker_goes_from_the_claim_to_the_first_lesson(city: City) -> None:
    claims = "/programmes/social-training/claims"
    status, claimed = city.post(claims, ANNA, key="claim-00001")
    assert (status, claimed["state"], claimed["version"]) == (201, "CLAIMED", 2)
    assert city.post(claims, ANNA, key="claim-00001") == (201, claimed)
    assert city.get("/me/vouchers", ANNA) == (200, {"vouchers": [claimed]})
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


def tap(at: datetime) -> str:
    position = (
        f'{{"longitude":{SQUARE.longitude},"latitude":{SQUARE.latitude},'
        '"datum":"WGS-84","accuracy_m":12}'
    )
    return f'{{"position":{position},"device_time":"{at.isoformat()}"}}'


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
