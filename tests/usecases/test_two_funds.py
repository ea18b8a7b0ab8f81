"""One voucher paid by two funds: proposed, reserved, paid and written off share by share."""

from dataclasses import replace

import pytest

from chalicelib.errors import Conflict
from chalicelib.rules import history
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.line import LineState, LineVerb
from chalicelib.rules.moves import State
from chalicelib.rules.shares import Share
from chalicelib.store import programmes, proposals, vouchers
from chalicelib.usecases import approve, hold, release, send
from chalicelib.usecases.situated import situated
from tests import money, topped_up
from tests.money import APPROVER, FUND, SETTLING, STANDARD_FEN, command, tell
from tests.topped_up import DISTRICT_FUND, TOP_UP_FEN, lines_of, money_of

pytestmark = pytest.mark.usefixtures("aws_city")

BOTH_FEN = STANDARD_FEN + TOP_UP_FEN
CITY_REST, DISTRICT_REST = 9 * STANDARD_FEN, 9 * TOP_UP_FEN


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    topped_up.open_books()


def done_to(paid: vouchers.Voucher) -> list[str]:
    """The verbs of the voucher's money."""
    return [event.do for event in history.events(vouchers.load(paid.id).history)][5:]


def test_a_topped_up_voucher_is_proposed_with_a_share_of_each_fund() -> None:
    paid = money.assessed(1)
    found = money.proposed()
    [entry] = found.entries
    shares = Share(FUND, "worker", STANDARD_FEN), Share(DISTRICT_FUND, "worker", TOP_UP_FEN)
    assert (found.fund, found.total_fen, entry.shares) == (FUND, BOTH_FEN, shares)
    assert vouchers.load(paid.id).terms.owed == shares
    assert proposals.load(found.id) == found


def test_a_top_up_closed_for_good_keeps_the_city_s_part_from_nobody() -> None:
    parts = [{"name": "whole", "percent": 100, "needs": []}]
    topped_up.publish(
        instalments=("instalments", [{"parts": parts}]),
        employed_within=("months-after", {"months": 0, "after": "claim"}),
    )
    paid = money.assessed(1)
    [entry] = money.proposed().entries
    assert (entry.amount_fen, entry.owed(FUND, "worker")) == (
        STANDARD_FEN,
        (Share(FUND, "worker", STANDARD_FEN),),
    )
    assert vouchers.load(paid.id).terms.owed == entry.owed(FUND, "worker")


def test_what_another_fund_stacked_is_not_counted_against_a_cap() -> None:
    topped_up.publish(caps=("caps", {"per_year_fen": 2 * STANDARD_FEN}))
    first = money.assessed(1)
    money.proposed()
    policy = programmes.current("social-training", SETTLING.date())
    other = replace(first, id=VoucherId("another"))
    (had,) = situated([other], policy, SETTLING.date())[other.id].earlier
    assert had.amount_fen == STANDARD_FEN


def test_an_approval_reserves_each_fund_s_own_sum() -> None:
    money.assessed(1)
    money.assessed(2)
    money.approved()
    assert money_of(FUND) == (8 * STANDARD_FEN, 2 * STANDARD_FEN, 0)
    assert money_of(DISTRICT_FUND) == (8 * TOP_UP_FEN, 2 * TOP_UP_FEN, 0)


def test_a_settlement_bears_a_line_of_each_fund_and_repeats_none() -> None:
    paid = money.assessed(1)
    topped_up.settled()
    lines = lines_of(paid)
    assert [(line.fund, line.amount_fen, line.state) for line in lines] == [
        (FUND, STANDARD_FEN, LineState.DUE),
        (DISTRICT_FUND, TOP_UP_FEN, LineState.DUE),
    ]
    topped_up.settled()
    assert lines_of(paid) == lines


def test_the_first_line_sent_takes_the_voucher_along_and_the_second_goes_alone() -> None:
    paid, city, district = topped_up.sent()
    assert {city.state, district.state} == {LineState.SENT}
    assert done_to(paid) == ["propose", "approve", "pay"]
    told = [message["data"]["line_id"] for message in money.at_the_bank()]
    assert sorted(told) == sorted([city.id, district.id])


