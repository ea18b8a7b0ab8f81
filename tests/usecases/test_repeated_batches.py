"""A batch repeated month by month, for a group or a list; and one that claims as it issues."""

from datetime import date, datetime, timedelta

import pytest

from chalicelib.rules import calendar, ids
from chalicelib.rules.moves import State
from chalicelib.rules.person import FactKind
from chalicelib.rules.principal import Principal, Right
from chalicelib.rules.run import Run
from chalicelib.rules.voucher import Voucher
from chalicelib.store import vouchers
from chalicelib.usecases import ask_batch, show_run, work_run
from tests import groups, seeding
from tests.builders import MONDAY, a_command

PROGRAMME = "social-training"
OFFICER = seeding.official("staff-city", Right.VOUCHER_ISSUE, office=seeding.CITY_OFFICE)
APRIL = MONDAY.replace(month=4)


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    seeding.publish()


def batch(at: datetime) -> Run:
    """The batch of a day, worked to its end."""
    command = a_command(f"batch-{at:%m%d}", actor=OFFICER.subject, role=OFFICER.role, at=at)
    group = groups.REGISTERED_UNEMPLOYED
    run = ask_batch.ask_batch(OFFICER, PROGRAMME, FactKind.GROUP, group, command)
    work_run.work_run(run.id, at, lambda: False)
    return show_run.show_run(OFFICER, run.id)


def counts(run: Run) -> tuple[int, int, int, int]:
    return run.rows, run.applied, run.existed, run.refused


def of(who: Principal) -> list[Voucher]:
    return vouchers.load_all([ids.voucher_id(who.worker_id, PROGRAMME, "2026", 1)])


def test_a_later_month_serves_who_joined_finds_who_was_served_and_passes_over_who_left() -> None:
    served, leaves = (seeding.register(n, groups.REGISTERED_UNEMPLOYED) for n in (1, 2))
    assert counts(batch(MONDAY)) == (2, 2, 0, 0)
    never_served = seeding.register(3, groups.REGISTERED_UNEMPLOYED)
    for who in (leaves, never_served):
        seeding.end_facts(who, date(2026, 3, 31))
    joined = seeding.register(4, groups.REGISTERED_UNEMPLOYED)
    before = of(served), of(leaves)
    assert counts(batch(APRIL)) == (2, 1, 1, 0)
    assert (of(served), of(leaves), of(never_served)) == (*before, [])
    assert [one.state for one in of(joined)] == [State.ISSUED]


def test_who_leaves_the_group_is_served_to_his_last_day_in_it() -> None:
    who = seeding.register(1, groups.REGISTERED_UNEMPLOYED)
    seeding.end_facts(who, calendar.civil_date(APRIL))
    assert counts(batch(APRIL)) == (1, 1, 0, 0)
    assert counts(batch(APRIL + timedelta(days=1))) == (0, 0, 0, 0)
