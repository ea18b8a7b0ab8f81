"""The shape of classes as policy data: hours, practice, kinds, licence, rosters; and switches."""

from datetime import date
from typing import Any

import pytest

from chalicelib.policy import Policy, decisions
from chalicelib.policy.check import faults
from chalicelib.rules.decision import Decision, Outcome
from chalicelib.rules.functions import Function
from chalicelib.rules.licence import Scope
from chalicelib.rules.situation import Course, Event, MissingInput, Situation
from chalicelib.rules.teaching_facts import Plan
from tests.builders import a_policy

FILED_ON = date(2026, 3, 2)
STARTS_ON = date(2026, 3, 9)
SIX_HOURS = {"theory": 180, "practice": 90}


def policy_with(**values: tuple[str, Any]) -> Policy:
    """Shanghai's social training with more parameters, each with its unit and value."""
    like = a_policy()
    more = {
        name: {"unit": unit, "values": [{"from": "2021-07-20", "value": value, "source": "test"}]}
        for name, (unit, value) in values.items()
    }
    return Policy(like.hash, like.programme, like.shape, {**like.parameters, **more}, like.names)


def document_of(policy: Policy) -> dict[str, Any]:
    return {
        "place": "shanghai",
        "programme": policy.programme,
        "shape": policy.shape.value,
        "name": policy.names,
        "parameters": policy.parameters,
    }


def filed(policy: Policy, **changes: Any) -> Decision:
    plan = Plan(30, changes.get("minutes", SIX_HOURS), changes.get("licence", ()))
    course = Course("养老护理员", changes.get("level", 5), changes.get("kind"), "offline")
    situation = Situation(course=course, plan=plan, events={Event.CLASS_START: STARTS_ON})
    return decisions.file.decide(policy, situation, FILED_ON)


@pytest.mark.parametrize(("minutes", "code"), [(270, ""), (269, "too_few_hours"), (271, "")])
def test_a_class_has_the_least_lesson_hours_of_its_level(minutes: int, code: str) -> None:
    policy = policy_with(
        least_hours=("hours-by-level", {"5": 6, "4": 80}), lesson_minutes=("minute", 45)
    )
    found = filed(policy, minutes={"theory": minutes})
    assert found.code == code
    assert filed(policy, minutes={"theory": minutes}, level=4).code == "too_few_hours"
    assert filed(policy, minutes={"theory": 45}, level=3).outcome is Outcome.YES
    assert [step.rule for step in found.trace][-2:] == ["lesson_minutes", "least_hours"]


@pytest.mark.parametrize(("practice", "code"), [(90, ""), (89, "too_little_practice")])
def test_a_class_has_its_share_of_practice(practice: int, code: str) -> None:
    policy = policy_with(practice_share=("percent", 50))
    assert filed(policy, minutes={"theory": 90, "practice": practice}).code == code


def test_a_list_of_kinds_may_have_the_usual_class_that_is_of_none() -> None:
    policy = policy_with(class_kinds=("kinds", ["usual", "A"]))
    assert [filed(policy, kind=kind).code for kind in (None, "A", "B")] == ["", "", "class_kind"]


@pytest.mark.parametrize(("kind", "code"), [("A", ""), ("C", "class_kind"), (None, "class_kind")])
def test_where_classes_have_kinds_each_is_of_one(kind: str | None, code: str) -> None:
    assert filed(policy_with(class_kinds=("kinds", ["A", "B"])), kind=kind).code == code


def test_where_they_have_none_no_class_names_one() -> None:
    assert filed(a_policy(), kind="A").code == "class_kind"


@pytest.mark.parametrize(
    ("licence", "code"),
    [
        ((Scope("养老护理员", 5, 4),), ""),
        ((Scope("养老护理员", 4, 3),), "outside_licence"),
        ((Scope("家政服务员", 5, 1),), "outside_licence"),
        ((), "outside_licence"),
    ],
)
def test_where_a_licence_is_needed_the_class_lies_in_it(
    licence: tuple[Scope, ...], code: str
) -> None:
    assert filed(policy_with(licence_needed=("flag", True)), licence=licence).code == code
    assert filed(policy_with(licence_needed=("flag", False)), licence=licence).code == ""


