"""A worker's own pages: what he has, what comes next, where and when he signs in."""

from datetime import datetime, timedelta

from chalicelib.api import qr
from tests.api.journey import ANNA, BO, FIRST_LESSON, City, enrolled, tap
from tests.builders import MONDAY


def test_a_voucher_tells_its_next_step_and_how_long_it_lasts(city: City) -> None:
    city.post("/programmes/social-training/claims", ANNA)
    [mine] = city.get("/me/vouchers", ANNA)[1]["vouchers"]
    assert (mine["next_step"], mine["days_left"]) == ("show_code", 305)
    city.now = datetime(2026, 12, 31, 23, 59, tzinfo=MONDAY.tzinfo)
    assert city.get("/me/vouchers", ANNA)[1]["vouchers"][0]["days_left"] == 1


def test_a_voucher_of_last_year_is_still_shown(city: City) -> None:
    city.post("/programmes/social-training/claims", ANNA)
    city.now = datetime(2027, 1, 1, 0, 0, tzinfo=MONDAY.tzinfo)
    _, claimed = city.post("/programmes/social-training/claims", ANNA)
    assert claimed["period"] == "2027"
    newest, oldest = city.get("/me/vouchers", ANNA)[1]["vouchers"]
    assert [newest["period"], oldest["period"]] == ["2027", "2026"]
    assert (oldest["next_step"], oldest["days_left"]) == ("nothing", 0)


def test_a_code_comes_as_a_picture_to_who_asks_for_one(city: City) -> None:
    _, claimed = city.post("/programmes/social-training/claims", ANNA)
    code = f"/vouchers/{claimed['voucher_id']}/code"
    for picture in (
        city.page(code, ANNA, "image/svg+xml"),
        city.page(f"{code}?format=svg", ANNA, "*/*"),
    ):
        assert picture.headers["Content-Type"] == "image/svg+xml"
        shown = city.get(code, ANNA)[1]["code"]
        assert picture.body.decode() == qr.picture(shown) != qr.picture(claimed["voucher_id"])
    for text in (
        city.page(code, ANNA, "*/*"),
        city.page(code, ANNA, "image/svg+xml;q=0.1,application/json"),
        city.page(f"{code}?format=json", ANNA, "image/svg+xml"),
    ):
        assert text.json_body["code"].startswith(claimed["voucher_id"])
    wrong = city.page(f"{code}?format=png", ANNA, "*/*")
    assert (wrong.status_code, wrong.json_body["code"]) == (400, "bad_value")


def test_a_class_tells_where_it_is_and_from_when_to_sign_in(city: City) -> None:
    voucher_id, class_id = enrolled(city)
    [mine] = city.get("/me/classes", ANNA)[1]["classes"]
    assert (mine["voucher_id"], mine["class_id"]) == (voucher_id, class_id)
    assert (mine["institution"], mine["place"]["name"]) == ("徐汇样例培训中心", "样例教学点")
    opens_at = FIRST_LESSON - timedelta(minutes=60)
    assert mine["next_lesson"]["opens_at"] == opens_at.isoformat()
    city.now = FIRST_LESSON + timedelta(hours=2)
    [over] = city.get("/me/classes", ANNA)[1]["classes"]
    assert "next_lesson" not in over


def test_signing_in_is_shown_without_the_position(city: City) -> None:
    voucher_id, class_id = enrolled(city)
    assert city.get("/me/check-ins", ANNA) == (200, {"check_ins": []})
    city.now = FIRST_LESSON - timedelta(minutes=20)
    city.post(f"/vouchers/{voucher_id}/lessons/1/check-ins", ANNA, tap(city.now))
    assert city.get("/me/check-ins", ANNA)[1]["check_ins"] == [
        {
            "voucher_id": voucher_id,
            "class_id": class_id,
            "lesson_no": 1,
            "starts_at": FIRST_LESSON.isoformat(),
            "outcome": "good",
            "attempts": 1,
            "signed_at": city.now.isoformat(),
            "distance_m": 0,
        }
    ]
    assert city.get("/me/check-ins", BO) == (200, {"check_ins": []})
