"""When a fund's year runs out: the longest prefix is approved, the rest waits for money."""

import pytest

from chalicelib.errors import Conflict
from chalicelib.rules.moves import State
from chalicelib.rules.settlement import Proposal
from chalicelib.store import vouchers
from chalicelib.usecases import approve
from tests import money, seeding
from tests.money import APPROVER, STANDARD_FEN, command

pytestmark = pytest.mark.usefixtures("aws_city")


def approving(proposal: Proposal) -> Proposal:
    return approve.approve(APPROVER, proposal.id, command("approve-09", actor="approver"))


def test_what_does_not_fit_waits_and_comes_with_the_next_proposal() -> None:
    money.open_books(granted_fen=2 * STANDARD_FEN + 1)
    known = [money.assessed(n, on=f"2026-03-1{n}") for n in range(1, 4)]
    done = money.settled()
    assert (done.approved_entries, len(done.deferred)) == (2, 1)
    assert money.money() == (1, 2 * STANDARD_FEN, 0)
    left = vouchers.load(known[2].id)
    assert (left.state, left.terms.proposal_id) == (State.ASSESSED, None)
    again = money.proposed("propose-02")
    assert [entry.voucher_id for entry in again.entries] == [left.id]
    with pytest.raises(Conflict, match="budget_exhausted"):
        approving(again)


def test_the_last_fen_is_enough() -> None:
    money.open_books(granted_fen=STANDARD_FEN)
    money.assessed(1)
    money.approved()
    assert money.money() == (0, STANDARD_FEN, 0)


def test_without_a_budget_nothing_is_approved() -> None:
    seeding.publish()
    money.assessed(1)
    with pytest.raises(Conflict, match="budget_exhausted"):
        approving(money.proposed())
