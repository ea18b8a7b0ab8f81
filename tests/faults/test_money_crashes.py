"""Every write of propose → approve → settle → send → hear, with each fault, recovered by repeating.

Each play has a worker and a district of its own, so that one city carries them all; at the end
the checker's invariants about money look at everything that the plays left behind.
"""

import os

import boto3
import pytest

from chalicelib.errors import CityError
from chalicelib.rules import history
from chalicelib.rules.line import LineState, LineVerb
from chalicelib.rules.moves import State
from chalicelib.rules.principal import Right
from chalicelib.rules.settlement import ProposalState
from chalicelib.rules.voucher import Voucher
from chalicelib.store import dump, payments, proposals, vouchers
from chalicelib.store.dump import OWNERS
from chalicelib.usecases import approve, propose, send, settle
from ops.check.invariants import lines, money, write_offs
from ops.check.invariants import proposals as proposed
from ops.check.reading import read_city
from tests import money as books
from tests import seeding
from tests.faults.shim import Fault, Killed, Shim, playing
from tests.money import SETTLING, command

OFFICER = seeding.official("proposer", Right.PROPOSAL_PROPOSE, office=seeding.CITY_OFFICE)
WRITES = frozenset({"PutItem", "UpdateItem", "TransactWriteItems", "SendMessage", "Encrypt"})
FIRST_OF = {fault: 100 * n for n, fault in enumerate(Fault, 1)}


@pytest.fixture(scope="module", autouse=True)
def _city(shared_city: None) -> None:
    books.open_books(granted_fen=10**9)


def district(n: int) -> str:
    return f"31{n:04}"


def walk(n: int, paid: Voucher) -> None:
    """From an assessed voucher to money in the account; every step may have happened before."""
    asked = propose.propose(OFFICER, "social-training", district(n), command(f"propose-{n:04}"))
    approve.approve(books.APPROVER, asked.id, command("approve-01", actor="approver"))
    settle.settle(asked.id, command(f"settle:{asked.id}", actor="settlements"))
    send.send_due(SETTLING, lambda: False)
    line = books.line_of(paid)
    books.tell(LineVerb.ACCEPT, line, f"m-{n}-1")
    books.tell(LineVerb.PAY, line, f"m-{n}-2")


def check_sound(paid: Voucher) -> None:
    """Written off once, by one line, each event once, in an unbroken chain."""
    kept, line = vouchers.load(paid.id), books.line_of(paid)
    assert (kept.state, line.state) == (State.WRITTEN_OFF, LineState.PAID)
    done = [event.do for event in history.events(kept.history)][5:]
    assert done == ["propose", "approve", "pay", "write_off"]
    assert [event.do for event in history.events(line.history)] == [
        *("approve", "send", "accept", "pay")
    ]
    assert history.broken_at(kept.history) is history.broken_at(line.history) is None
    assert proposals.load(line.proposal_id).state is ProposalState.SETTLED


@pytest.fixture(scope="module")
def writes(_city: None) -> list[int]:
    """The numbers of the calls of one walk that change something."""
    for n in (1, 2):
        paid = books.assessed(n, district=district(n))
        with playing(Shim()) as shim:
            walk(n, paid)
        check_sound(paid)
    return [at for at, name in enumerate(shim.calls) if name in WRITES]


@pytest.mark.parametrize("fault", Fault)
def test_a_fault_at_any_write_leaves_no_fen_half_moved(fault: Fault, writes: list[int]) -> None:
    assert len(writes) >= 12
    for n, at in enumerate(writes, FIRST_OF[fault]):
        paid = books.assessed(n, district=district(n))
        shim = Shim(fault, at)
        with playing(shim):
            try:
                walk(n, paid)
            except (Killed, CityError):
                assert len(shim.calls) > at
        walk(n, paid)
        check_sound(paid)


def test_the_checker_finds_nothing_in_what_the_plays_left(writes: list[int]) -> None:
    names = {owner: os.environ[f"{owner.upper()}_TABLE"] for owner in OWNERS}
    city = read_city(dump.read(boto3.client("dynamodb"), names))
    assert city.unreadable == ()
    for invariant in (money, proposed, lines, write_offs):
        assert list(invariant.breaches(city)) == []
    assert payments.due("", 10) == ([], "")
    assert proposals.unfinished("", 10) == ([], "")
