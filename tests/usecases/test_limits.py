"""Limits across vouchers, through the moves that meet them: what counts, and what is given back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from chalicelib.errors import Conflict, Refused
from chalicelib.rules import calendar
from chalicelib.rules.ids import PersonId
from chalicelib.rules.moves import State
from chalicelib.rules.run import Refusal
from chalicelib.rules.situation import Course, Earlier
from chalicelib.rules.tabular import RowFault
from chalicelib.store import entitlements, people, vouchers
from chalicelib.usecases import assess, claim, enrol, expire, issue, show, show_code, verify
from tests import limits, money, seeding
from tests.builders import MONDAY, a_command
from tests.limits import LIMITED, brought, certificate, claimed, voucher_of
from tests.seeding import DESK, INSTITUTION

NEW_YEAR = datetime(2027, 1, 1, tzinfo=calendar.SHANGHAI)


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    money.open_books()
    seeding.open_institution()
    for n in (1, 2):
        money.learner(n)


def counted(n: int) -> dict[str, Earlier]:
    """What counts of the n-th worker for life."""
    return dict(entitlements.counts(limits.person_of(n)).vouchers)


def fault_of(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(RowFault) as refused:
        act()
    return refused.value.column, refused.value.code


def test_each_claim_takes_the_next_ordinal_until_the_period_s_are_taken() -> None:
    limits.publish()
    made = [claimed(1, f"claim-{n}") for n in range(3)]
    assert [one.ordinal for one in made] == [1, 2, 3]
    assert claimed(1, "claim-1") == made[1]
    with pytest.raises(Refused, match="period_limit_reached"):
        claimed(1, "claim-9")
    who = seeding.worker(made[0].person_id)
    assert show.mine(who, MONDAY) == made
    year = seeding.counted_of(made[0].person_id, 2026)
    assert year == {f"{LIMITED}/{n}" for n in (1, 2, 3)}


def test_of_none_a_period_nobody_gets_one_asked_or_unasked() -> None:
    limits.publish(vouchers_per_period=0)
    with pytest.raises(Refused, match="period_limit_reached"):
        claimed(1, "claim-1")
    with pytest.raises(Refused, match="period_limit_reached"):
        issue.issue_to([], LIMITED, a_command("issue-1"))


def test_a_programme_without_such_limits_keeps_no_counts() -> None:
    claimed(1, programme="social-training")
    assert entitlements.counts(limits.person_of(1)).version == 0


def test_in_total_counts_over_the_years_and_an_expired_voucher_gives_its_place_back() -> None:
    limits.publish(vouchers_in_total=2)
    claimed(1, "claim-1")
    claimed(1, "claim-2")
    with pytest.raises(Refused, match="total_limit_reached"):
        claimed(1, "claim-3")
    assert brought(1)
    assert expire.expire(NEW_YEAR, lambda: False) == 1
    assert set(counted(1)) == {f"{LIMITED}/2026/1"}
    assert claimed(1, "claim-4", at=NEW_YEAR).period == "2027"
    with pytest.raises(Refused, match="total_limit_reached"):
        claimed(1, "claim-5", at=NEW_YEAR)


def test_one_voucher_is_live_until_its_result() -> None:
    limits.publish(one_live=True)
    first = claimed(1, "claim-1")
    with pytest.raises(Refused, match="voucher_still_live"):
        claimed(1, "claim-2")
    assert vouchers.load_all([voucher_of(1, 2)]) == []
    assert seeding.counted_of(first.person_id, 2026) == {f"{LIMITED}/1"}
    assert brought(1)
    assert claimed(1, "claim-2").ordinal == 2


def test_a_certificate_of_the_same_occupation_and_level_is_paid_once() -> None:
    limits.publish(once_per_occupation_and_level=True, no_lower_level=True)
    for key in ("claim-1", "claim-2", "claim-3"):
        claimed(1, key)
    assert brought(1, 1, level=4)
    before = counted(1)
    assert before == {
        f"{LIMITED}/2026/1": Earlier(LIMITED, MONDAY.date(), 0, "unemployment-insurance", "电工", 4)
    }
    again = certificate(1, 2, level=4)
    assert fault_of(lambda: assess.apply(again, money.command("row-2"))) == (
        *("职业", "course_repeated"),
    )
    assert fault_of(lambda: assess.would_apply(again, money.command("row-2"))) == (
        *("职业", "course_repeated"),
    )
    assert fault_of(lambda: brought(1, 3, level=5)) == ("职业", "lower_level")
    assert counted(1) == before
    assert brought(1, 4, level=3)
    assert brought(1, 5, occupation="焊工", level=5)
    assert not assess.apply(certificate(1, 1, level=4), money.command("row-8"))
    assert [vouchers.load(voucher_of(1, n)).terms.level for n in (1, 2, 3)] == [4, 3, 5]


def test_who_counts_as_a_group_that_is_paid_once_gets_no_second_certificate() -> None:
    limits.publish(once_for_groups=["registered-unemployed"])
    limits.publish(programme="others", once_for_groups=["veteran"])
    for programme in (LIMITED, "others"):
        for key in ("claim-1", "claim-2"):
            claimed(1, f"{programme}-{key}", programme=programme)
        assert brought(1, 1, programme=programme)
    second = certificate(1, 2, occupation="焊工")
    order = money.command("row-2")
    assert fault_of(lambda: assess.apply(second, order)) == ("职业", "paid_once_for_group")
    assert brought(1, 3, occupation="焊工", programme="others")


def test_shanghai_pays_no_certificate_twice_even_in_another_year() -> None:
    claimed(1, programme="skill-certificate")
    assert brought(1, programme="skill-certificate")
    claimed(1, "claim-2", programme="skill-certificate", at=NEW_YEAR)
    again = replace(certificate(1, 2, programme="skill-certificate"), assessed_on=NEW_YEAR.date())
    order = money.command("row-2", at=NEW_YEAR)
    assert fault_of(lambda: assess.apply(again, order)) == ("职业", "course_repeated")


def verified(n: int, key: str) -> str:
    """The next voucher of the n-th worker, verified by the institution's desk."""
    found = claimed(n, key)
    code, _ = show_code.show_code(seeding.worker(found.person_id), found.id, MONDAY)
    verify.verify(DESK, found.id, code, a_command(f"verify-{key}", actor=DESK.subject))
    return found.id


