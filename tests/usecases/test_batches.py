"""Batches: a whole group is served without asking, once, however often it is tried."""

from contextlib import suppress
from dataclasses import replace

import pytest

from chalicelib.errors import CityError, Forbidden, Refused
from chalicelib.rules import history, ids
from chalicelib.rules.ids import PersonId
from chalicelib.rules.moves import State
from chalicelib.rules.person import FactKind
from chalicelib.rules.principal import Right
from chalicelib.rules.run import Refusal, Run, RunKind, RunState
from chalicelib.rules.voucher import Voucher
from chalicelib.store import entitlements, people, vouchers
from chalicelib.usecases import ask_batch, claim, issue, show_run, work_run
from tests import groups, seeding
from tests.builders import MONDAY, a_command, a_person
from tests.faults.shim import Fault, Killed, Shim, playing
from tests.tables import drop_tables, make_tables

PROGRAMME = "social-training"
UNEMPLOYED = groups.REGISTERED_UNEMPLOYED
OFFICER = seeding.official("staff-city", Right.VOUCHER_ISSUE, office=seeding.CITY_OFFICE)


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    seeding.publish()


def ask(key: str = "batch-01") -> Run:
    command = a_command(key, actor=OFFICER.subject, role=OFFICER.role)
    return ask_batch.ask_batch(OFFICER, PROGRAMME, FactKind.GROUP, UNEMPLOYED, command)


def work(run: Run) -> Run:
    """Works a run to its end."""
    return work_run.work_run(run.id, MONDAY, lambda: False)


def counts(run: Run) -> tuple[int, int, int, int]:
    return run.rows, run.applied, run.existed, run.refused


def of(person_id: PersonId | None) -> list[Voucher]:
    """The person's voucher of the programme, if he has one."""
    assert person_id
    return vouchers.load_all([ids.voucher_id(person_id, PROGRAMME, "2026", 1)])


def register_many(count: int) -> None:
    run = ids.run_id(RunKind.ROSTER, "seed", "many")
    crowd = [a_person(UNEMPLOYED, person_id=f"p-many-{n:04}") for n in range(count)]
    people.register([(person, b"sealed", run, n) for n, person in enumerate(crowd, 2)])


def test_everybody_of_the_group_has_a_voucher_and_nobody_else() -> None:
    member = seeding.register(1, UNEMPLOYED)
    other = seeding.register(2, groups.EMPLOYEE)
    run = work(ask())
    assert (run.state, counts(run)) == (RunState.DONE, (1, 1, 0, 0))
    (issued,) = of(member.person_id)
    assert (issued.state, issued.version) == (State.ISSUED, 1)
    assert issued.expires_at == "2027-01-01T00:00:00+08:00"
    event = history.read(issued.history[0])
    assert (event.by, event.role, event.key) == ("staff-city", "city-office", f"{run.id}:1")
    assert seeding.counted_of(issued.person_id, 2026) == {f"{PROGRAMME}/1"}
    assert of(other.person_id) == []


def test_a_member_from_outside_the_city_is_a_refused_row() -> None:
    seeding.register(1, UNEMPLOYED, local=False)
    run = work(ask())
    assert counts(run) == (1, 0, 0, 1)
    assert show_run.show_run(OFFICER, run.id).refusals == (Refusal(1, "group", "not_eligible"),)


def test_whose_year_is_used_up_is_a_refused_row() -> None:
    full = seeding.register(1, UNEMPLOYED)
    for counted in ("skill-certificate/1", "other/1"):
        entitlements.count(full.worker_id, 2026, counted, 2)
    run = work(ask())
    assert show_run.show_run(OFFICER, run.id).refusals == (
        Refusal(1, "programme", "limit_reached"),
    )
    assert of(full.person_id) == []


def test_a_second_batch_finds_what_stands_and_leaves_it() -> None:
    member = seeding.register(1, UNEMPLOYED)
    claim.claim(member, PROGRAMME, a_command("claim-01", actor=member.subject))
    before = of(member.person_id)
    assert counts(work(ask())) == (1, 0, 1, 0)
    assert of(member.person_id) == before


def test_every_page_is_served_though_entitlements_lie_between_the_people(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(issue, "_READ_AT_ONCE", 200)
    register_many(410)
    first = ask()
    at_border = work_run.work_run(first.id, MONDAY, lambda: True)
    assert (at_border.state, at_border.rows) == (RunState.RUNNING, 200)
    assert counts(work(first)) == (410, 410, 0, 0)
    assert counts(work(ask("batch-02"))) == (410, 0, 410, 0)


def test_a_page_on_which_nobody_stands_is_not_the_end_of_the_register(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(issue, "_READ_AT_ONCE", 1)
    register_many(3)
    assert counts(work(ask())) == (3, 3, 0, 0)
    assert counts(work(ask("batch-02"))) == (3, 0, 3, 0)


def test_a_batch_goes_on_from_a_checkpoint_that_names_a_person_alone() -> None:
    register_many(5)
    everybody, _ = people.page("", 10)
    following, _ = people.page(everybody[1].id, 10)
    assert following == everybody[2:]


def fresh_batch() -> Run:
    """A batch over three members of the group in a city of its own."""
    drop_tables()
    make_tables()
    seeding.publish()
    for n in range(3):
        seeding.register(n, UNEMPLOYED)
    return ask()


def calls_of_one_batch() -> int:
    """How many AWS calls a batch over three people makes."""
    run = fresh_batch()
    with playing(Shim()) as shim:
        work(run)
    return len(shim.calls)


@pytest.mark.parametrize("fault", Fault)
def test_a_worker_that_fails_at_any_call_issues_to_nobody_twice(fault: Fault) -> None:
    for at in range(calls_of_one_batch()):
        run = fresh_batch()
        with playing(Shim(fault, at)), suppress(Killed, CityError):
            work(run)
        assert counts(work(run)) == (3, 3, 0, 0), (fault, at)
        everybody, _ = people.page("", 10)
        assert [len(of(person.id)) for person in everybody] == [1, 1, 1], (fault, at)


def test_a_group_that_the_policy_does_not_serve_unasked_is_refused() -> None:
    with pytest.raises(Refused, match="not_proactive"):
        ask_batch.ask_batch(OFFICER, PROGRAMME, FactKind.GROUP, groups.EMPLOYEE, a_command())


def test_issuing_needs_its_right() -> None:
    nobody = replace(OFFICER, rights=frozenset())
    with pytest.raises(Forbidden):
        ask_batch.ask_batch(nobody, PROGRAMME, FactKind.GROUP, UNEMPLOYED, a_command())