def test_the_voucher_is_written_off_with_the_last_line_paid() -> None:
    paid, city, district = topped_up.sent()
    tell(LineVerb.PAY, district, "m-1")
    assert vouchers.load(paid.id).state is State.PAYING
    assert money_of(DISTRICT_FUND) == (DISTRICT_REST, 0, TOP_UP_FEN)
    assert money_of(FUND) == (CITY_REST, STANDARD_FEN, 0)
    tell(LineVerb.PAY, city, "m-2")
    assert vouchers.load(paid.id).state is State.WRITTEN_OFF
    assert money_of(FUND) == (CITY_REST, 0, STANDARD_FEN)
    assert done_to(paid) == ["propose", "approve", "pay", "write_off"]


def test_a_rejected_line_opens_the_voucher_and_the_other_is_paid_alone() -> None:
    paid, city, district = topped_up.sent()
    tell(LineVerb.REJECT, district, "m-1")
    assert vouchers.load(paid.id).state is State.APPROVED
    tell(LineVerb.PAY, city, "m-2")
    assert vouchers.load(paid.id).state is State.APPROVED
    assert done_to(paid) == ["propose", "approve", "pay", "reject"]
    assert money_of(DISTRICT_FUND) == (DISTRICT_REST, TOP_UP_FEN, 0)
    assert money_of(FUND) == (CITY_REST, 0, STANDARD_FEN)


def test_a_line_that_comes_back_opens_the_voucher_and_moves_its_own_fund_alone() -> None:
    paid, city, district = topped_up.sent()
    tell(LineVerb.PAY, city, "m-1")
    tell(LineVerb.PAY, district, "m-2")
    tell(LineVerb.RETURN, district, "m-3")
    assert vouchers.load(paid.id).state is State.APPROVED
    assert money_of(DISTRICT_FUND) == (DISTRICT_REST, TOP_UP_FEN, 0)
    assert money_of(FUND) == (CITY_REST, 0, STANDARD_FEN)
    tell(LineVerb.RETURN, city, "m-4")
    assert money_of(FUND) == (CITY_REST, STANDARD_FEN, 0)
    assert done_to(paid)[3:] == ["write_off", "return", "return"]


def test_the_longest_prefix_is_what_every_fund_covers() -> None:
    paid = [money.assessed(n, on=f"2026-03-1{n}") for n in range(1, 4)]
    topped_up.drain(DISTRICT_FUND, left_fen=2 * TOP_UP_FEN + 1)
    done = topped_up.settled()
    assert (done.approved_entries, len(done.deferred)) == (2, 1)
    assert money_of(DISTRICT_FUND)[:2] == (1, 2 * TOP_UP_FEN)
    assert money_of(FUND)[:2] == (8 * STANDARD_FEN, 2 * STANDARD_FEN)
    left = vouchers.load(paid[2].id)
    assert (left.state, left.terms.proposal_id) == (State.ASSESSED, None)


def test_the_fund_that_falls_short_is_named() -> None:
    money.assessed(1)
    topped_up.drain(DISTRICT_FUND, left_fen=TOP_UP_FEN - 1)
    asked = money.proposed()
    with pytest.raises(Conflict, match="budget_exhausted") as short:
        approve.approve(APPROVER, asked.id, command("approve-01", actor="approver"))
    assert short.value.facts == {"fund": DISTRICT_FUND, "year": 2026}
    assert money_of(FUND) == (10 * STANDARD_FEN, 0, 0)


def test_a_line_held_keeps_back_its_own_share_alone() -> None:
    paid = money.assessed(1)
    topped_up.settled()
    city, district = lines_of(paid)
    hold.hold(money.PROPOSER, district.id, "look at it", command("hold-01"))
    send.send_due(SETTLING, lambda: False)
    tell(LineVerb.PAY, city, "m-1")
    assert vouchers.load(paid.id).state is State.PAYING
    release.release(money.PROPOSER, district.id, "seen", command("release-01"))
    send.send_due(SETTLING, lambda: False)
    tell(LineVerb.PAY, district, "m-2")
    assert vouchers.load(paid.id).state is State.WRITTEN_OFF


def test_a_line_that_is_not_born_yet_keeps_the_voucher_from_being_written_off() -> None:
    paid = money.assessed(1)
    asked = money.approved()
    topped_up.settle_half(asked, FUND)
    send.send_due(SETTLING, lambda: False)
    tell(LineVerb.PAY, money.line_of(paid), "m-1")
    assert vouchers.load(paid.id).state is State.PAYING
    topped_up.carry_on(asked)
    send.send_due(SETTLING, lambda: False)
    tell(LineVerb.PAY, lines_of(paid)[1], "m-2")
    assert vouchers.load(paid.id).state is State.WRITTEN_OFF
