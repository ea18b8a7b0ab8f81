"""Amounts: the published figures, each group and level, the list of 2024-12."""

from datetime import date

import pytest

from chalicelib.policy.decisions import settle
from chalicelib.rules.decision import Outcome
from chalicelib.rules.person import Group
from chalicelib.rules.situation import Course, Event, Fees, Situation
from tests import groups
from tests.builders import a_person, a_policy

DAY = date(2026, 3, 16)
TABLE = {5: (1500, 1200), 4: (2000, 1600), 3: (2500, 2000), 2: (3000, 2400), 1: (3500, 2800)}
RAISED = {5: (1950, 1560), 4: (2600, 2080), 3: (3250, 2600), 2: (3900, 3120), 1: (4550, 3640)}


def fen(
    group: Group, occupation: str, level: int, *, programme: str, local: bool = True, on: date = DAY
) -> int | None:
    person = a_person(group, local=local, since=date(2022, 1, 1))
    situation = Situation(
        person.known,
        Course(occupation, level),
        events={Event.ENROLMENT: on, Event.CERTIFICATE: on},
        fees=Fees(paid_by="worker"),
    )
    found = settle.decide(a_policy(programme), situation, on)
    return found.amount_fen if found.outcome is Outcome.YES else None


@pytest.mark.parametrize("level", TABLE)
def test_the_published_table_of_the_certificate_programme(level: int) -> None:
    whole, at_80 = TABLE[level]
    common = {"occupation": "电工", "level": level, "programme": "skill-certificate"}
    assert fen(groups.REGISTERED_UNEMPLOYED, **common) == whole * 100
    assert fen(groups.EMPLOYEE, **common) == at_80 * 100


@pytest.mark.parametrize("level", RAISED)
def test_the_listed_occupations_get_thirty_percent_more(level: int) -> None:
    whole, at_80 = RAISED[level]
    common = {"occupation": "养老护理员", "level": level, "programme": "skill-certificate"}
    assert fen(groups.DISABLED, **common) == whole * 100
    assert fen(groups.EMPLOYEE, **common) == at_80 * 100


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 11, 30), 150000),
        (date(2024, 12, 1), 195000),
        (date(2024, 12, 2), 195000),
    ],
)
def test_the_list_holds_from_its_first_day(day: date, expected: int) -> None:
    common = {"programme": "skill-certificate", "on": day}
    assert fen(groups.VETERAN, "养老护理员", 5, **common) == expected


@pytest.mark.parametrize(
    ("group", "occupation", "level", "percent"),
    [
        (groups.REGISTERED_UNEMPLOYED, "电工", 5, 100),
        (groups.AGREEMENT_INSURED, "电工", 5, 100),
        (groups.RURAL_SURPLUS, "电工", 5, 100),
        (groups.DISABLED, "电工", 5, 100),
        (groups.VETERAN, "电工", 5, 100),
        (groups.EMPLOYEE, "家政服务员", 5, 80),
        (groups.EMPLOYEE, "电工", 5, 60),
        (groups.COLLEGE_FINAL_YEAR, "电工", 4, 80),
        (groups.COLLEGE_FINAL_YEAR, "电工", 5, 60),
        (groups.VOCATIONAL_FINAL_YEAR, "电工", 3, 80),
        (groups.VOCATIONAL_FINAL_YEAR, "电工", 5, 60),
    ],
)
def test_the_ratios_of_the_class_programme(
    group: Group, occupation: str, level: int, percent: int
) -> None:
    standard = {5: 160000, 4: 220000, 3: 290000}[level]
    found = fen(group, occupation, level, programme="social-training")
    assert found == standard * percent // 100


def test_an_outsider_among_the_unemployed_gets_nothing() -> None:
    found = fen(groups.REGISTERED_UNEMPLOYED, "电工", 5, programme="social-training", local=False)
    assert found is None


def test_a_college_student_below_level_four_gets_no_certificate_subsidy() -> None:
    found = fen(groups.COLLEGE_FINAL_YEAR, "电工", 5, programme="skill-certificate")
    assert found is None
