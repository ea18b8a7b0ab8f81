"""Two lines of one voucher, whoever gets between them: exactly one of them writes it off.

Races are played three ways: by every order of calls, by seeds that replay, and by threads; and
every write of both lines' way meets each fault.
"""

import random
from collections.abc import Callable, Iterator
from itertools import count

import boto3
import pytest

from chalicelib.errors import CityError
from chalicelib.rules import history
from chalicelib.rules.line import Line, LineState, LineVerb
from chalicelib.rules.moves import State
from chalicelib.rules.settlement import Proposal
from chalicelib.rules.voucher import Voucher
from chalicelib.store import dump, vouchers
from chalicelib.store.dump import OWNERS
from chalicelib.usecases import approve, send, settle
from ops.check.invariants import bindings, lines, money, write_offs
from ops.check.reading import read_city
from tests import money as books
from tests import topped_up
from tests.faults.between import between
from tests.faults.shim import Fault, Killed, Shim, playing
from tests.faults.test_money_races import race
from tests.money import FUND, SETTLING, STANDARD_FEN, command
from tests.topped_up import FUNDS, TOP_UP_FEN, lines_of

WORKERS = count(1)
BOTH = [STANDARD_FEN, TOP_UP_FEN]
CALLS = 5  # of one word or one sending: line, voucher, the line beside it, the transaction, and one
CHANGES = frozenset({"TransactWriteItems", "UpdateItem", "PutItem"})
WRITES = frozenset({"TransactWriteItems", "SendMessageBatch"})

Act = Callable[[Line], object]


@pytest.fixture(scope="module", autouse=True)
def _city(shared_city: None) -> None:
    topped_up.open_books(city_fen=10**9, district_fen=10**9)


def due(many: int) -> Iterator[Voucher]:
    """So many vouchers, approved, each with two lines due."""
    numbers = [next(WORKERS) for _ in range(many)]
    made = [books.assessed(n) for n in numbers]
    topped_up.settled(f"propose-{numbers[0]:03}")
    return iter(made)


def sending(line: Line) -> object:
    return send._send(line.id, SETTLING)


def saying(verb: LineVerb) -> Act:
    return lambda line: books.tell(verb, line, f"m-{verb}-{line.id}")


PAY, REJECT, RETURN, ACCEPT = map(
    saying, (LineVerb.PAY, LineVerb.REJECT, LineVerb.RETURN, LineVerb.ACCEPT)
)
ACTS = (sending, sending, sending, ACCEPT, PAY, PAY, PAY, REJECT, RETURN)


def money_verbs(owner: Voucher) -> list[str]:
    events = history.events(vouchers.load(owner.id).history)
    return [event.do for event in events if event.do in {"pay", "write_off", "reject", "return"}]


@pytest.mark.parametrize(
    ("before", "first", "second", "state", "told"),
    [
        ((), sending, sending, State.PAYING, ["pay"]),
        ((sending,), PAY, PAY, State.WRITTEN_OFF, ["pay", "write_off"]),
        ((sending,), PAY, REJECT, State.APPROVED, ["pay", "reject"]),
        ((sending,), REJECT, PAY, State.APPROVED, ["pay", "reject"]),
        ((sending,), REJECT, REJECT, State.APPROVED, ["pay", "reject", "reject"]),
        (
            (sending, PAY),
            *(RETURN, RETURN, State.APPROVED, ["pay", "write_off", "return", "return"]),
        ),
    ],
    ids=["sent-sent", "paid-paid", "paid-rejected", "rejected-paid", "rejected", "returned"],
)
def test_whoever_gets_between_any_two_calls_the_voucher_follows_once(
    before: tuple[Act, ...], first: Act, second: Act, state: State, told: list[str]
) -> None:
    for at, owner in enumerate(due(CALLS)):
        for act in before:
            for line in lines_of(owner):
                act(line)
        city, district = lines_of(owner)
        with between(at, lambda line=district: second(line)):  # type: ignore[misc]
            first(city)
        # Whoever has not been between yet comes now.
        second(district)
        assert vouchers.load(owner.id).state is state
        assert money_verbs(owner) == told
        assert topped_up.stands_by_its_lines(owner.id)


def test_a_line_born_and_paid_while_the_other_is_being_paid_is_not_missed() -> None:
    for at in range(CALLS):
        n = next(WORKERS)
        owner = books.assessed(n)
        asked = books.approved(f"propose-{n:03}")
        topped_up.settle_half(asked, FUND)
        city = books.line_of(owner)
        sending(city)

        def other(asked: Proposal = asked, owner: Voucher = owner) -> None:
            topped_up.carry_on(asked)
            district = lines_of(owner)[1]
            sending(district)
            PAY(district)

        with between(at, other):
            PAY(city)
        other()
        assert money_verbs(owner) == ["pay", "write_off"]
        assert topped_up.stands_by_its_lines(owner.id)


