"""Functions that are switched off refuse, each in its own use case (notice 二.(三))."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.errors import Refused
from chalicelib.rules import voucher, voucher_code
from chalicelib.rules.functions import Function
from chalicelib.rules.history import Command
from chalicelib.rules.moves import State, Verb
from chalicelib.rules.person import FactKind
from chalicelib.rules.personal import document_number
from chalicelib.rules.principal import Principal, Right
from chalicelib.rules.tabular import RowFault
from chalicelib.rules.voucher import Voucher
from chalicelib.store import people, vouchers
from chalicelib.usecases import (
    ask_batch,
    assess,
    check_in,
    claim,
    enrol,
    expire,
    issue,
    propose,
    verify,
)
from tests import groups, money, office_files, seeding
from tests.builders import MONDAY, a_command, a_position
from tests.money import DISTRICT, PASSED, PROPOSER
from tests.seeding import CITY_OFFICE, DESK

PROGRAMME = "social-training"


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    money.open_books()
    seeding.open_institution()


def switch_off(function: Function) -> None:
    others = [each.value for each in Function if each is not function]
    seeding.publish_like(PROGRAMME, PROGRAMME, "class", functions=("functions", others))


def desk(key: str) -> Command:
    return a_command(key, actor=DESK.subject, role=DESK.role)


def claimed(who: Principal) -> Voucher:
    return claim.claim(who, PROGRAMME, a_command("claim-01", actor=who.subject))


def off(refused: pytest.ExceptionInfo[Refused]) -> bool:
    return (refused.value.code, refused.value.rule.section) == ("function_off", "二.(三)")


def test_where_issuing_is_off_no_batch_is_asked_and_nobody_claims_what_is_not_there() -> None:
    who = seeding.register(1, groups.REGISTERED_UNEMPLOYED)
    switch_off(Function.ISSUE)
    clerk = seeding.official("staff-1", Right.VOUCHER_ISSUE, office=CITY_OFFICE)
    with pytest.raises(Refused) as refused:
        ask_batch.ask_batch(
            clerk, PROGRAMME, FactKind.GROUP, groups.REGISTERED_UNEMPLOYED, a_command("batch-01")
        )
    assert off(refused)
    with pytest.raises(Refused) as refused:
        issue.issue_to([people.load(who.worker_id)], PROGRAMME, a_command("batch-01"))
    assert off(refused)
    with pytest.raises(Refused) as refused:
        claimed(who)
    assert off(refused)


def test_where_claiming_is_off_an_issued_voucher_waits() -> None:
    who = seeding.register(1, groups.REGISTERED_UNEMPLOYED)
    issue.issue_to([people.load(who.worker_id)], PROGRAMME, a_command("batch-01"))
    switch_off(Function.CLAIM)
    with pytest.raises(Refused) as refused:
        claimed(who)
    assert off(refused)
    found = vouchers.load(seeding.ids.voucher_id(who.worker_id, PROGRAMME, "2026", 1))
    assert found.state is State.ISSUED


def test_a_claim_made_before_answers_the_same_after_it_is_off() -> None:
    who = seeding.register(1, groups.EMPLOYEE)
    first = claimed(who)
    switch_off(Function.CLAIM)
    assert claimed(who) == first


def test_where_verifying_is_off_no_code_is_spent() -> None:
    who = seeding.register(1, groups.EMPLOYEE)
    found = claimed(who)
    switch_off(Function.VERIFY)
    code = voucher_code.mint(found, MONDAY)
    with pytest.raises(Refused) as refused:
        verify.verify(DESK, found.id, code, desk("verify-01"))
    assert off(refused)
    assert vouchers.load(found.id) == found


def test_where_signing_in_is_off_no_position_is_kept() -> None:
    who = seeding.register(1, groups.EMPLOYEE)
    found = claimed(who)
    verify.verify(DESK, found.id, voucher_code.mint(found, MONDAY), desk("verify-01"))
    into = seeding.file_class()
    enrol.enrol(DESK, found.id, into.id, "worker", None, desk("enrol-01"))
    switch_off(Function.CHECK_IN)
    lesson = MONDAY + timedelta(days=7)
    command = a_command("tap-00001", actor=who.subject, at=lesson)
    with pytest.raises(Refused) as refused:
        check_in.check_in(who, found.id, 1, a_position(), lesson.isoformat(), command)
    assert off(refused)


def test_where_assessing_is_off_a_result_is_refused_and_where_settling_is_none_is_proposed() -> (
    None
):
    made = money.enrolled(1)
    switch_off(Function.ASSESS)
    with pytest.raises(RowFault) as fault:
        assess.apply(PASSED, money.command("row-1"))
    assert (fault.value.column, fault.value.code) == ("项目", "function_off")
    switch_off(Function.SETTLE)
    assert assess.apply(PASSED, money.command("row-1"))
    with pytest.raises(Refused) as refused:
        propose.propose(PROPOSER, PROGRAMME, DISTRICT, money.command("propose-01"))
    assert off(refused)
    assert vouchers.load(made.id).state is State.ASSESSED


def test_a_late_result_needs_a_reason_which_its_event_keeps() -> None:
    made = money.enrolled(1)
    late = money.command("row-1", at=MONDAY + timedelta(days=60))
    with pytest.raises(RowFault) as fault:
        assess.apply(PASSED, late)
    assert (fault.value.column, fault.value.code) == ("考核日期", "results_too_late")
    assert vouchers.load(made.id) == made
    assert assess.apply(replace(PASSED, late_reason="考务系统停机"), late)
    last = voucher.history.read(vouchers.load(made.id).history[-1])
    assert (last.do, last.set["late_reason"]) == (Verb.ASSESS, "考务系统停机")


def never() -> bool:
    return False


def test_the_unfinished_expire_where_the_policy_of_their_issue_says_so() -> None:
    before = money.enrolled(1)
    seeding.publish_like(
        PROGRAMME,
        PROGRAMME,
        "class",
        expiry_covers=("expiry", "unfinished"),
        validity=("validity", {"with_period": True, "months": 3}),
    )
    unfinished = money.enrolled(2)
    assert unfinished.expires_at == "2026-06-03T00:00:00+08:00"
    void = seeding.at(unfinished.expires_at)
    result = replace(PASSED, number=document_number(office_files.number(2)))
    with pytest.raises(RowFault, match="expired"):
        assess.apply(replace(result, late_reason="x"), money.command("row-1", at=void))
    assert expire.expire(void - timedelta(seconds=1), never) == 0
    assert expire.expire(void, never) == 1
    assert vouchers.load(unfinished.id).state is State.EXPIRED
    assert vouchers.load(before.id) == before
