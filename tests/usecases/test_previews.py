"""Previews: they say what an import would do, and do nothing."""

from typing import Any

import boto3
import pytest

from chalicelib.rules.principal import Right
from chalicelib.rules.run import Refusal, Run, RunKind, RunState
from chalicelib.usecases import ask_import, show_run, work_run
from tests import office_files, seeding
from tests.builders import MONDAY, a_command
from tests.office_files import institution, person
from tests.tables import TABLES

OFFICER = seeding.official(
    "staff-city",
    *(Right(f"import.{kind}") for kind in office_files.HEADINGS),
    office=seeding.CITY_OFFICE,
)
CLERK = {
    **{"subject": "staff-desk", "organisation_code": office_files.INSTITUTION},
    **{"rights": "class.file", "valid_from": "2026-01-01", "valid_until": ""},
}
SITE = {
    **{"organisation_code": office_files.INSTITUTION, "site_no": "S1", "name": "教学点"},
    **{"longitude": "121.48", "latitude": "31.21", "datum": "GCJ-02", "radius_m": ""},
}
TARGET = {
    **{"programme": "social-training", "district": "310104", "year": "2026"},
    **{"issued": "500", "used": "50"},
}
BUDGET = {"fund": "employment-subsidy", "year": "2026", "granted_fen": "100"}
UNKNOWN = {
    **{"证件号码": office_files.number(1), "项目": "skill-certificate"},
    **{"职业": "育婴员", "等级": "五级", "培训机构代码": "", "班级编号": ""},
    **{"考核结果": "合格", "证书编号": f"S{1:021}", "考核日期": "2026-03-02"},
}


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    seeding.publish()


def run_over(kind: RunKind, *rows: dict[str, Any], name: str, preview: bool) -> Run:
    """The run over a file with these rows, at its end."""
    key = office_files.put(kind, rows, name=name)
    command = a_command(f"key-{name}", actor=OFFICER.subject)
    run = ask_import.ask_import(OFFICER, kind, key, command, preview=preview)
    work_run.work_run(run.id, MONDAY, lambda: False)
    return show_run.show_run(OFFICER, run.id)


def outcome(run: Run) -> tuple[int, int, int, tuple[Refusal, ...]]:
    assert run.state is RunState.DONE
    return run.rows, run.applied, run.existed, run.refusals


def kept() -> dict[str, int]:
    """How many items every table but the runs' holds."""
    client = boto3.client("dynamodb")
    names = [variable.lower() for variable in TABLES.values()]
    return {n: client.scan(TableName=n)["Count"] for n in names if not n.startswith("runs")}


def test_a_preview_says_what_the_import_then_does_and_writes_nothing() -> None:
    rows = [person(1), person(2, 姓名=""), person(3), person(1), person(4, 户籍="?")]
    empty = kept()
    preview = run_over(RunKind.ROSTER, *rows, name="before", preview=True)
    assert kept() == empty
    assert outcome(preview) == outcome(
        run_over(RunKind.ROSTER, *rows, name="import", preview=False)
    )
    assert outcome(preview)[:3] == (5, 2, 0)


def test_the_same_file_again_would_do_nothing_again() -> None:
    rows = [person(1), person(2), person(3, 姓名="")]
    run_over(RunKind.ROSTER, *rows, name="import", preview=False)
    again = run_over(RunKind.ROSTER, *rows, person(9), name="again", preview=True)
    assert outcome(again)[:3] == (4, 1, 2)


@pytest.mark.parametrize("brought", [False, True], ids=["new people", "people who exist"])
def test_a_preview_in_two_pieces_knows_whom_it_read_before(brought: bool) -> None:
    rows = [*(person(n) for n in range(201)), person(7)]
    if brought:
        run_over(RunKind.ROSTER, person(7), name="import", preview=False)
    key = office_files.put(RunKind.ROSTER, rows)
    command = a_command("key-halves", actor=OFFICER.subject)
    run = ask_import.ask_import(OFFICER, RunKind.ROSTER, key, command, preview=True)
    assert work_run.work_run(run.id, MONDAY, lambda: True).state is RunState.RUNNING
    work_run.work_run(run.id, MONDAY, lambda: False)
    found = outcome(show_run.show_run(OFFICER, run.id))
    twice = () if brought else (Refusal(203, "证件号码", "duplicate_in_file"),)
    assert found == (202, 200 + (not brought), 2 * brought, twice)


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        (RunKind.ORGANISATIONS, institution()),
        (RunKind.SITES, SITE),
        (RunKind.STAFF, CLERK),
        (RunKind.BUDGETS, BUDGET),
        (RunKind.TARGETS, TARGET),
    ],
)
def test_every_office_file_is_judged_as_new_and_then_as_existing(
    kind: RunKind, row: dict[str, Any]
) -> None:
    if kind is not RunKind.ORGANISATIONS:
        run_over(RunKind.ORGANISATIONS, institution(), name="office", preview=False)
    before = kept()
    assert outcome(run_over(kind, row, name="before", preview=True))[:3] == (1, 1, 0)
    assert kept() == before
    run_over(kind, row, name="import", preview=False)
    assert outcome(run_over(kind, row, name="after", preview=True))[:3] == (1, 0, 1)


def test_a_result_of_somebody_unknown_would_be_refused() -> None:
    preview = run_over(RunKind.RESULTS, UNKNOWN, name="before", preview=True)
    assert outcome(preview)[3] == (Refusal(2, "证件号码", "unknown_person"),)