@pytest.mark.parametrize("seed", range(5))
def test_any_words_between_any_calls_leave_the_voucher_where_its_lines_stand(seed: int) -> None:
    chance = random.Random(seed)
    [owner] = due(1)

    def step() -> None:
        act, line = chance.choice(ACTS), chance.choice(lines_of(owner))
        try:
            act(line)
        except CityError:
            # A word that outran our record, or a line that is no more due: it comes again or not.
            return

    for _ in range(6):
        with between(chance.randrange(CALLS), step):
            step()
        assert topped_up.stands_by_its_lines(owner.id)
    kept = money_verbs(owner)
    assert kept.count("write_off") <= 1 + kept.count("return")


def test_both_lines_paid_by_many_threads_at_once_write_each_voucher_off_once() -> None:
    owners = list(due(4))
    told = []
    for owner in owners:
        for line in lines_of(owner):
            sending(line)
            told += [line] * 2
    assert race(lambda n: PAY(told[n]), len(told)).keys() <= {"won", "changed_meanwhile"}
    for line in told:
        PAY(line)
    for owner in owners:
        assert vouchers.load(owner.id).state is State.WRITTEN_OFF
        assert money_verbs(owner) == ["pay", "write_off"]


def walk(owner: Voucher) -> None:
    """Both lines sent and paid; every step may have happened before."""
    for act in (sending, PAY):
        for line in lines_of(owner):
            act(line)


@pytest.fixture(scope="module")
def writes(_city: None) -> list[int]:
    """The numbers of the calls of one walk that change something."""
    for owner in due(2):
        with playing(Shim()) as shim:
            walk(owner)
    return [at for at, name in enumerate(shim.calls) if name in WRITES]


@pytest.mark.parametrize("fault", Fault)
def test_a_fault_at_any_write_of_either_line_leaves_no_fen_half_moved(
    fault: Fault, writes: list[int]
) -> None:
    assert len(writes) == 6  # each line handed to the bank, marked sent, and paid
    for owner, at in zip(due(len(writes)), writes, strict=True):
        shim = Shim(fault, at)
        with playing(shim):
            try:
                walk(owner)
            except (Killed, CityError):
                assert len(shim.calls) > at
        walk(owner)
        assert vouchers.load(owner.id).state is State.WRITTEN_OFF
        assert money_verbs(owner) == ["pay", "write_off"]
        assert {line.state for line in lines_of(owner)} == {LineState.PAID}


def carried_out(asked: Proposal) -> None:
    """Approved and settled; either may have happened before."""
    approve.approve(books.APPROVER, asked.id, command("approve-01", actor="approver"))
    settle.settle(asked.id, command(f"settle:{asked.id}", actor="settlements"))


@pytest.mark.parametrize("fault", [Fault.DIE_BEFORE, Fault.DIE_AFTER, Fault.ANSWER_LOST])
def test_a_fault_at_any_write_of_an_approval_reserves_each_share_and_bears_its_line_once(
    fault: Fault,
) -> None:
    at, found = -1, list[str]()
    while at < len(found):
        n = next(WORKERS)
        owner, before = books.assessed(n), [topped_up.money_of(fund)[1] for fund in FUNDS]
        asked = books.proposed(f"propose-{n:03}")
        with playing(Shim(fault, at)) as shim:
            try:
                carried_out(asked)
            except (Killed, CityError):
                assert at >= 0
        carried_out(asked)
        reserved = [topped_up.money_of(fund)[1] for fund in FUNDS]
        assert [now - was for now, was in zip(reserved, before, strict=True)] == BOTH
        assert [line.version for line in lines_of(owner)] == [1, 1]
        found = found or shim.calls
        at = next((n for n in range(at + 1, len(found)) if found[n] in CHANGES), len(found))
    assert sum(name in CHANGES for name in found) >= 5


def test_the_checker_finds_nothing_in_what_the_races_left(writes: list[int]) -> None:
    names = {owner: f"{owner}_table" for owner in OWNERS}
    city = read_city(dump.read(boto3.client("dynamodb"), names))
    assert city.unreadable == ()
    for invariant in (bindings, money, lines, write_offs):
        assert list(invariant.breaches(city)) == []
