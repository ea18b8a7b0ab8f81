"""Facts of people, brought by an office: begun, ended, found known, refused; never rewritten."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date

import pytest

from chalicelib.errors import CityError
from chalicelib.rules.person import Fact, FactKind, Person
from chalicelib.rules.personal import document_number
from chalicelib.rules.principal import Right
from chalicelib.rules.run import Refusal, Run, RunKind, RunState
from chalicelib.rules.tabular import Row
from chalicelib.store import people, secrets
from chalicelib.usecases import ask_import, record_fact, show_run, work_run
from tests import groups, office_files, seeding
from tests.builders import MONDAY, a_command
from tests.faults.shim import Fault, Killed, Shim, playing
from tests.office_files import person

OFFICER = seeding.official(
    "staff-city", Right.IMPORT_ROSTER, Right.IMPORT_FACTS, office=seeding.CITY_OFFICE
)
LIST = "重点企业名单"


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    seeding.publish()
    bring(RunKind.ROSTER, person(1), person(2))


def a_row(n: int = 1, **columns: str) -> dict[str, str]:
    """A row: the n-th person's name stands on a list from March on."""
    row = {"证件号码": office_files.number(n), "事实": "名单", "内容": LIST}
    return row | {"起始日期": "2026-03-01", "终止日期": ""} | columns


def order(kind: RunKind, *rows: dict[str, str], name: str, preview: bool = False) -> Run:
    key = office_files.put(kind, rows, name=name)
    command = a_command(f"key-{name}", actor=OFFICER.subject)
    return ask_import.ask_import(OFFICER, kind, key, command, preview=preview)


def work(run: Run) -> Run:
    work_run.work_run(run.id, MONDAY, lambda: False)
    return show_run.show_run(OFFICER, run.id)


def bring(kind: RunKind, *rows: dict[str, str], name: str = "first", preview: bool = False) -> Run:
    """The run over a file with these rows, at its end."""
    return work(order(kind, *rows, name=f"{kind}-{name}", preview=preview))


def counts(run: Run) -> tuple[int, int, int, int]:
    return run.rows, run.applied, run.existed, run.refused


def worker(n: int = 1) -> Person:
    return people.load(secrets.person_id(document_number(office_files.number(n))))


def test_who_is_registered_has_his_birth_date_and_sex_from_his_number() -> None:
    number = document_number(office_files.number(1))
    assert (worker().born_on, worker().sex) == (number.born_on, number.sex)
    assert number.reveal() not in repr(worker())
    assert str(number.born_on) not in repr(worker())


def test_facts_of_every_kind_are_added_and_the_same_file_again_finds_them() -> None:
    employer = {"事实": "employed", "内容": "91350100M000100Y43"}
    rows = (
        a_row(),
        a_row(**employer),
        a_row(事实="insured", 内容=""),
        a_row(事实="group", 内容="disabled"),
    )
    assert counts(bring(RunKind.FACTS, *rows)) == (4, 4, 0, 0)
    on = date(2026, 3, 1)
    found = {kind: worker().names(kind, on) for kind in FactKind}
    assert found == {
        FactKind.GROUP: {groups.REGISTERED_UNEMPLOYED, groups.DISABLED},
        FactKind.INSURED: {""},
        FactKind.EMPLOYED: {"91350100M000100Y43"},
        FactKind.LISTED: {LIST},
    }
    assert worker(2).names(FactKind.LISTED, on) == frozenset()
    assert counts(bring(RunKind.FACTS, *rows, name="again")) == (4, 0, 4, 0)


def test_a_fact_of_the_roster_is_ended_once_and_never_moved() -> None:
    last = date(2026, 3, 31)
    left = a_row(事实="人员类别", 内容="登记失业人员", 起始日期="", 终止日期=last.isoformat())
    run = bring(RunKind.FACTS, left)
    assert counts(run) == (1, 1, 0, 0)
    [kept] = worker().facts
    since, ended_by = date(2025, 1, 1), f"{run.id}:2"
    assert kept == Fact(
        FactKind.GROUP, groups.REGISTERED_UNEMPLOYED, since, last, ended_by=ended_by
    )
    other = left | {"起始日期": "2025-01-01", "终止日期": "2026-04-30"}
    again = bring(RunKind.FACTS, left, other, name="again")
    assert again.refusals == (Refusal(3, "终止日期", "fact_ended"),)
    assert (again.existed, worker().facts) == (1, (kept,))


def test_a_preview_says_what_the_import_then_does_and_changes_nothing() -> None:
    rows = (a_row(), a_row(2, 事实="group", 内容="登记失业人员"), a_row(9), a_row(事实="?"))
    before = worker()
    judged = bring(RunKind.FACTS, *rows, name="judged", preview=True)
    assert worker() == before
    done = bring(RunKind.FACTS, *rows)
    assert (counts(judged), judged.refusals) == (counts(done), done.refusals)
    assert done.refusals == (
        Refusal(3, "起始日期", "fact_overlaps"),
        Refusal(4, "证件号码", "unknown_person"),
        Refusal(5, "事实", "unknown_fact"),
    )


def test_several_rows_of_one_person_are_taken_in_their_order() -> None:
    ended = a_row(终止日期="2026-03-31")
    assert counts(bring(RunKind.FACTS, a_row(), ended, a_row())) == (3, 2, 1, 0)
    assert worker().names(FactKind.LISTED, date(2026, 4, 1)) == frozenset()


def test_offices_that_speak_of_one_person_at_once_are_all_heard() -> None:
    def say(n: int) -> bool:
        said = Row(2, a_row(内容=f"{LIST}{n}"))
        return record_fact.record_fact(said, a_command(f"key-{n}"), {})

    with ThreadPoolExecutor(4) as offices:
        assert list(offices.map(say, range(4))) == [True] * 4
    assert len(worker().names(FactKind.LISTED, date(2026, 3, 1))) == 4


def calls_of_one_import() -> int:
    """How many AWS calls the work on two rows makes."""
    run = two_rows(0)
    with playing(Shim()) as shim:
        work(run)
    return len(shim.calls)


def two_rows(n: int) -> Run:
    """One fact begins, for one of the two it ends as well, under the list's n-th name."""
    rows = a_row(内容=f"{LIST}{n}"), a_row(内容=f"{LIST}{n}", 终止日期="2026-03-31")
    return order(RunKind.FACTS, *rows, name=f"facts-{n:04}")


@pytest.mark.parametrize("fault", Fault)
def test_a_worker_that_fails_at_any_call_loses_and_doubles_no_fact(fault: Fault) -> None:
    for at in range(calls_of_one_import()):
        run = two_rows(at + 1)
        with playing(Shim(fault, at)), suppress(Killed, CityError):
            work(run)
        done = work(run)
        assert (done.state, counts(done)) == (RunState.DONE, (2, 2, 0, 0)), (fault, at)
        [fact] = [fact for fact in worker().facts if fact.name == f"{LIST}{at + 1}"]
        assert fact.until == date(2026, 3, 31), (fault, at)
