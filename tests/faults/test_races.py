"""Races, 16 threads in process on the local cloud: one winner, everybody else a clean no."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.errors import Conflict
from chalicelib.rules import history, voucher
from chalicelib.rules.moves import State, Verb
from chalicelib.rules.voucher import Voucher
from chalicelib.store import vouchers
from chalicelib.usecases import claim, enrol, show_code, verify
from tests import groups, seeding
from tests.builders import MONDAY, a_command
from tests.seeding import DESK

THREADS = 16


@pytest.fixture(scope="module", autouse=True)
def _city(shared_city: None) -> None:
    seeding.publish()
    seeding.open_institution()


def race(attempt: Callable[[int], Voucher], times: int) -> Counter[str]:
    """How often each answer came: `won`, or the code of the conflict."""

    def one(n: int) -> str:
        try:
            attempt(n)
        except Conflict as lost:
            return lost.code
        return "won"

    with ThreadPoolExecutor(THREADS) as pool:
        return Counter(pool.map(one, range(times)))


def test_of_2000_desks_that_scan_one_code_exactly_one_verifies() -> None:
    who = seeding.register(1, groups.EMPLOYEE)
    found = claim.claim(who, "social-training", a_command("claim-01", actor=who.subject))
    code, _ = show_code.show_code(who, found.id, MONDAY)
    answers = race(
        lambda n: verify.verify(
            DESK, found.id, code, a_command(f"verify-{n:05}", actor=DESK.subject)
        ),
        2_000,
    )
    assert answers["won"] == 1
    assert answers.total() == 2_000
    assert answers.keys() <= {"won", "code_spent", "changed_meanwhile"}
    kept = vouchers.load(found.id)
    assert [event.do for event in history.events(kept.history)].count(Verb.VERIFY) == 1
    assert voucher.replayed(kept, kept.history) == kept


def test_a_class_of_ten_seats_never_takes_an_eleventh() -> None:
    into = seeding.file_class(capacity=10)
    ready = []
    for number in range(100, 140):
        who = seeding.register(number, groups.EMPLOYEE)
        found = claim.claim(who, "social-training", a_command("claim-01", actor=who.subject))
        code, _ = show_code.show_code(who, found.id, MONDAY)
        ready.append(
            verify.verify(DESK, found.id, code, a_command("verify-01", actor=DESK.subject))
        )
    answers = race(
        lambda n: enrol.enrol(
            DESK, ready[n].id, into.id, "worker", None, a_command(f"enrol-{n}", actor=DESK.subject)
        ),
        len(ready),
    )
    assert answers["won"] == 10
    assert answers.total() == 40
    enrolled = [one for one in ready if vouchers.load(one.id).state is State.ENROLLED]
    assert len(enrolled) == seeding.seats_taken(into.id) == 10
