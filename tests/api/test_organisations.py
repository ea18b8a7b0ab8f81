"""Pages for organisations: masks only, cursors that are opaque, and nothing of anybody else's."""

from datetime import date

import pytest

from chalicelib.rules.principal import Right, Staff
from chalicelib.store import organisations
from tests import seeding
from tests.api.journey import ANNA, DESK, FIRST_LESSON, City, enrolled, filing

OFFICE = "staff-office"


@pytest.fixture(autouse=True)
def _office(city: City) -> None:
    rights = frozenset({Right.INSTITUTION_VIEW, Right.ENTERPRISE_VIEW})
    in_office = Staff(OFFICE, seeding.INSTITUTION.id, rights, date(2026, 1, 1), None)
    organisations.save_staff(in_office)


def test_an_institution_turns_the_pages_of_its_classes(city: City) -> None:
    numbers = {"C-1", "C-2", "C-3"}
    for number in numbers:
        city.post("/classes", DESK, filing(FIRST_LESSON).replace("C-1", number))
    status, page = city.get("/institution/classes?limit=2", OFFICE)
    assert (status, len(page["classes"])) == (200, 2)
    _, rest = city.get(f"/institution/classes?limit=2&cursor={page['next_cursor']}", OFFICE)
    assert "next_cursor" not in rest
    assert {told["class_no"] for told in page["classes"] + rest["classes"]} == numbers


def test_the_learners_are_shown_masked_with_their_attendance(city: City) -> None:
    voucher_id, class_id = enrolled(city)
    status, page = city.get(f"/classes/{class_id}/learners", OFFICE)
    assert (status, page) == (
        200,
        {
            "learners": [
                {
                    "voucher_id": voucher_id,
                    "holder": {"name": "张*", "document_number": "319***********0000"},
                    "state": "ENROLLED",
                    "attendance": {
                        "lessons": 1,
                        "lessons_over": 0,
                        "signed_good": 0,
                        "signed": 0,
                    },
                }
            ]
        },
    )


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/institution/lines?cursor=bm9uZQ", 400, "bad_cursor"),
        ("/institution/classes?limit=101", 400, "bad_value"),
        ("/enterprise/vouchers", 403, "not_an_enterprise"),
        (f"/classes/c-{'a' * 26}/learners", 404, "not_found"),
        (f"/classes/c-{'a' * 26}/learners?limit=31", 400, "bad_value"),
    ],
)
def test_wrong_input_is_told_what_is_wrong(city: City, path: str, status: int, code: str) -> None:
    answer, problem = city.get(path, OFFICE)
    assert (answer, problem["code"]) == (status, code)


def test_a_worker_and_a_desk_without_the_right_see_none_of_it(city: City) -> None:
    for path in ("/institution/lines", "/institution/classes", "/enterprise/vouchers"):
        for who in (ANNA, DESK):
            assert city.get(path, who)[1]["code"] == "right_missing"
    assert city.get("/institution/lines", OFFICE) == (200, {"lines": []})
