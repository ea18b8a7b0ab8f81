"""A share goes to whom the policy says; what reaches nobody, or cannot be paid yet, waits."""

from typing import Any

import pytest

from chalicelib.errors import Conflict
from chalicelib.rules.shares import Share
from chalicelib.rules.voucher import Voucher
from chalicelib.store import programmes, vouchers
from chalicelib.usecases import candidates
from tests import money, topped_up
from tests.money import FUND, SETTLING, STANDARD_FEN
from tests.seeding import INSTITUTION
from tests.topped_up import DISTRICT_FUND, TOP_UP_FEN, TOPPED_UP, lines_of

pytestmark = pytest.mark.usefixtures("aws_city")


def open_books(top_ups: Any, **others: tuple[str, Any]) -> None:
    topped_up.publish(top_ups, **others)
    topped_up.open_funds()


def payees(of: Voucher) -> list[tuple[str, str, str]]:
    return [(line.fund, line.payee, line.payee_id) for line in lines_of(of)]


def waits_for(of: Voucher) -> str:
    """The code of what keeps a voucher back; nothing is proposed."""
    with pytest.raises(Conflict, match="nothing_to_propose"):
        money.proposed()
    today = SETTLING.date()
    [found] = candidates.weighed([of], programmes.current(of.programme, today), today)
    return found.kept_back


def test_a_worker_who_paid_nothing_is_paid_where_the_policy_says_worker() -> None:
    open_books(None, payee=("payee", "worker"))
    paid = money.assessed(1, paid_by="institution")
    [entry] = topped_up.settled().entries
    assert entry.shares == (Share(FUND, "worker", STANDARD_FEN),)
    assert payees(paid) == [(FUND, "worker", paid.person_id)]


def test_an_institution_is_topped_up_for_whom_it_taught_and_the_worker_has_the_rest() -> None:
    open_books([{"fund": DISTRICT_FUND, "fen": TOP_UP_FEN, "payee": "institution"}])
    paid = money.assessed(1)
    assert waits_for(paid) == "no_account"
    money.open_account()
    topped_up.settled()
    assert payees(paid) == [
        (FUND, "worker", paid.person_id),
        (DISTRICT_FUND, "institution", INSTITUTION.id),
    ]


def test_an_enterprise_that_paid_nothing_is_nobody_s_payee() -> None:
    open_books(TOPPED_UP, payee=("payee", "enterprise"))
    assert waits_for(money.assessed(1)) == "no_account"


def test_top_ups_of_one_fund_to_one_payee_are_one_share() -> None:
    open_books([*TOPPED_UP, {"fund": DISTRICT_FUND, "fen": 7}])
    paid = money.assessed(1)
    found = money.proposed()
    assert found.entries[0].shares == (
        Share(FUND, "worker", STANDARD_FEN),
        Share(DISTRICT_FUND, "worker", TOP_UP_FEN + 7),
    )
    assert found.total_fen == sum(share.amount_fen for share in found.entries[0].shares)
    assert vouchers.load(paid.id).terms.amount_fen == found.total_fen


def test_a_voucher_paid_in_instalments_waits_and_says_so() -> None:
    parts = [{"parts": [{"name": "advance", "percent": 40}, {"name": "final"}]}]
    open_books(TOPPED_UP, instalments=("instalments", parts))
    assert waits_for(money.assessed(1)) == "paid_in_parts"


def test_a_voucher_whose_first_proposal_had_shares_may_come_to_one_in_the_next() -> None:
    open_books(TOPPED_UP)
    topped_up.drain(FUND, left_fen=STANDARD_FEN)
    first, late = (money.assessed(n, on=f"2026-03-1{n}") for n in (1, 2))
    topped_up.settled()
    assert vouchers.load(late.id).terms.shares is not None
    topped_up.drain(FUND, left_fen=STANDARD_FEN)
    topped_up.publish(None)
    topped_up.settled("propose-02")
    [line] = lines_of(late)
    assert (line.fund, line.amount_fen, len(lines_of(first))) == (FUND, STANDARD_FEN, 2)
