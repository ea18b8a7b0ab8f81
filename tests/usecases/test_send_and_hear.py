"""The line's way to the bank and back: sent once marked, every word heard in any order."""

import itertools

import msgspec
import pytest

from chalicelib.errors import Conflict
from chalicelib.rules import voucher
from chalicelib.rules.ids import LineId, VoucherId
from chalicelib.rules.line import BankWord, LineState, LineVerb, Verdict
from chalicelib.rules.moves import State
from chalicelib.store import quarantine, queues, transact, vouchers
from chalicelib.usecases import hear, hold, send
from chalicelib.usecases.payment_events import requested
from tests import money
from tests.money import PROPOSER, SETTLING, STANDARD_FEN, command, tell

pytestmark = pytest.mark.usefixtures("aws_city")

REST = 9 * STANDARD_FEN


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    money.open_books()


def test_a_due_line_leaves_once_and_its_voucher_is_being_paid() -> None:
    paid, line = money.sent()
    assert (paid.state, line.state) == (State.PAYING, LineState.SENT)
    assert send.send_due(SETTLING, lambda: False) == 0
    (message,) = money.at_the_bank()
    assert message["id"] == f"{line.id}.1"
    assert message["type"] == "city.voucher.payment.requested.v1"
    assert message["data"] == {
        "line_id": line.id,
        "attempt": 1,
        "amount_fen": STANDARD_FEN,
        "currency": "CNY",
        "sealed": line.sealed,
    }


def test_killed_before_it_was_marked_the_line_is_sent_again_under_the_same_id() -> None:
    paid = money.assessed(1)
    money.settled()
    due = money.line_of(paid)
    queues.send_to_bank(msgspec.json.encode(requested(due, SETTLING)).decode())
    send.send_due(SETTLING, lambda: False)
    assert {message["id"] for message in money.at_the_bank()} == {f"{due.id}.1"}


def test_a_held_line_stays() -> None:
    paid = money.assessed(1)
    money.settled()
    hold.hold(PROPOSER, money.line_of(paid).id, "to be looked at", command("hold-01"))
    assert send.send_due(SETTLING, lambda: False) == 0
    assert money.at_the_bank() == []


