"""A batch repeated month by month, for a group or a list; and one that claims as it issues."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.errors import Refused
from chalicelib.rules import calendar, history, ids, voucher
from chalicelib.rules.moves import State, Verb
from chalicelib.rules.person import FactKind
from chalicelib.rules.principal import Principal, Right
from chalicelib.rules.run import Refusal, Run
from chalicelib.rules.voucher import Voucher
from chalicelib.store import vouchers
from chalicelib.usecases import ask_batch, show_run, work_run
from tests import groups, seeding
from tests.builders import MONDAY, a_command
from tests.units.meter import recorded

PROGRAMME = "social-training"
OFFICER = seeding.official("staff-city", Right.VOUCHER_ISSUE, office=seeding.CITY_OFFICE)
LIST = "重点企业名单"
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


def of(who: Principal, programme: str = PROGRAMME) -> list[Voucher]:
    return vouchers.load_all([ids.voucher_id(who.worker_id, programme, "2026", 1)])


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


def publish_placed(**values: tuple[str, Any]) -> None:
    """A programme whose vouchers are placed by a list of people."""
    listed = ("group-list", [{"listed": LIST}])
    seeding.publish_like(
        PROGRAMME, "placed", "class", eligible=listed, proactive_groups=listed, **values
    )


def placed(kind: FactKind = FactKind.LISTED, name: str = LIST, key: str = "placed-01") -> Run:
    command = a_command(key, actor=OFFICER.subject, role=OFFICER.role)
    run = ask_batch.ask_batch(OFFICER, "placed", kind, name, command)
    work_run.work_run(run.id, MONDAY, lambda: False)
    return show_run.show_run(OFFICER, run.id)


def test_a_batch_for_a_list_serves_who_stands_on_it_that_day() -> None:
    publish_placed()
    listed, later = (seeding.register(n, groups.EMPLOYEE) for n in (1, 2))
    seeding.register(3, groups.EMPLOYEE)
    seeding.put_on_list(listed, LIST)
    seeding.put_on_list(later, LIST, since=date(2026, 3, 3))
    assert counts(placed()) == (1, 1, 0, 0)
    [issued] = of(listed, "placed")
    assert (issued.terms.group, of(later, "placed")) == (groups.EMPLOYEE, [])


@pytest.mark.parametrize(
    ("kind", "name"), [(FactKind.LISTED, "另一名单"), (FactKind.GROUP, groups.EMPLOYEE)]
)
def test_a_list_or_group_that_no_line_names_is_not_served(kind: FactKind, name: str) -> None:
    publish_placed()
    with pytest.raises(Refused, match="not_proactive") as refused:
        placed(kind, name)
    assert refused.value.field == kind


def test_whom_no_line_serves_without_being_asked_is_a_refused_row_though_he_may_claim() -> None:
    older = ("group-list", [{"groups": [groups.EMPLOYEE], "age_at_least": 45}])
    seeding.publish_like(PROGRAMME, "placed", "class", proactive_groups=older)
    seeding.register(1, groups.EMPLOYEE)
    run = placed(FactKind.GROUP, groups.EMPLOYEE)
    assert run.refusals == (Refusal(1, "group", "not_proactive"),)


def test_a_voucher_is_claimed_as_it_is_issued_where_the_programme_claims_on_joining() -> None:
    publish_placed(claiming=("claiming", "on-joining"))
    who = seeding.register(1, groups.EMPLOYEE)
    seeding.put_on_list(who, LIST)
    with recorded() as calls:
        first = placed()
    assert counts(first) == (1, 1, 0, 0)
    assert "UpdateItem vouchers_table" not in calls
    [mine] = of(who, "placed")
    events = history.events(mine.history)
    assert [(event.do, event.by, event.key) for event in events] == [
        (verb, OFFICER.subject, f"{first.id}:1") for verb in (Verb.ISSUE, Verb.CLAIM)
    ]
    assert (mine.state, voucher.replayed(mine, mine.history)) == (State.CLAIMED, mine)
    assert counts(placed(key="placed-02")) == (1, 0, 1, 0)
    assert of(who, "placed") == [mine]