def test_what_a_rule_needs_and_nobody_states_is_named() -> None:
    with pytest.raises(MissingInput, match=r"events\.class-start"):
        decisions.file.decide(a_policy(), Situation(), FILED_ON)


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2026, 4, 28), ""),
        (date(2026, 4, 29), ""),  # then the 30th and, after the holidays, the 6th
        (date(2026, 4, 30), "enrolled_too_late"),
    ],
)
def test_a_lead_in_working_days_steps_over_the_holidays_of_may(on: date, code: str) -> None:
    policy = policy_with(filing_lead=("working-day", 3))
    events = {Event.CLASS_START: date(2026, 5, 7)}
    found = decisions.enrol.decide(policy, Situation(events=events), on)
    assert found.code == code
    assert found.trace[0].inputs["announced"] is True


def test_a_course_that_nobody_of_the_group_may_take_is_refused_at_enrolment() -> None:
    lines = [{"groups": ["employee"], "occupations": ["家政服务员"]}]
    policy = policy_with(eligible=("group-list", lines))
    assert decisions.course.asked(policy, FILED_ON)
    assert not decisions.course.asked(a_policy(), FILED_ON)
    course = Course("养老护理员", 5, mode="offline")
    situation = Situation(course=course, events={Event.CLASS_START: STARTS_ON})
    assert decisions.enrol.decide(policy, situation, FILED_ON).code == "not_for_this_course"


def test_a_function_that_is_not_named_is_off_and_without_the_parameter_all_are_on() -> None:
    policy = policy_with(functions=("functions", [Function.ISSUE]))
    for function in Function:
        found = decisions.functions.decide(policy, function, FILED_ON)
        assert (found.outcome is Outcome.YES) is (function is Function.ISSUE)
        assert decisions.functions.decide(policy_with(), function, date(2020, 1, 1)).code == ""


@pytest.mark.parametrize(
    ("name", "unit", "value", "message"),
    [
        ("functions", "functions", ["issue", "pay"], "needs a list of issue, claim"),
        ("functions", "functions", ["issue", "issue"], "names issue twice"),
        ("validity", "validity", {}, "needs at least one of with_period, months, until"),
        ("validity", "validity", {"months": 0}, "months: is 0; needs a whole number, 1 or more"),
        ("validity", "validity", {"until": "soon"}, "until: is 'soon'; needs a date"),
        ("validity", "validity", {"with_period": False}, "with_period: is False; needs true"),
        ("expiry_covers", "expiry", "all", "needs one of unfinished, unused"),
        (
            "least_hours",
            "hours-by-level",
            {"8": 10},
            "names '8', which is no level of this place; known are 1, 2,",
        ),
        ("least_hours", "hours-by-level", {"5": -1}, "needs a whole number of lesson hours"),
        ("filing_lead", "calendar-day", 10**30, "needs a whole number from 0 to 3660"),
        ("class_kinds", "kinds", [{}], "needs a list of texts"),
        ("class_kinds", "kinds", ["A"], "names 'A', which is no kind of this place"),
    ],
)
def test_each_word_is_checked_with_its_mend(name: str, unit: str, value: Any, message: str) -> None:
    policy = policy_with(**{name: (unit, value)}, lesson_minutes=("minute", 45))
    found = faults(document_of(policy))
    assert any(fault.startswith(f"{name}: ") and message in fault for fault in found), found


def test_hours_are_counted_in_lesson_hours_of_stated_minutes() -> None:
    policy = policy_with(least_hours=("hours-by-level", {"5": 6}))
    assert any("there is no lesson_minutes" in fault for fault in faults(document_of(policy)))
