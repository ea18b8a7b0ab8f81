"""From proposal to payment line: who may, what fits, and that nothing is done twice."""

import json
from base64 import b64decode
from dataclasses import replace
from datetime import date

import boto3
import pytest

from chalicelib import settings
from chalicelib.errors import Conflict, Forbidden, KeyReused, NotFound, Refused
from chalicelib.policy import decisions
from chalicelib.rules import ids, plain, settlement, trace, voucher
from chalicelib.rules.cases import Case
from chalicelib.rules.ids import ClassId
from chalicelib.rules.line import LineState
from chalicelib.rules.moves import State, Verb
from chalicelib.rules.person import Group
from chalicelib.rules.principal import Principal, Right
from chalicelib.rules.settlement import Proposal, ProposalState
from chalicelib.rules.situation import Situation
from chalicelib.rules.voucher import Voucher
from chalicelib.store import (
    cases,
    payments,
    programmes,
    proposals,
    secrets,
    transact,
    vouchers,
)
from chalicelib.usecases import approve, propose, resume, settle, show_proposal
from tests import groups, money, seeding
from tests.money import APPROVER, DISTRICT, PROPOSER, STANDARD_FEN, command

pytestmark = pytest.mark.usefixtures("aws_city")


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    money.open_books()


def approving(proposal: Proposal, key: str = "approve-01") -> Proposal:
    return approve.approve(APPROVER, proposal.id, command(key, actor="approver"))


def settling(proposal: Proposal) -> Proposal:
    return settle.settle(proposal.id, command("settle-01", actor="settlements"))


def open_case(about: Voucher) -> Case:
    case = Case(
        *(ids.case_id(about.id, "check-in", 1), about.id, "check-in", ClassId("c-1"), 1),
        *("outside", DISTRICT, "2026-03-09T08:20:00+08:00", True, None),
    )
    transact.together(lambda within: cases.open_within(within, case), lambda: False)
    return case


def test_a_proposal_marks_its_vouchers_and_says_how_each_amount_came_about() -> None:
    first, second = money.assessed(1, on="2026-03-17"), money.assessed(2, on="2026-03-16")
    found = money.proposed()
    assert (found.state, found.total_fen) == (ProposalState.PROPOSED, 2 * STANDARD_FEN)
    # Who was assessed first comes first.
    assert [entry.voucher_id for entry in found.entries] == [second.id, first.id]
    entry = found.entries[0]
    situation = plain.typed(Situation, entry.inputs)
    policy = programmes.by_hash(entry.policy)
    again = decisions.settle.decide(policy, situation, date.fromisoformat(entry.on))
    assert [(step.rule, step.result) for step in again.trace][:4] == [
        ("standard", 160_000),
        ("fixed", 160_000),
        ("ratio", 160_000),
        ("rounding", 160_000),
    ]
    assert trace.digest(again.trace) == entry.why
    marked = vouchers.load(first.id)
    assert (marked.terms.proposal_id, marked.terms.amount_fen) == (found.id, STANDARD_FEN)


def test_a_proposal_leaves_who_comes_to_no_amount_waiting() -> None:
    left = money.enrolled(1)
    other = voucher.move(
        left, Verb.ASSESS, command("assess-01"), {"assessed_on": "2026-03-01", "level": 9}
    )
    vouchers.save(left, other)
    paid = money.assessed(2)
    assert [entry.voucher_id for entry in money.proposed().entries] == [paid.id]
    assert vouchers.load(left.id).terms.proposal_id is None


def test_nothing_to_propose_is_a_conflict() -> None:
    with pytest.raises(Conflict, match="nothing_to_propose"):
        money.proposed()


def test_the_check_in_voucher_has_no_settlement_to_propose() -> None:
    with pytest.raises(Refused, match="function_off") as refused:
        propose.propose(PROPOSER, "check-in", DISTRICT, command("propose-02"))
    assert refused.value.rule.section == "二.(三)"


def test_a_district_proposes_for_itself_only_and_only_with_the_right() -> None:
    with pytest.raises(Forbidden, match="not_your_district"):
        propose.propose(PROPOSER, "social-training", "310101", command("propose-01"))
    with pytest.raises(Forbidden, match="right_missing"):
        propose.propose(APPROVER, "social-training", DISTRICT, command("propose-01"))


def test_proposing_again_with_the_same_key_answers_the_same_even_when_settled() -> None:
    money.assessed(1)
    first = money.proposed()
    settling(approving(first))
    assert money.proposed() == first
    with pytest.raises(KeyReused):
        propose.propose(
            PROPOSER, "social-training", DISTRICT, replace(command("propose-01"), body="other")
        )


def test_one_voucher_is_in_one_proposal() -> None:
    money.assessed(1)
    money.proposed("propose-01")
    with pytest.raises(Conflict, match="nothing_to_propose"):
        money.proposed("propose-02")


def test_a_draft_is_completed_by_whoever_comes_and_drops_what_others_took() -> None:
    mine, theirs = money.assessed(1), money.assessed(2)
    draft = propose._draft("social-training", DISTRICT, command("propose-01"))
    taken = voucher.move(theirs, Verb.PROPOSE, command("x"), {"proposal_id": "s-other"})
    vouchers.save(theirs, taken)
    done = settling(draft)
    assert done.state is ProposalState.PROPOSED
    assert [entry.voucher_id for entry in done.entries] == [mine.id]
    assert money.proposed() == done


