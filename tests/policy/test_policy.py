"""Policies: the day before, on and after a start, and every fault named."""

import shutil
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest

from chalicelib import policy
from chalicelib.policy import Policy, vocabulary
from chalicelib.policy.check import FaultyPolicy, checked
from chalicelib.policy.decisions import settle
from chalicelib.policy.place import read, read_place
from chalicelib.policy.units import lines
from chalicelib.rules.amount.steps import STEPS
from chalicelib.rules.condition import WORDS
from chalicelib.rules.gates import GATES
from chalicelib.rules.situation import Course, Earlier, Event, Situation
from chalicelib.rules.workdays import DayUnit, Span
from tests import groups
from tests.builders import POLICIES, a_person, a_policy


def test_every_programme_of_shanghai_is_sound_and_stands_in_the_folder_of_its_name() -> None:
    documents = read_place(POLICIES)
    assert set(documents) == {path.name for path in POLICIES.iterdir() if path.is_dir()} - {"cases"}


def test_the_same_content_has_the_same_hash_whatever_the_order_of_files() -> None:
    document = read(POLICIES / "social-training")
    turned = dict(reversed(document.items()))
    assert policy.digest(turned) == policy.digest(document)
    turned["shape"] = "certificate"
    assert policy.digest(turned) != policy.digest(document)


@pytest.mark.parametrize(
    ("day", "lead"),
    [(date(2021, 7, 19), None), (date(2021, 7, 20), 3), (date(2021, 7, 21), 3)],
)
def test_a_value_holds_from_its_first_day(day: date, lead: int | None) -> None:
    assert a_policy().value("filing_lead", day) == lead


def test_a_later_value_never_changes_an_earlier_day() -> None:
    document = read(POLICIES / "social-training")
    changed = deepcopy(document)
    changed["parameters"]["filing_lead"]["values"].append(
        {"from": "2026-07-01", "value": 5, "source": "a test"}
    )
    old, new = Policy.of("a", document), Policy.of("b", checked(changed))
    for day in (date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 2)):
        expected = 5 if day >= date(2026, 7, 1) else old.value("filing_lead", day)
        assert new.value("filing_lead", day) == expected


@pytest.mark.parametrize(
    ("name", "spoil", "message"),
    [
        ("filing_lead", {"unit": "day"}, "unit is 'day', needs calendar-day or working-day"),
        ("filing_lead", {"values": []}, "at least one value"),
        ("filing_lead", {"values": [{"from": "soon", "value": 3, "source": "s"}]}, "as a date"),
        ("filing_lead", {"values": [{"from": "2026-01-01", "value": 3}]}, "names no source"),
        (
            "filing_lead",
            {"values": [{"from": "2026-01-01", "value": -1, "source": "s"}]},
            "is -1; needs",
        ),
        (
            "accuracy_share",
            {"values": [{"from": "2026-01-01", "value": 101, "source": "s"}]},
            "is 101; needs a whole percentage",
        ),
        (
            "filing_lead",
            {
                "values": [
                    {"from": "2026-01-02", "value": 3, "source": "s"},
                    {"from": "2026-01-01", "value": 3, "source": "s"},
                ]
            },
            "does not start after",
        ),
    ],
)
def test_a_fault_names_the_key_and_the_mend(
    name: str, spoil: dict[str, object], message: str
) -> None:
    document = deepcopy(read(POLICIES / "social-training"))
    document["parameters"][name].update(spoil)
    with pytest.raises(FaultyPolicy) as refused:
        checked(document)
    assert any(fault.startswith(name) and message in fault for fault in refused.value.faults)


def test_a_missing_and_an_unknown_parameter_are_both_listed() -> None:
    document = deepcopy(read(POLICIES / "social-training"))
    document["parameters"]["colour"] = document["parameters"].pop("standard")
    with pytest.raises(FaultyPolicy) as refused:
        checked(document)
    assert [fault.split(":")[0] for fault in refused.value.faults] == ["standard", "colour"]


def test_a_folder_that_says_a_thing_twice_is_refused(tmp_path: Path) -> None:
    shutil.copytree(POLICIES, tmp_path / "shanghai")
    doubled = tmp_path / "shanghai" / "check-in"
    shutil.copy(doubled / "class.toml", doubled / "zz.toml")
    with pytest.raises(FaultyPolicy, match=r"zz\.toml: filing_lead stands in check-in/class\.toml"):
        read_place(tmp_path / "shanghai")


def test_every_word_of_the_rules_conditions_has_its_check() -> None:
    assert lines.CHECKS.keys() == WORDS.keys()


def test_a_cap_counts_what_this_programme_paid_and_no_other() -> None:
    document = read(POLICIES / "skill-certificate")
    capped = deepcopy(document)
    since = {"from": "2024-01-01", "source": "a test"}
    capped["parameters"]["caps"] = {
        "unit": "caps",
        "governed_by": "certificate",
        "values": [{**since, "value": {"per_person_fen": 200_000}}],
    }
    order = {**since, "value": ["standard", "uplift", "ratio", "caps", "rounding"]}
    capped["parameters"]["order"]["values"] = [order]
    paid = date(2025, 5, 1)
    situation = Situation(
        a_person(groups.VETERAN).known,
        Course("电工", 5),
        events={Event.CERTIFICATE: date(2026, 3, 2)},
        earlier=(Earlier("skill-certificate", paid, 90_000), Earlier("other", paid, 90_000)),
    )
    found = settle.decide(Policy.of("x", checked(capped)), situation, date(2026, 3, 20))
    assert found.amount_fen == 110_000


@pytest.mark.parametrize(
    ("day", "unit"),
    [
        (date(2026, 6, 30), DayUnit.CALENDAR),
        (date(2026, 7, 1), DayUnit.WORKING),
        (date(2026, 7, 2), DayUnit.WORKING),
    ],
)
def test_a_value_may_come_in_another_unit_than_the_one_before_it(day: date, unit: DayUnit) -> None:
    document = deepcopy(read(POLICIES / "social-training"))
    later = {"from": "2026-07-01", "unit": "working-day", "value": 3, "source": "a test"}
    document["parameters"]["filing_lead"]["values"].append(later)
    assert Policy.of("x", checked(document)).read("filing_lead", day) == Span(3, unit)
    later["unit"] = "minute"
    with pytest.raises(FaultyPolicy, match="is in 'minute'; needs calendar-day or working-day"):
        checked(document)


def test_the_vocabulary_names_every_step_and_every_gate_that_the_rules_have() -> None:
    assert STEPS.keys() == vocabulary.ARITHMETIC
    assert GATES.keys() == vocabulary.PAYMENT_GATES
