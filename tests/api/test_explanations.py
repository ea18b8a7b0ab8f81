"""Why a voucher is as it is: told to those it concerns, to each what he may see."""

from datetime import date
from typing import Any

import pytest

from chalicelib.rules.principal import Right, Staff
from chalicelib.store import organisations
from tests import seeding
from tests.api.journey import ANNA, City

OFFICER = "staff-officer"


@pytest.fixture
def officer(city: City) -> str:
    """Somebody in the city's office who sees every voucher."""
    organisations.save(seeding.CITY_OFFICE, None)
    rights = frozenset({Right.VOUCHER_VIEW})
    organisations.save_staff(Staff(OFFICER, seeding.CITY_OFFICE.id, rights, date(2026, 1, 1), None))
    return OFFICER


def told(city: City, voucher_id: str, who: str, language: str = "en") -> Any:
    headers = {"Authorization": f"Bearer {city.token(who)}", "Accept-Language": language}
    answer = city.client.http.get(f"/vouchers/{voucher_id}/explanation", headers=headers)
    assert answer.status_code == 200, answer.body
    return answer.json_body


def test_a_worker_reads_why_he_was_given_a_voucher(city: City) -> None:
    _, claimed = city.post("/programmes/social-training/claims", ANNA)
    found = told(city, claimed["voucher_id"], ANNA)
    assert found["name"] == "Social vocational skills training"
    assert found["eligibility"]["outcome"] == "yes"
    assert found["eligibility"]["recomputed"]
