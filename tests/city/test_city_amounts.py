"""The second opinion on the money rules, against figures written down by hand."""

from datetime import date

import pytest

from sim.city.amounts import certificate_fen, is_eligible, training_fen
from sim.city.people import Person

DAY = date(2026, 3, 2)


def _worker(group: str, *, is_local: bool = True, until: date | None = None) -> Person:
    number = "319901199001010010"
    return Person(number, "王一", "16900000000", group, date(2025, 1, 1), until, is_local, "310101")


@pytest.mark.parametrize(
    ("level", "whole", "at_80_percent", "uplifted", "uplifted_at_80_percent"),
    [
        ("五级", 1500, 1200, 1950, 1560),
        ("四级", 2000, 1600, 2600, 2080),
        ("三级", 2500, 2000, 3250, 2600),
        ("二级", 3000, 2400, 3900, 3120),
        ("一级", 3500, 2800, 4550, 3640),
    ],
)
def test_certificates_pay_the_published_table(
    level: str, whole: int, at_80_percent: int, uplifted: int, uplifted_at_80_percent: int
) -> None:
    without, employee = _worker("registered-unemployed"), _worker("employee")
    assert certificate_fen(without, "茶艺师", level, DAY) == whole * 100
    assert certificate_fen(employee, "茶艺师", level, DAY) == at_80_percent * 100
    assert certificate_fen(without, "养老护理员", level, DAY) == uplifted * 100
    assert certificate_fen(employee, "养老护理员", level, DAY) == uplifted_at_80_percent * 100


@pytest.mark.parametrize(
    ("group", "occupation", "level", "yuan"),
    [
        ("disabled", "茶艺师", "五级", 1600),
        ("veteran", "养老护理员", "一级", 4200),
        ("employee", "养老护理员", "三级", 2320),
        ("employee", "茶艺师", "三级", 1740),
        ("college-final-year", "茶艺师", "四级", 1760),
        ("vocational-final-year", "茶艺师", "五级", 960),
    ],
)
def test_a_passed_class_pays_its_standard_by_the_ratio_of_the_group(
    group: str, occupation: str, level: str, yuan: int
) -> None:
    assert training_fen(_worker(group), occupation, level, DAY) == yuan * 100


def test_a_college_student_is_paid_for_no_certificate_below_the_fourth_level() -> None:
    student = _worker("college-final-year")
    assert certificate_fen(student, "茶艺师", "五级", DAY) == 0
    assert certificate_fen(student, "茶艺师", "四级", DAY) == 160_000


@pytest.mark.parametrize("group", ["registered-unemployed", "agreement-insured", "rural-surplus"])
def test_three_groups_are_eligible_as_locals_only(group: str) -> None:
    assert is_eligible(_worker(group), DAY)
    assert not is_eligible(_worker(group, is_local=False), DAY)


def test_other_workers_and_ended_facts_are_not_eligible() -> None:
    assert not is_eligible(_worker("other"), DAY)
    assert is_eligible(_worker("veteran", until=DAY), DAY)
    assert not is_eligible(_worker("veteran", until=date(2026, 3, 1)), DAY)
    assert training_fen(_worker("other"), "茶艺师", "五级", DAY) == 0