def test_a_draft_that_lost_all_its_vouchers_ends_and_is_not_resumed() -> None:
    theirs = money.assessed(1)
    propose._draft("social-training", DISTRICT, command("propose-01"))
    taken = voucher.move(theirs, Verb.PROPOSE, command("x"), {"proposal_id": "s-other"})
    back = voucher.move(taken, Verb.DEFER, command("y"), {"proposal_id": None})
    vouchers.save(theirs, back)
    with pytest.raises(Conflict, match="nothing_to_propose"):
        money.proposed()
    assert resume.resume(lambda: False) == 0


def test_nobody_approves_his_own_proposal_in_the_rule_or_in_the_write() -> None:
    money.assessed(1)
    both = Principal(
        *("proposer", "city-office", PROPOSER.rights | APPROVER.rights),
        organisation=seeding.CITY_OFFICE,
    )
    asked = money.proposed()
    with pytest.raises(Forbidden, match="same_person"):
        approve.approve(both, asked.id, command("approve-01"))
    with pytest.raises(transact.Lost):
        proposals.save(asked, settlement.approved(asked, 1, command("approve-01")))
    assert proposals.load(asked.id) == asked


def test_an_approval_reserves_the_total_at_once_and_asks_for_the_settlement() -> None:
    money.assessed(1)
    done = approving(money.proposed())
    assert (done.state, done.approver) == (ProposalState.APPROVED, "approver")
    assert money.money() == (9 * STANDARD_FEN, STANDARD_FEN, 0)


def test_approving_twice_reserves_once() -> None:
    money.assessed(1)
    asked = money.proposed()
    first = approving(asked)
    settling(asked)
    assert approving(asked) == first
    with pytest.raises(Conflict, match="not_in_state"):
        approving(asked, key="approve-02")
    assert money.money()[1] == STANDARD_FEN


def test_a_proposal_of_another_district_is_not_found() -> None:
    money.assessed(1)
    asked = money.proposed()
    office = replace(seeding.DISTRICT_OFFICE, district="310101")
    stranger = seeding.official(
        "stranger", Right.PROPOSAL_APPROVE, Right.PROPOSAL_PROPOSE, office=office
    )
    with pytest.raises(NotFound):
        approve.approve(stranger, asked.id, command("approve-01", actor="stranger"))
    with pytest.raises(NotFound):
        show_proposal.show_proposal(stranger, asked.id)
    assert show_proposal.show_proposal(PROPOSER, asked.id) == asked


def test_a_settlement_makes_approved_vouchers_and_due_lines() -> None:
    paid = money.assessed(1)
    done = money.settled()
    assert done.state is ProposalState.SETTLED
    assert vouchers.load(paid.id).state is State.APPROVED
    line = money.line_of(paid)
    assert (line.state, line.amount_fen, line.payee) == (LineState.DUE, STANDARD_FEN, "worker")
    assert payments.due("", 10) == ([line.id], "")


def test_only_the_bank_opens_the_payee_and_only_for_this_line() -> None:
    paid = money.assessed(1)
    money.settled()
    line = money.line_of(paid)
    opened = boto3.client("kms").decrypt(
        KeyId=settings.load().bank_key_id,
        CiphertextBlob=b64decode(line.sealed),
        EncryptionContext={"line_id": line.id},
    )
    assert json.loads(opened["Plaintext"]) == {
        "payee_name": "张样例",
        "account": secrets.unseal_person(
            paid.person_id, money.people.sealed(paid.person_id), command("x"), "test"
        ).account.reveal(),
        "branch_code": "",
    }


def test_an_institution_that_paid_is_paid_and_one_without_account_waits() -> None:
    waiting = money.assessed(1, paid_by="institution")
    with pytest.raises(Conflict, match="nothing_to_propose"):
        money.proposed()
    money.open_account()
    money.settled()
    line = money.line_of(waiting)
    assert (line.payee, line.payee_id) == ("institution", seeding.INSTITUTION.id)


def test_a_line_is_born_held_while_a_case_is_open() -> None:
    paid = money.assessed(1)
    open_case(paid)
    money.settled()
    assert money.line_of(paid).state is LineState.HELD


def test_settling_again_changes_nothing() -> None:
    paid = money.assessed(1)
    done = money.settled()
    before = vouchers.load(paid.id), money.line_of(paid), money.money()
    assert settling(done) == done
    assert (vouchers.load(paid.id), money.line_of(paid), money.money()) == before


@pytest.mark.parametrize(
    ("group", "amount_fen"), [(groups.DISABLED, 160_000), (groups.EMPLOYEE, 128_000)]
)
def test_an_amount_is_the_standard_times_the_ratio_of_the_day(
    group: Group, amount_fen: int
) -> None:
    money.assessed(1, group=group)
    assert money.proposed().total_fen == amount_fen


def test_a_proposal_holds_a_hundred_vouchers_and_the_next_the_rest() -> None:
    for n in range(1, 104):
        money.assessed(n)
    assert len(money.proposed("propose-01").entries) == 100
    assert len(money.proposed("propose-02").entries) == 3
