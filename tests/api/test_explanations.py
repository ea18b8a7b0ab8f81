"""Why a voucher is as it is: told to those it concerns, and to each no more than he may see."""

from datetime import date
from typing import Any

import pytest

from chalicelib.rules import ids
from chalicelib.rules.cases import Case
from chalicelib.rules.ids import ClassId, VoucherId
from chalicelib.rules.office_rows import Grant
from chalicelib.rules.principal import Right, Staff
from chalicelib.store import cases, organisations, programmes
from chalicelib.usecases import identify
from tests import groups, money, office_files, seeding
from tests.api.journey import ANNA, BO, DESK, City
from tests.money import DISTRICT

OFFICER = "staff-officer"
CAROL = office_files.number(1)
RIGHTS = frozenset({Right.VOUCHER_VIEW, Right.PROPOSAL_PROPOSE})
CANARIES = ("registered-unemployed", "Registered unemployed", "local", "hukou", "groups")
"""What an institution never learns of Carol."""


@pytest.fixture(autouse=True)
def _officer(city: City) -> None:
    """Somebody in the city's office who sees every voucher and proposes."""
    organisations.save(seeding.CITY_OFFICE, None)
    organisations.save_staff(Staff(OFFICER, seeding.CITY_OFFICE.id, RIGHTS, date(2026, 1, 1), None))


def asked(city: City, path: str, who: str, language: str = "en") -> Any:
    headers = {"Authorization": f"Bearer {city.token(who)}", "Accept-Language": language}
    answer = city.client.http.get(path, headers=headers)
    assert answer.status_code == 200, answer.body
    return answer.json_body


def told(city: City, voucher_id: str, who: str, language: str = "en") -> Any:
    return asked(city, f"/vouchers/{voucher_id}/explanation", who, language)


def texts_of(decision: Any) -> list[str]:
    return [step["text"].split(";")[0].split("；")[0] for step in decision["steps"]]


def test_a_worker_reads_why_he_was_given_a_voucher(city: City) -> None:
    _, claimed = city.post("/programmes/social-training/claims", ANNA)
    found = told(city, claimed["voucher_id"], ANNA)
    assert (found["name"], found["next_step"]) == ("Social vocational skills training", "show_code")
    judged = found["eligibility"]
    assert (judged["outcome"], judged["recomputed"]) == ("yes", True)
    assert (judged["rule"]["section"], judged["on"]) == ("二.(一)", "2026-03-02")
    assert judged["inputs"]["person"]["groups"] == [
        {"name": "registered-unemployed", "since": "2025-01-01"}
    ]
    assert texts_of(judged) == ["belongs to those who are eligible (group: Registered unemployed)"]
    assert "amount" not in found


def test_it_is_told_in_chinese_to_who_asks_for_it(city: City) -> None:
    _, claimed = city.post("/programmes/social-training/claims", ANNA)
    found = told(city, claimed["voucher_id"], ANNA, "zh-CN")
    assert texts_of(found["eligibility"]) == ["属于补贴对象（人员类别：登记失业人员）"]


def test_the_check_in_voucher_says_that_no_programme_pays(city: City) -> None:
    bo_leaves_his_group()
    _, claimed = city.post("/programmes/check-in/claims", BO)
    found = told(city, claimed["voucher_id"], BO)["eligibility"]
    assert found["recomputed"]
    assert texts_of(found) == ["no programme with money is open, so the check-in voucher is"]


def bo_leaves_his_group() -> None:
    seeding.end_facts(seeding.worker(identify.person_of(BO)), date(2025, 12, 31))


def settled(city: City) -> VoucherId:
    """Carol's voucher, taught, assessed on the 16th, proposed by the officer."""
    made = money.assessed(1)
    city.now = money.SETTLING
    body = f'{{"programme":"social-training","district":"{DISTRICT}"}}'
    status, proposal = city.post("/proposals", OFFICER, body)
    assert (status, proposal.get("entries")) == (201, 1), proposal
    return made.id


def test_an_amount_is_told_step_by_step_with_its_rule_and_day(city: City) -> None:
    amount = told(city, settled(city), CAROL)["amount"]
    assert (amount["outcome"], amount["amount_fen"], amount["recomputed"]) == ("yes", 160000, True)
    steps = {step["rule"]: step for step in amount["steps"]}
    standard = steps["standard"]
    assert (standard["governed_by"], standard["on"]) == ("enrolment", "2026-03-02")
    assert standard["text"] == (
        "standard 1,600.00 yuan (level: Level 5, junior worker); ruled since 2026-01-01: "
        f"{standard['source']}; as of the day of enrolment, 2026-03-02"
    )
    assert steps["ratio"]["text"].startswith(
        "ratio: 1,600.00 yuan × 100% = 1,600.00 yuan"
        " (group: Registered unemployed, judged on: 2026-03-02)"
    )
    assert steps["ratio"]["inputs"]["group"] == "registered-unemployed"
    rounded = "rounding down to the fen: 1,600.00 yuan → 1,600.00 yuan"
    assert steps["rounding"]["text"].startswith(rounded)


