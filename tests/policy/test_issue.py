"""Whom a programme serves without being asked, decided on its document alone."""

from datetime import date
from typing import Any

import pytest

from chalicelib import policy
from chalicelib.policy import Policy, decisions
from chalicelib.policy.check import FaultyPolicy, checked
from chalicelib.policy.place import read
from chalicelib.rules.decision import Outcome
from chalicelib.rules.eligibility import Claiming
from chalicelib.rules.person import FactKind
from chalicelib.rules.situation import PersonFacts, Situation, Spell
from tests import groups
from tests.builders import POLICIES, a_policy

ON = date(2026, 3, 2)
LIST = "重点企业名单"


def a_policy_like(name: str, unit: str, *values: tuple[str, Any]) -> Policy:
    """The policy of 社会化职业技能培训 with these values of one parameter, each from its day."""
    document = read(POLICIES / "social-training")
    entries = [{"from": since, "value": value, "source": "test"} for since, value in values]
    parameter = {name: {"unit": unit, "values": entries}}
    changed = document | {"parameters": document["parameters"] | parameter}
    return Policy.of(policy.digest(changed), checked(changed))


def somebody(*, local: bool = True, until: date | None = None) -> Situation:
    """Registered unemployed since 2025."""
    spell = Spell(groups.REGISTERED_UNEMPLOYED, date(2025, 1, 1), until)
    return Situation(PersonFacts(local=local, groups=(spell,)))


def decided(policy: Policy, situation: Situation, on: date = ON) -> tuple[Outcome, str]:
    """The outcome and its code; the answer for the many of a batch is the same each time."""
    found = decisions.issue.decide(policy, situation, on)
    assert decisions.issue.served(policy, on)(situation) is (found.outcome is Outcome.YES)
    return found.outcome, found.code


def test_who_is_served_and_who_is_not_each_with_the_reason() -> None:
    employee = Situation(PersonFacts(groups=(Spell(groups.EMPLOYEE, date(2025, 1, 1)),)))
    assert decided(a_policy(), somebody()) == (Outcome.YES, "")
    assert decided(a_policy(), somebody(local=False)) == (Outcome.NO, "not_eligible")
    assert decided(a_policy(), employee) == (Outcome.NO, "not_proactive")
    assert decided(a_policy("skill-certificate"), somebody()) == (Outcome.NO, "not_proactive")


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2026, 3, 1), "not_proactive"),
        (date(2026, 3, 2), ""),
        (date(2026, 3, 3), ""),
        (date(2026, 3, 4), "not_eligible"),
    ],
)
def test_a_line_serves_from_its_day_on_and_a_person_while_his_fact_holds(
    on: date, code: str
) -> None:
    begun = [{"groups": [groups.REGISTERED_UNEMPLOYED]}]
    found = a_policy_like("proactive_groups", "group-list", ("2026-03-02", begun))
    assert decided(found, somebody(until=date(2026, 3, 3)), on)[1] == code


def test_a_batch_is_for_a_group_or_list_that_a_line_names() -> None:
    lines = [{"groups": [groups.EMPLOYEE]}, {"listed": LIST, "local": True}]
    found = a_policy_like("proactive_groups", "group-list", ("2026-03-02", lines))
    asked = [
        *[(FactKind.GROUP, groups.EMPLOYEE), (FactKind.GROUP, groups.VETERAN)],
        *[(FactKind.GROUP, LIST), (FactKind.LISTED, LIST), (FactKind.LISTED, LIST[:-1])],
    ]
    answers = [decisions.issue.serves(found, kind, name, ON) for kind, name in asked]
    assert answers == [True, False, False, True, False]
    assert not decisions.issue.serves(found, FactKind.LISTED, LIST, date(2026, 3, 1))


def test_claiming_is_by_the_person_until_the_day_it_is_automatic() -> None:
    found = a_policy_like("claiming", "claiming", ("2026-03-02", "on-joining"))
    told = [
        decisions.issue.decide(found, somebody(), on).facts["claiming"]
        for on in (date(2026, 3, 1), date(2026, 3, 2))
    ]
    assert told == [Claiming.BY_PERSON, Claiming.ON_JOINING]
    assert decisions.issue.decide(found, somebody(), ON).trace[-1].rule == "claiming"


def test_a_word_that_is_no_way_of_claiming_is_refused_with_those_there_are() -> None:
    with pytest.raises(FaultyPolicy, match="by-person, on-joining"):
        a_policy_like("claiming", "claiming", ("2026-03-02", "at-once"))


def test_a_document_of_before_groups_were_declared_has_those_that_its_lines_name() -> None:
    document = read(POLICIES / "social-training")
    parameters = {name: kept for name, kept in document["parameters"].items() if name != "groups"}
    found = Policy.of("old", document | {"parameters": parameters}).groups(ON)
    assert found.keys() == a_policy().groups(ON).keys() - {groups.OTHER}
    assert not any(found.values())
