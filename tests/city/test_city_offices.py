"""The offices' own files: organisations, sites, staff, budgets, results."""

import re
from collections import Counter

from stdnum.cn import uscc

from sim.city.places import DISTRICTS
from sim.city.trades import LEVELS, URGENT_OCCUPATIONS
from tests.city.sample_city import Samples

CODES = {district.code for district in DISTRICTS}


def test_every_kind_of_organisation_is_there_with_a_valid_code(city: Samples) -> None:
    rows = city.rows("organisations.csv")
    kinds = Counter(row["kind"] for row in rows)
    training = ("social-institution", "vocational-school", "skill-base")
    assert sum(kinds[kind] for kind in training) == kinds["district-office"] == 16
    assert min(kinds[kind] for kind in training) >= 5
    assert (kinds["city-office"], kinds["city-finance"]) == (1, 1)
    assert (kinds["assessment-body"], kinds["enterprise"]) == (1, 2)
    assert all(uscc.is_valid(row["code"]) for row in rows)
    assert len({row["code"] for row in rows}) == len({row["name"] for row in rows}) == len(rows)


def test_every_district_has_its_office_and_a_training_institution(city: Samples) -> None:
    rows = city.rows("organisations.csv")
    assert {row["district"] for row in rows if row["kind"] == "district-office"} == CODES
    payable = [row for row in rows if not row["kind"].endswith(("office", "finance"))]
    assert {row["district"] for row in payable if row["kind"] != "enterprise"} >= CODES
    assert all(re.fullmatch(r"\d{12}", row["branch_code"]) for row in payable)
    assert not any(row["account"].startswith("62199") for row in payable)


def test_sites_lie_in_shanghai_and_state_their_datum(city: Samples) -> None:
    rows = city.rows("sites.csv")
    assert len(rows) == 32
    assert {row["datum"] for row in rows} == {"GCJ-02", "WGS-84"}
    for row in rows:
        assert 120.85 < float(row["longitude"]) < 122.0
        assert 30.65 < float(row["latitude"]) < 31.88


def test_another_than_the_proposer_approves_and_permissions_are_one_officers_task(
    city: Samples,
) -> None:
    rights = {row["subject"]: set(row["rights"].split()) for row in city.rows("staff.csv")}
    cast = city.read_json("story.json")["cast"]
    assert "proposal.approve" in rights[cast["approver"]]
    assert "proposal.propose" not in rights[cast["approver"]]
    assert cast["approver"] not in cast["proposers"].values()
    managers = [who for who, may in rights.items() if "import.staff" in may]
    assert managers == ["staff-city-permissions"]
    tasks = {"import.organisations", "import.staff", "channel.manage"}
    assert rights["staff-city-permissions"] == tasks
    for code in CODES:
        assert "proposal.propose" in rights[f"staff-{code}-01"]
        assert "line.release" in rights[f"staff-{code}-02"]


def test_one_former_officer_has_rights_that_ended(city: Samples) -> None:
    ended = [row["subject"] for row in city.rows("staff.csv") if row["valid_until"]]
    assert ended == [city.read_json("story.json")["cast"]["former"]]


def test_the_budgets_cover_every_proposal(city: Samples) -> None:
    granted = {row["fund"]: int(row["granted_fen"]) for row in city.rows("budgets.csv")}
    funds = {"social-training": "employment-subsidy", "skill-certificate": "unemployment-insurance"}
    for programme, fund in funds.items():
        proposals = [each for each in city.table("proposals") if each["programme"] == programme]
        assert sum(each["total_fen"] for each in proposals) < granted[fund]


def test_a_certificate_number_agrees_with_the_level_it_certifies(city: Samples) -> None:
    for row in city.rows("results.csv"):
        if row["考核结果"] == "不合格":
            assert row["证书编号"] == ""
            assert row["项目"] == "social-training"
            continue
        assert re.fullmatch(r"[YS]\d{4}31\d{6}26[1-5]\d{6}", row["证书编号"])
        assert int(row["证书编号"][15]) == 5 - LEVELS.index(row["等级"])


def test_classes_are_of_several_levels_and_both_urgent_and_ordinary(large_city: Samples) -> None:
    classes = large_city.read_json("story.json")["classes"]
    assert len({each["level"] for each in classes}) == 5
    urgent = sum(each["occupation"] in URGENT_OCCUPATIONS for each in classes)
    assert 3 <= urgent <= 9
    assert len({each["institution"] for each in classes}) == 12