def test_before_anybody_proposes_it_is_told_as_of_today(city: City) -> None:
    made = money.assessed(1)
    city.now = money.SETTLING
    amount = told(city, made.id, CAROL)["amount"]
    assert (amount["on"], amount["amount_fen"]) == ("2026-03-20", 160000)
    assert not {"why", "recomputed"} & amount.keys()


def test_an_institution_sees_course_and_sums_and_nothing_of_the_person(city: City) -> None:
    voucher_id = settled(city)
    found = told(city, voucher_id, DESK)
    assert found["amount"]["amount_fen"] == 160000
    assert found["amount"]["inputs"]["course"] == {"occupation": "养老护理员", "level": 5}
    assert [step["rule"] for step in found["amount"]["steps"]] == [
        step["rule"] for step in told(city, voucher_id, CAROL)["amount"]["steps"]
    ]
    for canary in CANARIES:
        assert canary not in str(found)
        assert canary not in str(told(city, voucher_id, DESK, "zh-CN"))


def test_an_official_sees_what_was_judged_and_no_more(city: City) -> None:
    found = told(city, settled(city), OFFICER)
    assert found["amount"]["inputs"]["person"].keys() <= {"employed", "groups", "local"}
    for secret in (CAROL, "319***", "张", "phone", "born_on", "account"):
        assert secret not in str(found)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_an_explanation_tells_nobody_who_the_person_is(city: City, language: str) -> None:
    voucher_id = settled(city)
    for who in (CAROL, DESK, OFFICER):
        found = str(told(city, voucher_id, who, language))
        for secret in (CAROL, CAROL[:6], "张", "16900000000", office_files.account(1)):
            assert secret not in found, who


def test_everybody_else_finds_no_voucher(city: City) -> None:
    _, claimed = city.post("/programmes/social-training/claims", ANNA)
    for who in (BO, DESK):
        status, problem = city.get(f"/vouchers/{claimed['voucher_id']}/explanation", who)
        assert (status, problem["code"]) == (404, "not_found")


def test_a_held_payment_names_the_case_it_waits_for(city: City) -> None:
    programmes.grant(Grant(money.FUND, 2026, money.STANDARD_FEN))
    made = money.assessed(1)
    cases.open_one(
        Case(
            *(ids.case_id(made.id, "check-in", 1), made.id, "check-in", ClassId("c-1"), 1),
            *("outside", DISTRICT, "2026-03-09T08:20:00+08:00", True, None),
        )
    )
    money.settled()
    city.now = money.SETTLING
    [paid] = told(city, made.id, CAROL)["payments"]
    assert (paid["state"], paid["amount_fen"]) == ("HELD", 160000)
    assert paid["held_because"] == ["Payment is held until the district has decided an open case."]


def test_a_voucher_from_before_its_inputs_were_kept_says_less(city: City) -> None:
    made = money.enrolled(7)
    found = told(city, made.id, OFFICER)
    assert "eligibility" not in found


def test_who_waits_for_a_proposal_is_listed_with_what_keeps_him_back(city: City) -> None:
    first = money.assessed(8)
    second = money.assessed(9, group=groups.OTHER)
    city.now = money.SETTLING
    where = f"/candidates?programme=social-training&district={DISTRICT}"
    listed = {one["voucher_id"]: one for one in asked(city, where, OFFICER)["candidates"]}
    assert listed[first.id].keys() == {"voucher_id", "assessed_on", "outcome", "amount_fen"}
    assert (listed[second.id]["outcome"], listed[second.id]["kept_back"]) == ("no", "no_ratio")
    assert listed[second.id]["text"] == "The policy has no ratio for this group."


def test_candidates_come_in_pages(city: City) -> None:
    made = {money.assessed(n).id for n in (8, 9, 10)}
    city.now = money.SETTLING
    where = f"/candidates?programme=social-training&district={DISTRICT}&limit=2"
    page = asked(city, where, OFFICER)
    rest = asked(city, f"{where}&cursor={page['next_cursor']}", OFFICER)
    assert {one["voucher_id"] for one in page["candidates"] + rest["candidates"]} == made


def test_a_refused_claim_tells_the_steps_of_its_refusal(city: City) -> None:
    bo_leaves_his_group()
    status, problem = city.post("/programmes/social-training/claims", BO)
    assert (status, problem["code"]) == (422, "not_eligible")
    [step] = problem["steps"]
    assert step.startswith("不属于补贴对象（不符合的条件：人员类别）")