def enrolled(n: int, key: str, class_no: str) -> str:
    """The same, enrolled in a class of this number."""
    found = verified(n, key)
    into = seeding.file_class(class_no, programme=LIMITED)
    order = a_command(f"enrol-{key}", actor=DESK.subject)
    return enrol.enrol(DESK, found, into.id, "worker", None, order).id


def test_a_course_counts_from_enrolment_and_a_failed_one_may_be_repeated() -> None:
    limits.publish("class", vouchers_per_occupation=1)
    first = enrolled(1, "claim-1", "C-1")
    with pytest.raises(Refused, match="occupation_limit_reached") as refused:
        enrolled(1, "claim-2", "C-2")
    assert refused.value.facts == {"occupation": "养老护理员", "limit": 1}
    assert vouchers.load(voucher_of(1, 2)).state is State.VERIFIED
    failed = replace(
        certificate(1, occupation="养老护理员"),
        institution_id=INSTITUTION.id,
        class_no="C-1",
        passed=False,
        certificate_no=None,
    )
    assert assess.apply(failed, money.command("row-1"))
    assert vouchers.load(first).state is State.CLOSED
    assert counted(1) == {}
    into = seeding.file_class("C-2", programme=LIMITED)
    order = a_command("enrol-again", actor=DESK.subject)
    assert enrol.enrol(DESK, voucher_of(1, 2), into.id, "worker", None, order)


def test_a_fund_excludes_another_one_across_programmes() -> None:
    limits.publish("class", excludes_funds=["unemployment-insurance"])
    limits.publish("certificate", "certified", excludes_funds=[])
    claimed(1, programme="certified")
    assert brought(1, programme="certified", occupation="养老护理员", level=5)
    with pytest.raises(Refused, match="fund_excluded"):
        enrolled(1, "claim-1", "C-1")


