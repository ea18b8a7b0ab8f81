"""Limits across vouchers under races and faults: one winner, and counts that say what there is.

Each walk is another worker's, in one city: a failure names the call and the fault.
"""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from itertools import count

import pytest

from chalicelib.errors import CityError
from chalicelib.rules import calendar, due
from chalicelib.rules.limits import key
from chalicelib.rules.moves import State
from chalicelib.rules.situation import Earlier
from chalicelib.rules.tabular import RowFault
from chalicelib.rules.voucher import Voucher
from chalicelib.store import entitlements, people, vouchers
from chalicelib.usecases import assess, enrol, expire, issue, show_code, verify
from tests import limits, money, seeding
from tests.builders import MONDAY, a_command
from tests.faults.shim import Fault, Killed, Shim, forget_policies, playing
from tests.limits import LIMITED, brought, certificate, claimed, voucher_of
from tests.seeding import DESK

THREADS = 16
WRITES = {"TransactWriteItems", "PutItem", "UpdateItem", "BatchExecuteStatement"}
NEW_YEAR = datetime(2027, 1, 1, tzinfo=calendar.SHANGHAI)
WORKERS = count(1)


@pytest.fixture(scope="module", autouse=True)
def _city(shared_city: None) -> None:
    seeding.publish()
    seeding.open_institution()


def a_worker() -> int:
    """The next worker, registered."""
    n = next(WORKERS)
    money.learner(n)
    return n


def race(attempt: Callable[[int], object], times: int = THREADS) -> Counter[str]:
    """How often each answer came: `won`, or the code of the refusal."""

    def one(n: int) -> str:
        try:
            attempt(n)
        except (CityError, RowFault) as lost:
            return lost.code
        return "won"

    with ThreadPoolExecutor(THREADS) as pool:
        return Counter(pool.map(one, range(times)))


def test_of_16_claims_one_makes_the_voucher_that_lives() -> None:
    limits.publish(vouchers_per_period=THREADS, one_live=True)
    n = a_worker()
    answers = race(lambda at: claimed(n, f"claim-{at:02}"))
    assert answers["won"] == 1
    assert answers.keys() <= {"won", "voucher_still_live", "changed_meanwhile"}
    standing = vouchers.load_all(voucher_of(n, ordinal) for ordinal in range(1, THREADS + 1))
    assert len(standing) == 1
    assert set(counts(n)) == {key(standing[0])}


def test_of_16_claims_the_total_lets_three_be() -> None:
    limits.publish(vouchers_per_period=THREADS, vouchers_in_total=3)
    n = a_worker()
    won = 0
    # Who lost a race is told to look again and does.
    for round_ in range(3):
        won += race(lambda at, r=round_: claimed(n, f"claim-{r:02}-{at:02}"))["won"]
    assert won == 3 == len(counts(n))


def test_of_16_desks_one_gives_a_seat_for_the_course_that_is_paid_once() -> None:
    limits.publish("class", vouchers_per_period=4, once_per_occupation_and_level=True)
    n = a_worker()
    ready = [verified(claimed(n, f"claim-{order}")) for order in range(4)]
    into = seeding.file_class("C-once", programme=LIMITED)
    answers = race(
        lambda at: enrol.enrol(
            DESK,
            ready[at % 4].id,
            into.id,
            "worker",
            None,
            a_command(f"enrol-{at}", actor=DESK.subject),
        )
    )
    assert answers["won"] == 1 == seeding.seats_taken(into.id)
    assert answers.keys() <= {"won", "course_repeated", "changed_meanwhile", "not_in_state"}


def test_of_16_results_one_opens_the_certificate_that_is_paid_once() -> None:
    limits.publish(once_per_occupation_and_level=True)
    n = a_worker()
    for order in range(3):
        claimed(n, f"claim-{order}")
    answers = race(lambda at: assess.apply(certificate(n, at), money.command(f"row-{at}")))
    assert answers["won"] == 1
    assert answers.keys() <= {"won", "course_repeated", "changed_meanwhile"}
    assert sum(one.occupation is not None for one in counts(n).values()) == 1


def counts(n: int) -> dict[str, Earlier]:
    return dict(entitlements.counts(limits.person_of(n)).vouchers)


def verified(found: Voucher) -> Voucher:
    code, _ = show_code.show_code(seeding.worker(found.person_id), found.id, MONDAY)
    return verify.verify(DESK, found.id, code, a_command(f"v-{found.id}", actor=DESK.subject))


@pytest.fixture
def paid_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One voucher lives at a time, and pays a course once; what is due has one share."""
    monkeypatch.setattr(due, "SHARDS", 1)
    limits.publish(
        "certificate",
        one_live=True,
        once_per_occupation_and_level=True,
        proactive_groups=[{"groups": ["registered-unemployed"]}],
    )


def walk(n: int) -> None:
    """A batch serves the worker, his certificate opens it, he claims another one, that expires."""
    member = people.load(limits.person_of(n))
    issue.issue_to([member], LIMITED, a_command("batch-01", actor="staff"))
    mine = vouchers.load(voucher_of(n))
    if mine.state is State.ISSUED:
        claimed(n, "claim-1")
    brought(n)
    claimed(n, "claim-2")
    expire.expire(NEW_YEAR, lambda: False)


def faulted(n: int, shim: Shim) -> None:
    forget_policies()
    with playing(shim), suppress(Killed, CityError, RowFault):
        walk(n)


@pytest.mark.usefixtures("paid_once")
@pytest.mark.parametrize("fault", Fault)
def test_a_fault_at_any_write_leaves_counts_that_say_what_there_is(fault: Fault) -> None:
    watched = Shim()
    faulted(a_worker(), watched)
    assert watched.calls.count("TransactWriteItems") >= 4
    for at, call in enumerate(watched.calls):
        if call not in WRITES:
            continue  # reads at fault are played by the walks of test_crashes
        n = a_worker()
        faulted(n, Shim(fault, at))
        walk(n)
        states = [vouchers.load(voucher_of(n, ordinal)).state for ordinal in (1, 2)]
        assert states == [State.ASSESSED, State.EXPIRED], (fault, at)
        paid = Earlier(LIMITED, MONDAY.date(), 0, "unemployment-insurance", "电工", 5)
        assert counts(n) == {f"{LIMITED}/2026/1": paid}, (fault, at)
        assert seeding.counted_of(limits.person_of(n), 2026) == {f"{LIMITED}/1", f"{LIMITED}/2"}
