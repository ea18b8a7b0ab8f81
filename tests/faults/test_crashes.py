"""Every AWS call of issue → claim → verify → enrol, with each fault, recovered by repeating.

A failure names the call and the fault, which is all it takes to play it again.
"""

from dataclasses import dataclass

import pytest

from chalicelib.errors import CityError
from chalicelib.rules import history, ids, voucher
from chalicelib.rules.ids import ClassId
from chalicelib.rules.person import Group
from chalicelib.rules.principal import Principal
from chalicelib.rules.voucher import State, Voucher
from chalicelib.store import people, programmes, vouchers
from chalicelib.usecases import claim, enrol, issue, show_code, verify
from tests import seeding
from tests.builders import MONDAY, a_command
from tests.faults.shim import Fault, Killed, Shim, playing
from tests.seeding import DESK

PROGRAMME = "social-training"


@dataclass(frozen=True)
class Flow:
    """One worker's way from issue to enrolment, the same commands however often it is walked."""

    who: Principal
    into: ClassId

    def walk(self) -> Voucher:
        """Issue, claim, verify, enrol; every step may have happened before."""
        person = people.load(self.who.worker_id)
        issue.issue_to([person], PROGRAMME, a_command(f"issue-{person.id}", actor="staff-city"))
        mine = ids.voucher_id(person.id, PROGRAMME, "2026", 1)
        claim.claim(self.who, PROGRAMME, a_command("claim-01", actor=self.who.subject))
        if vouchers.load(mine).state is State.CLAIMED:
            code, _ = show_code.show_code(self.who, mine, MONDAY)
            verify.verify(DESK, mine, code, a_command("verify-01", actor=DESK.subject))
        return enrol.enrol(
            DESK, mine, self.into, "worker", None, a_command("enrol-01", actor=DESK.subject)
        )


@pytest.fixture(scope="module", autouse=True)
def _city(shared_city: None) -> None:
    seeding.publish()
    seeding.open_institution()


def flow(number: int) -> Flow:
    who = seeding.register(number, Group.REGISTERED_UNEMPLOYED)
    return Flow(who, seeding.file_class(f"C-{number}").id)


def calls_of_one_walk() -> int:
    """How many AWS calls the flow makes; nothing is cached when it starts."""
    walked = flow(1)
    forget_policies()
    with playing(Shim()) as shim:
        walked.walk()
    return len(shim.calls)


def forget_policies() -> None:
    """The caches of a fresh process, so that every walk makes the same calls."""
    programmes.by_hash.cache_clear()
    programmes._current.clear()


def check_sound(walked: Flow, done: Voucher) -> None:
    kept = vouchers.load(done.id)
    assert kept.state is State.ENROLLED
    assert [event.do for event in history.events(kept.history)] == [
        *("issue", "claim", "verify", "enrol")
    ]
    assert history.broken_at(kept.history) is None
    assert voucher.replayed(kept, kept.history) == kept
    assert seeding.seats_taken(walked.into) == 1
    assert people.entitlements(kept.person_id, 2026) == {f"{PROGRAMME}/1"}


@pytest.mark.parametrize("fault", Fault)
def test_a_fault_at_any_call_leaves_nothing_half_done(fault: Fault) -> None:
    number = 1_000 * (1 + list(Fault).index(fault))
    for at in range(calls_of_one_walk()):
        walked = flow(number + at)
        forget_policies()
        shim = Shim(fault, at)
        with playing(shim):
            try:
                walked.walk()
            except (Killed, CityError):
                assert len(shim.calls) >= at
        check_sound(walked, walked.walk())