def test_a_batch_refuses_the_row_of_whoever_a_limit_keeps_out_and_leaves_no_trace_of_it() -> None:
    limits.publish("class", one_live=True, vouchers_in_total=1)
    first, second = (limits.person_of(n) for n in (1, 2))
    claimed(1, "claim-1")
    entitlements.keep(
        second,
        entitlements.counts(second).having("limited/2025/1", Earlier(LIMITED, MONDAY.date())),
    )
    members = people.load_all([first, second])
    order = a_command("batch-01", actor="staff")
    tally = issue.issue_to(sorted(members, key=lambda one: one.id == second), LIMITED, order)
    assert (tally.existed, tally.refusals) == (1, (Refusal(2, "programme", "total_limit_reached"),))
    assert vouchers.load_all([voucher_of(2)]) == []
    assert year_of(second) == frozenset()


def year_of(person: PersonId) -> frozenset[str]:
    try:
        return seeding.counted_of(person, 2026)
    except entitlements._Year.DoesNotExist:
        return frozenset()


def test_a_batch_counts_whom_it_serves_and_nothing_twice() -> None:
    limits.publish("class", one_live=True)
    member = limits.person_of(1)
    for order in ("batch-01", "batch-01", "batch-02"):
        issue.issue_to([people.load(member)], LIMITED, a_command(order, actor="staff"))
    assert counted(1) == {f"{LIMITED}/2026/1": Earlier(LIMITED, MONDAY.date(), live=True)}
    assert year_of(member) == {f"{LIMITED}/1"}


def test_a_batch_does_not_count_again_what_expired() -> None:
    limits.publish("class", vouchers_in_total=1)
    member = limits.person_of(1)
    claimed(1, "claim-1")
    assert expire.expire(NEW_YEAR, lambda: False) == 1
    tally = issue.issue_to([people.load(member)], LIMITED, a_command("batch-01", actor="staff"))
    assert (tally.applied, tally.existed) == (0, 1)
    assert counted(1) == {}


def test_a_single_voucher_of_the_period_cannot_be_claimed_twice_under_limits() -> None:
    limits.publish(vouchers_per_period=1, one_live=True)
    claimed(1, "claim-1")
    with pytest.raises(Conflict, match="not_in_state"):
        claimed(1, "claim-2")


def test_who_has_used_up_the_year_is_told_so_under_other_limits_too() -> None:
    limits.publish(subsidy_vouchers_per_year=1, vouchers_in_total=5)
    claimed(1, "claim-1")
    with pytest.raises(Refused, match="limit_reached") as refused:
        claimed(1, "claim-2")
    assert refused.value.code == "limit_reached"
    assert set(counted(1)) == {f"{LIMITED}/2026/1"}


def test_a_course_that_is_named_at_the_claim_is_judged_already_there() -> None:
    limits.publish(once_per_occupation_and_level=True)
    claimed(1, "claim-1")
    assert brought(1, level=4)
    who = seeding.worker(limits.person_of(1))
    with pytest.raises(Refused, match="course_repeated"):
        claim.claim(who, LIMITED, a_command("claim-2", actor=who.subject), Course("电工", 4))
    assert vouchers.load_all([voucher_of(1, 2)]) == []
    order = a_command("claim-3", actor=who.subject)
    assert claim.claim(who, LIMITED, order, Course("电工", 3)).ordinal == 2


@pytest.mark.parametrize(("level", "code"), [(4, ""), (5, "not_for_this_course")])
def test_a_certificate_of_a_course_that_nobody_of_the_group_may_claim_for_is_refused(
    level: int, code: str
) -> None:
    lines = [{"groups": ["registered-unemployed"], "level_at_least": 4}]
    seeding.publish_like(
        "skill-certificate", limits.LIMITED, "certificate", eligible=("group-list", lines)
    )
    limits.claimed(1)
    if code:
        with pytest.raises(RowFault, match=code):
            limits.brought(1, level=level)
    else:
        assert limits.brought(1, level=level)
