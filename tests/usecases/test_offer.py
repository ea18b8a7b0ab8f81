"""The need and its answer: what each programme is to somebody who wants to learn something."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.errors import Conflict, NotFound, Refused
from chalicelib.policy.decisions.offer import Offer
from chalicelib.rules.person import Group
from chalicelib.rules.principal import Principal
from chalicelib.rules.situation import Course
from chalicelib.store import people
from chalicelib.usecases import claim, issue, offer
from tests import groups, limits, money, seeding
from tests.builders import MONDAY, a_command
from tests.limits import LIMITED, brought, claimed

TRAINING, CERTIFICATE, CHECK_IN = "social-training", "skill-certificate", "check-in"
APPRENTICESHIP, ENTERPRISE_TRAINING = "apprenticeship", "enterprise-training"
CARE = Course("养老护理员", 5)


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    seeding.publish((APPRENTICESHIP, CERTIFICATE, TRAINING, ENTERPRISE_TRAINING, CHECK_IN))


def offered(who: Principal, wanted: Course = CARE, **where: Any) -> dict[str, Offer]:
    """The offers by programme, in their order."""
    asked = {"district": None, "starts_on": None, **where}
    return {one.policy.programme: one for one in offer.offers(who, wanted, **asked, now=MONDAY)}


def a_worker(group: Group = groups.EMPLOYEE) -> Principal:
    return seeding.register(1, group)


def code(found: Offer) -> str:
    return found.claim.code


def test_what_pays_comes_first_and_the_dearest_before_the_others() -> None:
    found = offered(a_worker())
    assert list(found) == [APPRENTICESHIP, CERTIFICATE, TRAINING, ENTERPRISE_TRAINING, CHECK_IN]
    # The city's 6000; 1500 + 30 % of which 80 %; 1600 of which 80 % for a listed project.
    assert [one.amount.amount_fen for one in found.values() if one.open and one.amount] == [
        *(600_000, 156_000, 128_000)
    ]
    assert code(found[ENTERPRISE_TRAINING]) == "function_off"
    assert code(found[CHECK_IN]) == "eligible_for_money"
    part = found[TRAINING].amount.parts[0] if found[TRAINING].amount else None
    assert part is not None
    assert (part.fund, part.payee) == ("employment-subsidy", "worker")


def test_who_is_not_eligible_for_money_is_offered_the_check_in_voucher() -> None:
    found = offered(a_worker(groups.OTHER))
    assert [name for name, one in found.items() if one.open] == [CHECK_IN]
    assert code(found[TRAINING]) == "not_eligible"
    assert found[TRAINING].claim.trace[0].source.startswith("沪人社职发〔2016〕55号")


@pytest.mark.parametrize(
    ("mode", "reason"), [("online", "offline_only"), ("blended", "offline_only"), ("offline", "")]
)
def test_the_check_in_voucher_is_for_offline_training_only(mode: str, reason: str) -> None:
    who = a_worker(groups.OTHER)
    wanted = Course("养老护理员", 5, mode=mode)
    assert code(offered(who, wanted)[CHECK_IN]) == reason


def test_a_course_that_no_programme_pays_leaves_the_check_in_voucher() -> None:
    # A college student's certificate is paid from 四级 on; the training pays him at 五级 too.
    who = a_worker(groups.COLLEGE_FINAL_YEAR)
    found = offered(who)
    assert code(found[CERTIFICATE]) == "course_not_covered"
    assert found[TRAINING].open
    assert code(found[CHECK_IN]) == "eligible_for_money"
    money.open_books()
    unpaid = {"standard": [{"levels": [1], "fen": 100}]}
    seeding.publish_like(TRAINING, TRAINING, "class", standard=("standard", unpaid["standard"]))
    found = offered(who)
    assert code(found[TRAINING]) == "course_not_covered"
    assert found[CHECK_IN].open
    with pytest.raises(Refused, match="course_not_covered"):
        claim.claim(who, TRAINING, a_command("claim-01", actor=who.subject), CARE)
    order = a_command("claim-02", actor=who.subject)
    assert claim.claim(who, CHECK_IN, order, CARE).programme == CHECK_IN


def test_who_does_not_say_what_he_wants_is_told_what_the_amount_depends_on() -> None:
    found = offered(a_worker(), Course())
    opened = [name for name, one in found.items() if one.open]
    assert opened == [APPRENTICESHIP, CERTIFICATE, TRAINING]
    assert found[TRAINING].depends_on == ("course.level",)
    assert offered(a_worker(), Course(level=5))[TRAINING].depends_on == ("course.occupation",)


def test_a_real_cost_is_what_an_amount_depends_on() -> None:
    share = [{"percent_of_cost": 80, "at_most_fen": 100_000}]
    seeding.publish_like(TRAINING, "by-cost", "class", standard=("standard", share))
    found = offered(a_worker())["by-cost"]
    assert (found.open, found.depends_on) == (True, ("fees.training_fen",))


def test_conditions_are_named_with_their_figures() -> None:
    seeding.publish_like(
        TRAINING,
        "gated",
        "class",
        certificate_needed=("flag", True),
        rating_needed=("flag", False),
        least_attendance=("attendance", {"percent": 80, "late_per_absence": 3, "by": "class"}),
        employed_for=("months-after", {"months": 6, "after": "certificate"}),
        claim_deadline=("month", 12),
        instalments=("instalments", [{"parts": [{"name": "whole"}]}]),
    )
    told = {each.name: each.facts for each in offered(a_worker())["gated"].conditions}
    assert told == {
        "certificate_needed": {},
        "least_attendance": {"percent": 80},
        "employed_for": {"months": 6},
        "employed_within": {"months": 6},
        "claim_deadline": {"months": 12},
    }


def test_a_gate_is_a_condition_only_where_a_part_of_the_amount_asks_it() -> None:
    assert offered(a_worker())[TRAINING].conditions == ()
    targeted = offered(a_worker(), replace(CARE, kind="targeted"))[TRAINING]
    assert [each.name for each in targeted.conditions] == ["employed_for", "employed_within"]


def test_a_voucher_that_was_claimed_closes_its_programme_for_the_period() -> None:
    who = a_worker()
    claim.claim(who, TRAINING, a_command("claim-01", actor=who.subject))
    found = offered(who)
    assert code(found[TRAINING]) == "period_limit_reached"
    assert found[CERTIFICATE].open
    claim.claim(who, CERTIFICATE, a_command("claim-02", actor=who.subject))
    assert code(offered(who)[CERTIFICATE]) == "period_limit_reached"


def test_a_voucher_that_waits_to_be_claimed_is_the_offer() -> None:
    who = a_worker(groups.REGISTERED_UNEMPLOYED)
    issue.issue_to([people.load(who.worker_id)], TRAINING, a_command("batch-01", actor="staff"))
    assert offered(who)[TRAINING].open


def test_the_year_is_used_up_by_vouchers_of_all_programmes_that_it_counts() -> None:
    seeding.publish_like(TRAINING, "third", "class")
    who = a_worker()
    for programme in (TRAINING, CERTIFICATE):
        claim.claim(who, programme, a_command(f"claim-{programme}", actor=who.subject))
    assert code(offered(who)["third"]) == "limit_reached"


def test_a_course_that_was_paid_is_not_offered_again() -> None:
    limits.publish(once_per_occupation_and_level=True)
    who = seeding.worker(money.learner(1, groups.EMPLOYEE))
    claimed(1)
    assert brought(1, occupation="养老护理员", level=5)
    found = offered(who)[LIMITED]
    assert code(found) == "course_repeated"
    assert found.claim.trace[-1].rule == "once_per_occupation_and_level"
    assert offered(who, Course("养老护理员", 4))[LIMITED].open


def test_a_district_and_a_day_are_taken_as_wanted() -> None:
    lines = [{"districts": ["310104"], "fen": 200}, {"fen": 100}]
    seeding.publish_like(TRAINING, "local", "class", standard=("standard", lines))
    who = a_worker(groups.DISABLED)
    amounts = [
        offered(who, district=district)["local"].amount for district in ("310104", "310101", None)
    ]
    assert [each and each.amount_fen for each in amounts] == [200, 100, 100]


def test_a_group_that_ended_before_the_wanted_day_is_still_judged_by_the_policy_s_own_day() -> None:
    found = offered(a_worker(), starts_on=date(2026, 12, 1))
    assert found[TRAINING].open


@pytest.mark.parametrize(
    ("on", "reason"), [(["issue", "claim"], ""), (["issue"], "function_off"), ([], "function_off")]
)
def test_a_programme_that_issues_or_claims_nothing_offers_nothing(
    on: list[str], reason: str
) -> None:
    seeding.publish_like(TRAINING, "halted", "class", functions=("functions", on))
    assert code(offered(a_worker())["halted"]) == reason


def test_nobody_registered_is_offered_nothing() -> None:
    with pytest.raises(NotFound):
        offered(seeding.worker("p-nobody"))


@pytest.mark.parametrize("group", [groups.EMPLOYEE, groups.COLLEGE_FINAL_YEAR, groups.OTHER])
@pytest.mark.parametrize("before", [(), (TRAINING,), (CERTIFICATE,)])
def test_a_claim_of_the_same_need_keeps_what_the_offer_said(
    group: Group, before: tuple[str, ...]
) -> None:
    who = a_worker(group)
    for programme in before:
        with suppress(Refused):
            claim.claim(who, programme, a_command(f"before-{programme}", actor=who.subject))
    for programme in offered(who):
        found = offered(who)[programme]
        order = a_command(f"claim-{programme}", actor=who.subject)
        try:
            claim.claim(who, programme, order, CARE)
            answered = ""
        except Refused as refused:
            answered = refused.code
        except Conflict:
            answered = "period_limit_reached"  # told as the voucher that he has already
        assert answered == code(found), programme
