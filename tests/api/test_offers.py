"""The need over the API: a worker asks what he may claim and is told so in his language."""

from typing import Any
from urllib.parse import urlencode

import pytest

from tests import seeding
from tests.api.journey import ANNA, City

NEED = {"occupation": "养老护理员", "level": 5, "starts_on": "2026-03-09"}


def offered(city: City, **need: Any) -> dict[str, Any]:
    status, told = city.get(f"/me/offers?{urlencode(need)}", ANNA)
    assert status == 200, told
    return {one["programme"]: one for one in told["offers"]}


def test_a_worker_is_told_what_is_open_what_it_pays_and_on_whose_word(city: City) -> None:
    found = offered(city, **NEED)
    training = found["social-training"]
    assert (training["open"], training["amount_fen"]) == (True, 160_000)
    (part,) = training["parts"]
    assert (part["fund"], part["fund_name"]) == ("employment-subsidy", "就业补助资金")
    assert training["name"] == "社会化职业技能培训"
    told = {step["rule"]: step for step in training["why"]}
    assert told["eligible"]["name"] == "补贴对象"
    assert told["eligible"]["result"] == "是"
    assert told["standard"]["result"] == "1,600.00 元"
    assert told["ratio"]["source"].startswith("沪人社职发〔2016〕55号")


def test_what_is_not_open_says_why_with_its_rule(city: City) -> None:
    reason = offered(city, **NEED)["check-in"]["reason"]
    assert reason["code"] == "eligible_for_money"
    assert reason["rule"]["section"] == "二.(一)"
    assert "amount_fen" not in offered(city, **NEED)["check-in"]


def test_the_answer_comes_in_english_too(city: City) -> None:
    page = city.page(f"/me/offers?{urlencode(NEED)}", ANNA, "application/json")
    training, *_ = [one for one in page.json_body["offers"] if one["shape"] == "class"]
    assert training["name"] == "Social vocational skills training"
    assert training["parts"][0]["fund_name"] == "Employment subsidy fund"


def test_conditions_and_missing_facts_are_told_in_words(city: City) -> None:
    share = [{"percent_of_cost": 80}]
    gate = ("attendance", {"percent": 80, "late_per_absence": 0, "by": "class"})
    seeding.publish_like(
        "social-training",
        "by-cost",
        "class",
        standard=("standard", share),
        least_attendance=gate,
        instalments=("instalments", [{"parts": [{"name": "whole"}]}]),
    )
    found = offered(city, **NEED)["by-cost"]
    assert found["depends_on"] == ["培训费实际金额"]
    assert {"code": "least_attendance", "text": "出勤率不低于 80%。"} in found["conditions"]
    assert "amount_fen" not in found


@pytest.mark.parametrize(
    "need",
    ["level=0", "level=six", "mode=telepathic", "starts_on=soon", "district=上海", "colour=red"],
)
def test_a_need_that_cannot_be_read_is_refused_with_its_field(city: City, need: str) -> None:
    status, told = city.get(f"/me/offers?{need}", ANNA)
    assert (status, told["field"]) == (400, need.split("=")[0])


def test_a_claim_names_the_need_and_is_judged_by_it(city: City) -> None:
    lines = [{"levels": [1], "fen": 100}]
    seeding.publish_like("social-training", "masters", "class", standard=("standard", lines))
    body = '{"occupation":"养老护理员","level":5,"mode":"offline"}'
    status, told = city.post("/programmes/masters/claims", ANNA, body)
    assert (status, told["code"]) == (422, "course_not_covered")
    assert city.post("/programmes/social-training/claims", ANNA, body)[0] == 201
