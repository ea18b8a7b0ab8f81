"""Races over money, 16 threads in process: the budget holds, and every step is taken once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.errors import CityError
from chalicelib.rules import history
from chalicelib.rules.line import LineState, LineVerb
from chalicelib.rules.moves import State, Verb
from chalicelib.rules.principal import Right
from chalicelib.rules.settlement import Proposal
from chalicelib.store import payments, proposals, vouchers
from chalicelib.usecases import approve, hold, propose, send, settle
from tests import money, seeding
from tests.money import APPROVER, SETTLING, STANDARD_FEN, command

pytestmark = pytest.mark.usefixtures("aws_city")

THREADS = 16
OFFICER = seeding.official("proposer", Right.PROPOSAL_PROPOSE, office=seeding.CITY_OFFICE)


def race(attempt: Callable[[int], object], times: int) -> Counter[str]:
    """How often each answer came: `won`, or the code of the error."""

    def one(n: int) -> str:
        try:
            attempt(n)
        except CityError as lost:
            return lost.code
        return "won"

    with ThreadPoolExecutor(THREADS) as pool:
        return Counter(pool.map(one, range(times)))


def proposed(district: str, key: str) -> Proposal:
    return propose.propose(OFFICER, "social-training", district, command(key))


def test_a_budget_for_17_of_30_proposals_approves_exactly_17() -> None:
    money.open_books(granted_fen=17 * STANDARD_FEN + STANDARD_FEN - 1)
    asked = []
    for n in range(1, 31):
        money.assessed(n, district=f"31{n:04}")
        asked.append(proposed(f"31{n:04}", f"propose-{n:04}"))

    def attempt(n: int) -> None:
        approve.approve(APPROVER, asked[n].id, command(f"approve-{n:04}", actor="approver"))

    answers = race(attempt, 30)
    while answers["changed_meanwhile"] + answers["unavailable"]:
        answers = race(attempt, 30)
    assert answers == {"won": 17, "budget_exhausted": 13}
    assert money.money() == (STANDARD_FEN - 1, 17 * STANDARD_FEN, 0)


def test_many_proposals_at_once_share_the_vouchers_without_a_double() -> None:
    money.open_books()
    known = {money.assessed(n).id for n in range(1, 13)}
    answers = race(lambda n: proposed(money.DISTRICT, f"propose-{n:04}"), 8)
    assert answers.keys() <= {"won", "nothing_to_propose"}
    held = [
        entry.voucher_id
        for n in range(8)
        if (found := proposals.find(propose.ids.proposal_id("proposer", f"propose-{n:04}")))
        for entry in found.entries
    ]
    assert sorted(held) == sorted(known)


def test_one_approval_sent_many_times_reserves_once_and_settles_once() -> None:
    money.open_books()
    paid = [money.assessed(n) for n in range(1, 4)]
    asked = money.proposed()
    race(lambda _: approve.approve(APPROVER, asked.id, command("approve-1", actor="approver")), 16)
    assert money.money()[1] == 3 * STANDARD_FEN
    race(lambda _: settle.settle(asked.id, command("settle-1", actor="settlements")), 16)
    for one in paid:
        done = [event.do for event in history.events(vouchers.load(one.id).history)]
        assert done.count(Verb.APPROVE) == 1
        assert money.line_of(one).version == 1


def test_one_word_of_the_bank_heard_by_many_pays_once() -> None:
    money.open_books()
    paid, line = money.sent()
    race(lambda n: money.tell(LineVerb.PAY, line, f"m-{n % 3}"), 32)
    money.tell(LineVerb.PAY, line, "m-last")
    assert vouchers.load(paid.id).state is State.WRITTEN_OFF
    assert money.money() == (9 * STANDARD_FEN, 0, STANDARD_FEN)
    assert money.line_of(paid).version == 3


def test_hold_against_send_has_one_winner_and_no_half() -> None:
    money.open_books()
    for n in range(1, 6):
        paid = money.assessed(n)
        money.settled(f"propose-{n:04}")
        line = money.line_of(paid)

        def decide(turn: int, line_id: payments.LineId = line.id) -> None:
            if turn % 2:
                send.send_due(SETTLING, lambda: False)
            else:
                hold.hold(money.PROPOSER, line_id, "look at it", command("hold-01"))

        race(decide, 2)
        state, voucher = money.line_of(paid).state, vouchers.load(paid.id).state
        assert (state, voucher) in {
            (LineState.SENT, State.PAYING),
            (LineState.HELD, State.APPROVED),
        }