def test_one_line_that_cannot_move_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    stuck, fine = money.assessed(1), money.assessed(2)
    money.settled()
    move = voucher.move

    def full(found: voucher.Voucher, *rest: object) -> voucher.Voucher:
        if found.id == stuck.id:
            raise Conflict("history_full")
        return move(found, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(voucher, "move", full)
    assert send.send_due(SETTLING, lambda: False) == 1
    assert money.line_of(stuck).state is LineState.DUE
    assert money.line_of(fine).state is LineState.SENT


def test_paid_writes_the_voucher_off_and_moves_the_money() -> None:
    paid, line = money.sent()
    assert tell(LineVerb.PAY, line, "m-1") == Verdict.APPLY
    assert money.line_of(paid).state is LineState.PAID
    assert vouchers.load(paid.id).state is State.WRITTEN_OFF
    assert money.money() == (REST, 0, STANDARD_FEN)


def test_accepted_moves_the_line_alone() -> None:
    paid, line = money.sent()
    tell(LineVerb.ACCEPT, line, "m-1")
    assert money.line_of(paid).state is LineState.ACCEPTED
    assert vouchers.load(paid.id) == paid
    assert money.money() == (REST, STANDARD_FEN, 0)


def test_rejected_keeps_the_money_reserved_and_the_voucher_approved() -> None:
    paid, line = money.sent()
    word = BankWord(LineVerb.REJECT, line.id, 1, line.amount_fen, "account closed")
    hear.hear(word, command("m-1", actor="urn:bank:sample"))
    assert money.line_of(paid).state is LineState.REJECTED
    assert '"account closed"' in money.line_of(paid).history[-1]
    assert vouchers.load(paid.id).state is State.APPROVED
    assert money.money() == (REST, STANDARD_FEN, 0)


def test_returned_takes_the_money_from_paid_back_to_reserved() -> None:
    paid, line = money.sent()
    tell(LineVerb.PAY, line, "m-1")
    tell(LineVerb.RETURN, line, "m-2")
    assert money.line_of(paid).state is LineState.RETURNED
    assert vouchers.load(paid.id).state is State.APPROVED
    assert money.money() == (REST, STANDARD_FEN, 0)


@pytest.mark.parametrize(
    "order",
    sorted(set(itertools.permutations((LineVerb.ACCEPT, LineVerb.PAY, LineVerb.PAY)))),
    ids="-".join,
)
def test_every_order_of_the_bank_s_words_ends_the_same(order: tuple[LineVerb, ...]) -> None:
    paid, line = money.sent()
    for n, verb in enumerate(order):
        tell(verb, line, f"m-{n}")
    assert money.line_of(paid).state is LineState.PAID
    assert vouchers.load(paid.id).state is State.WRITTEN_OFF
    assert money.money() == (REST, 0, STANDARD_FEN)


def test_a_word_that_outruns_our_own_record_comes_again() -> None:
    paid = money.assessed(1)
    money.settled()
    line = money.line_of(paid)
    with pytest.raises(Conflict, match="early"):
        tell(LineVerb.PAY, line, "m-1")
    send.send_due(SETTLING, lambda: False)
    with pytest.raises(Conflict, match="early"):
        tell(LineVerb.RETURN, line, "m-2")
    assert tell(LineVerb.PAY, line, "m-1") == Verdict.APPLY


@pytest.mark.parametrize(
    ("first", "then"), [(LineVerb.PAY, LineVerb.REJECT), (LineVerb.REJECT, LineVerb.PAY)]
)
def test_a_contradiction_is_put_aside_and_changes_nothing(first: LineVerb, then: LineVerb) -> None:
    paid, line = money.sent()
    tell(first, line, "m-1")
    before = money.line_of(paid), vouchers.load(paid.id), money.money()
    assert tell(then, line, "m-2") == Verdict.QUARANTINE
    assert tell(then, line, "m-2") == Verdict.QUARANTINE
    assert (money.line_of(paid), vouchers.load(paid.id), money.money()) == before
    kept = quarantine._Quarantined.get("q-m-2")
    assert (kept.said, kept.line_id, kept.line_state) == (then, line.id, before[0].state)


def test_another_amount_and_an_unknown_line_are_put_aside() -> None:
    paid, line = money.sent()
    assert tell(LineVerb.PAY, line, "m-1", amount_fen=1) == Verdict.QUARANTINE
    unknown = BankWord(LineVerb.PAY, LineId("l-none"), 1, 5)
    assert hear.hear(unknown, command("m-2")) == Verdict.QUARANTINE
    assert money.line_of(paid) == line


def test_a_word_that_lost_a_race_is_weighed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    paid, line = money.sent()
    together, losses = transact.together, iter([True])

    def lose_once(*given: object) -> None:
        if next(losses, False):
            monkeypatch.setattr(transact, "together", together)
            tell(LineVerb.PAY, line, "m-other")
            raise transact.Lost
        together(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(transact, "together", lose_once)
    assert tell(LineVerb.PAY, line, "m-1") == Verdict.REPEATED
    assert money.money() == (REST, 0, STANDARD_FEN)
    assert money.line_of(paid).version == 3


def test_a_word_that_finds_its_voucher_moved_meanwhile_is_weighed_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paid, line = money.sent()
    load = vouchers.load

    def load_after_another(voucher_id: VoucherId) -> voucher.Voucher:
        monkeypatch.setattr(vouchers, "load", load)
        tell(LineVerb.PAY, line, "m-other")
        return load(voucher_id)

    monkeypatch.setattr(vouchers, "load", load_after_another)
    assert tell(LineVerb.PAY, line, "m-1") == Verdict.REPEATED
    assert money.line_of(paid).version == 3


def test_a_word_whose_voucher_cannot_move_is_refused_with_the_voucher_s_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paid, line = money.sent()

    def full(*_: object) -> voucher.Voucher:
        raise Conflict("history_full")

    monkeypatch.setattr(voucher, "move", full)
    with pytest.raises(Conflict, match="history_full"):
        tell(LineVerb.PAY, line, "m-1")
    assert money.line_of(paid) == line
