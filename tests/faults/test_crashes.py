"""Every AWS call of issue → claim → verify → enrol, with each fault, recovered by repeating.

A failure names the call and the fault, which is all it takes to play it again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from chalicelib.errors import CityError
from chalicelib.rules import history, ids, voucher
from chalicelib.rules.ids import ClassId
from chalicelib.rules.moves import State
from chalicelib.rules.person import FactKind
from chalicelib.rules.principal import Principal, Right
from chalicelib.rules.voucher import Voucher
from chalicelib.store import vouchers
from chalicelib.usecases import ask_batch, claim, enrol, show_code, verify, work_run
from infra.local_cloud import Cloud
from tests import groups, seeding
from tests.builders import MONDAY, a_command
from tests.faults.shim import Fault, Killed, Shim, forget_policies, playing
from tests.seeding import CITY_OFFICE, DESK
from tests.tables import drop_tables, make_tables

PROGRAMME = "social-training"
OFFICER = seeding.official("officer", Right.VOUCHER_ISSUE, office=CITY_OFFICE)


@dataclass(frozen=True)
class Flow:
    """One worker's way from issue to enrolment, the same commands however often it is walked."""

    who: Principal
    into: ClassId

    def walk(self) -> Voucher:
        """Issue, claim, verify, enrol; every step may have happened before."""
        batch = ask_batch.ask_batch(
            OFFICER,
            PROGRAMME,
            FactKind.GROUP,
            groups.REGISTERED_UNEMPLOYED,
            a_command("batch-01", actor="officer"),
        )
        work_run.work_run(batch.id, MONDAY, lambda: False)
        mine = ids.voucher_id(self.who.worker_id, PROGRAMME, "2026", 1)
        claim.claim(self.who, PROGRAMME, a_command("claim-01", actor=self.who.subject))
        if vouchers.load(mine).state is State.CLAIMED:
            code, _ = show_code.show_code(self.who, mine, MONDAY)
            verify.verify(DESK, mine, code, a_command("verify-01", actor=DESK.subject))
        return enrol.enrol(
            DESK, mine, self.into, "worker", None, a_command("enrol-01", actor=DESK.subject)
        )


@pytest.fixture(autouse=True)
def _cloud(empty_cloud: Cloud) -> None:
    """A cloud to make cities on."""


@contextmanager
def a_city() -> Iterator[Flow]:
    """An empty city with one registered unemployed worker and one class."""
    make_tables()
    forget_policies()
    seeding.publish()
    seeding.open_institution()
    who = seeding.register(1, groups.REGISTERED_UNEMPLOYED)
    into = seeding.file_class().id
    forget_policies()
    try:
        yield Flow(who, into)
    finally:
        drop_tables()


def calls_of_one_walk() -> int:
    """How many AWS calls the flow makes."""
    with a_city() as walked, playing(Shim()) as shim:
        walked.walk()
    return len(shim.calls)


def check_sound(walked: Flow, done: Voucher) -> None:
    kept = vouchers.load(done.id)
    assert kept.state is State.ENROLLED
    assert [event.do for event in history.events(kept.history)] == [
        *("issue", "claim", "verify", "enrol")
    ]
    assert history.broken_at(kept.history) is None
    assert voucher.replayed(kept, kept.history) == kept
    assert seeding.seats_taken(walked.into) == 1
    assert seeding.counted_of(kept.person_id, 2026) == {f"{PROGRAMME}/1"}


@pytest.mark.parametrize("fault", Fault)
def test_a_fault_at_any_call_leaves_nothing_half_done(fault: Fault) -> None:
    calls = calls_of_one_walk()
    assert calls >= 15  # from the batch to the seat; fewer would mean that a client is not watched
    for at in range(calls):
        shim = Shim(fault, at)
        with a_city() as walked:
            with playing(shim):
                try:
                    walked.walk()
                except (Killed, CityError):
                    assert len(shim.calls) > at
            check_sound(walked, walked.walk())
