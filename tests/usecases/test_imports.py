"""Imports: every row has one outcome, whatever the file holds and wherever a worker dies."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest

from chalicelib.errors import CityError, Forbidden, Invalid, KeyReused, NotFound
from chalicelib.rules import upload
from chalicelib.rules.ids import OrganisationId
from chalicelib.rules.licence import Scope
from chalicelib.rules.personal import document_number
from chalicelib.rules.principal import Right
from chalicelib.rules.run import Refusal, Run, RunKind, RunState
from chalicelib.rules.tabular import Layout, Row, RowFault
from chalicelib.store import organisations, people, programmes, runs, secrets
from chalicelib.usecases import ask_import, claim, show_run, work_run
from chalicelib.usecases.read_result import read_result
from tests import groups, office_files, seeding
from tests.builders import MONDAY, a_command
from tests.faults.shim import Fault, Killed, Shim, playing
from tests.office_files import institution, person

RESULT_ROW = {
    "证件号码": office_files.number(1),
    "项目": "skill-certificate",
    "职业": "数据标注",
    "等级": "五级",
    "培训机构代码": "",
    "班级编号": "",
    "考核结果": "合格",
    "证书编号": "S000131000001265000001",
    "考核日期": "2026-03-16",
}
OFFICER = seeding.official(
    "staff-city",
    *(Right(f"import.{kind}") for kind in office_files.HEADINGS),
    office=seeding.CITY_OFFICE,
)


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    seeding.publish()


def ask(kind: RunKind, object_key: str, key: str = "import-01") -> Run:
    return ask_import.ask_import(OFFICER, kind, object_key, a_command(key, actor=OFFICER.subject))


def work(run: Run) -> Run:
    """Works a run to its end."""
    return work_run.work_run(run.id, MONDAY, lambda: False)


def imported(kind: RunKind, *rows: dict[str, str], key: str = "import-01") -> Run:
    """The run over a file with these rows, at its end and as it is shown."""
    done = work(ask(kind, office_files.put(kind, rows, name=key), key))
    return show_run.show_run(OFFICER, done.id)


def counts(run: Run) -> tuple[int, int, int, int]:
    return run.rows, run.applied, run.existed, run.refused


def test_a_roster_in_gb18030_registers_people_and_seals_what_is_secret() -> None:
    key = office_files.put(
        RunKind.ROSTER, [person(1, 姓名="史超柏㐂"), person(2)], encoding="gb18030"
    )
    run = work(ask(RunKind.ROSTER, key))
    assert (run.state, counts(run)) == (RunState.DONE, (2, 2, 0, 0))
    found = secrets.person_id(document_number(office_files.number(1)))
    identity = secrets.unseal_person(found, people.sealed(found), a_command(), "test")
    assert identity.name.reveal() == "史超柏㐂"
    assert (
        people.load(found).masks.document_number == "319***********" + office_files.number(1)[-4:]
    )


def test_the_same_roster_again_changes_nothing_and_says_so() -> None:
    imported(RunKind.ROSTER, person(1), person(2))
    again = imported(RunKind.ROSTER, person(1), person(2), person(3), key="import-02")
    assert counts(again) == (3, 1, 2, 0)


def test_a_bad_row_is_named_by_line_column_and_reason_and_the_others_are_taken() -> None:
    run = imported(
        RunKind.ROSTER,
        person(1),
        person(2, 证件号码="31999919800102001O"),
        person(3, 姓名=""),
        person(4, 人员类别="不明"),
        person(1),
        person(5, 证件号码="3.19999E+17"),
    )
    assert counts(run) == (6, 1, 0, 5)
    assert run.refusals == (
        Refusal(3, "证件号码", "look_alike_letter"),
        Refusal(4, "姓名", "missing_name"),
        Refusal(5, "人员类别", "unknown_group"),
        Refusal(6, "证件号码", "duplicate_in_file"),
        Refusal(7, "证件号码", "scientific_notation"),
    )


def test_one_person_on_two_lines_of_different_blocks_is_refused_the_second_time() -> None:
    rows = [person(n) for n in range(200)]
    run = imported(RunKind.ROSTER, *rows, person(7))
    assert counts(run) == (201, 200, 0, 1)
    assert run.refusals == (Refusal(202, "证件号码", "duplicate_in_file"),)


def test_a_worker_whose_time_is_spent_stops_at_a_border_and_the_next_goes_on() -> None:
    key = office_files.put(RunKind.ROSTER, [person(n) for n in range(250)])
    run = ask(RunKind.ROSTER, key)
    first = work_run.work_run(run.id, MONDAY, lambda: True)
    assert (first.state, counts(first)) == (RunState.RUNNING, (200, 200, 0, 0))
    rest = work(run)
    assert (rest.state, counts(rest)) == (RunState.DONE, (250, 250, 0, 0))


def test_a_file_that_ends_at_a_border_ends() -> None:
    run = imported(RunKind.ROSTER, *(person(n) for n in range(200)))
    assert (run.state, counts(run)) == (RunState.DONE, (200, 200, 0, 0))


def four_lines(at: int) -> Run:
    """An import of two new people, one without a name, and one of the two once more."""
    first = 10 * (at + 1)
    rows = [person(first), person(first + 1, 姓名=""), person(first + 2), person(first)]
    key = office_files.put(RunKind.ROSTER, rows, name=f"roster-{first}")
    return ask(RunKind.ROSTER, key, f"import-{first:04}")


def calls_of_one_import() -> int:
    """How many AWS calls the work on four lines makes."""
    run = four_lines(-1)
    with playing(Shim()) as shim:
        work(run)
    return len(shim.calls)


@pytest.mark.parametrize("fault", Fault)
def test_a_worker_that_fails_at_any_call_loses_and_doubles_nobody(fault: Fault) -> None:
    for at in range(calls_of_one_import()):
        run = four_lines(at)
        with playing(Shim(fault, at)), suppress(Killed, CityError):
            work(run)
        done = work(run)
        assert (done.state, counts(done)) == (RunState.DONE, (4, 2, 0, 2)), (fault, at)


def test_a_file_without_a_column_fails_as_a_whole() -> None:
    run = work(ask(RunKind.ROSTER, office_files.put_text("姓名,证件号码\n张三,1\n")))
    assert (run.state, run.failure, run.rows) == (RunState.FAILED, "headings", 0)
    assert work(run) == run


def test_a_file_that_is_no_text_fails_as_a_whole() -> None:
    run = work(ask(RunKind.ROSTER, office_files.put_text("PK\x03\x04" + "\x00" * 70_000)))
    assert (run.state, run.failure) == (RunState.FAILED, "damaged")


def test_a_workbook_is_taken_like_a_csv_and_an_id_kept_as_a_number_is_refused() -> None:
    rows = [person(1, 类别起始日期=date(2025, 1, 1)), person(2, 证件号码=319999198001030011)]
    run = work(ask(RunKind.ROSTER, office_files.put_workbook(RunKind.ROSTER, rows)))
    assert (run.state, counts(run)) == (RunState.DONE, (2, 1, 0, 1))
    shown = show_run.show_run(OFFICER, run.id)
    assert shown.refusals == (Refusal(3, "证件号码", "number_cell"),)
    assert shown.layout == Layout("xlsx", sheet="Sheet1")
    found = people.load(secrets.person_id(document_number(office_files.number(1))))
    assert found.facts[0].since == date(2025, 1, 1)


def test_what_is_missing_in_a_file_is_kept_with_its_run() -> None:
    run = work(ask(RunKind.BUDGETS, office_files.put_text("fund,year,备注\na,2026,x\n")))
    assert (run.failure, runs.load(run.id).layout) == (
        "headings",
        Layout("csv", encoding="utf-8-sig", missing=("granted_fen",), unknown=("备注",)),
    )


def test_a_file_of_more_than_is_read_is_refused_before_it_is_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = office_files.put(RunKind.ROSTER, [person(1)])
    monkeypatch.setattr(upload, "MOST_MEGABYTES", 0)
    with pytest.raises(Invalid, match="file_too_large"):
        ask(RunKind.ROSTER, key)


def test_a_file_that_is_changed_after_it_was_ordered_is_not_read() -> None:
    run = ask(RunKind.ROSTER, office_files.put(RunKind.ROSTER, [person(1)]))
    office_files.put(RunKind.ROSTER, [person(2)])
    assert work(run).failure == "file_changed"


def test_what_was_never_uploaded_cannot_be_ordered() -> None:
    with pytest.raises(NotFound):
        ask(RunKind.ROSTER, "incoming/none.csv")
    with pytest.raises(Invalid):
        ask(RunKind.ROSTER, "reports/other.csv")


def test_the_same_order_is_the_same_run_and_another_body_is_refused() -> None:
    key = office_files.put(RunKind.ROSTER, [person(1)])
    run = ask(RunKind.ROSTER, key)
    assert ask(RunKind.ROSTER, key) == run
    other = replace(a_command("import-01", actor=OFFICER.subject), body="other")
    with pytest.raises(KeyReused):
        ask_import.ask_import(OFFICER, RunKind.BUDGETS, key, other)


def test_each_kind_needs_its_own_right_to_order_and_to_see() -> None:
    key = office_files.put(RunKind.ROSTER, [person(1)])
    stranger = seeding.official("staff-other", Right.IMPORT_BUDGETS)
    with pytest.raises(Forbidden):
        ask_import.ask_import(stranger, RunKind.ROSTER, key, a_command())
    with pytest.raises(NotFound):
        show_run.show_run(stranger, ask(RunKind.ROSTER, key).id)


def test_institutions_sites_staff_and_budgets_are_entered() -> None:
    imported(RunKind.ORGANISATIONS, institution(), key="import-11")
    site = {
        **{"organisation_code": office_files.INSTITUTION, "site_no": "S1", "name": "教学点"},
        **{"longitude": "121.48", "latitude": "31.21", "datum": "GCJ-02", "radius_m": ""},
    }
    clerk = {
        **{"subject": "staff-desk", "organisation_code": office_files.INSTITUTION},
        **{"rights": "voucher.verify class.file", "valid_from": "2026-01-01", "valid_until": ""},
    }
    budget = {"fund": "employment-subsidy", "year": "2026", "granted_fen": "100"}
    target = {
        **{"programme": "social-training", "district": "310104", "year": "2026"},
        **{"issued": "500", "used": "50"},
    }
    for kind, row in (
        *((RunKind.SITES, site), (RunKind.STAFF, clerk)),
        *((RunKind.BUDGETS, budget), (RunKind.TARGETS, target)),
    ):
        assert counts(imported(kind, row, key=f"first-{kind}")) == (1, 1, 0, 0)
        assert counts(imported(kind, row, key=f"again-{kind}")) == (1, 0, 1, 0)
    code = OrganisationId(office_files.INSTITUTION)
    assert organisations.site(code, "S1").name == "教学点"
    staff = organisations.staff("staff-desk")
    assert staff is not None
    assert staff.rights == {Right.VOUCHER_VERIFY, Right.CLASS_FILE}
    assert programmes.budget("employment-subsidy", 2026).available_fen == 100


def test_another_account_with_the_same_last_digits_is_a_change() -> None:
    imported(RunKind.ORGANISATIONS, institution(), key="import-11")
    assert imported(RunKind.ORGANISATIONS, institution(), key="import-12").existed == 1
    changed = institution(account="316000-99990001")
    assert imported(RunKind.ORGANISATIONS, changed, key="import-13").applied == 1
    code = OrganisationId(office_files.INSTITUTION)
    kept = secrets.unseal_organisation(code, organisations.sealed(code), a_command(), "test")
    assert kept.account.reveal() == "316000-99990001"


def test_a_licence_is_recorded_and_a_file_without_that_column_leaves_it() -> None:
    code = OrganisationId(office_files.INSTITUTION)
    licensed = institution(licence="养老护理员:5-3")
    assert imported(RunKind.ORGANISATIONS, institution(), key="import-11").applied == 1
    assert imported(RunKind.ORGANISATIONS, licensed, key="import-12").applied == 1
    assert imported(RunKind.ORGANISATIONS, institution(), key="import-13").existed == 1
    assert organisations.load(code).licence == (Scope("养老护理员", 5, 3),)
    assert imported(RunKind.ORGANISATIONS, institution(licence=""), key="import-14").applied == 1
    assert organisations.load(code).licence == ()
    refused = imported(RunKind.ORGANISATIONS, institution(licence="养老:3-5"), key="import-15")
    assert refused.refusals == (Refusal(2, "licence", "bad_licence"),)


def test_a_site_or_a_clerk_of_nobody_the_city_knows_is_refused() -> None:
    clerk = {
        **{"subject": "staff-desk", "organisation_code": office_files.INSTITUTION},
        **{"rights": "class.file", "valid_from": "2026-01-01", "valid_until": ""},
    }
    run = imported(RunKind.STAFF, clerk)
    assert run.refusals == (Refusal(2, "organisation_code", "unknown_organisation"),)
    assert organisations.staff("staff-desk") is None


def test_two_workers_on_one_run_leave_one_count() -> None:
    run = ask(RunKind.ROSTER, office_files.put(RunKind.ROSTER, [person(n) for n in range(3)]))
    stale = runs.load(run.id)
    work(run)
    assert counts(work(stale)) == (3, 3, 0, 0)
    assert counts(runs.load(run.id)) == (3, 3, 0, 0)


def a_result(n: int, **columns: str) -> dict[str, str]:
    """A results' row: the n-th person passed as 育婴员, level five."""
    row = {
        **{"证件号码": office_files.number(n), "项目": "skill-certificate"},
        **{"职业": "育婴员", "等级": "五级", "培训机构代码": "", "班级编号": ""},
        **{"考核结果": "合格", "证书编号": f"S{n:021}", "考核日期": "2026-03-02"},
    }
    return row | columns


def test_results_move_the_vouchers_they_concern_and_name_the_rows_that_do_not() -> None:
    imported(RunKind.ROSTER, person(1), person(2, 人员类别="在职职工"), key="import-11")
    for n in (1, 2):
        found = secrets.person_id(document_number(office_files.number(n)))
        claim.claim(seeding.worker(found), "skill-certificate", a_command("claim-01", actor=found))
    rows = (a_result(1), a_result(2), a_result(3), a_result(1), a_result(2, 等级="六级"))
    key = office_files.put(RunKind.RESULTS, rows, name="preview")
    command = a_command("import-preview", actor=OFFICER.subject)
    preview = ask_import.ask_import(OFFICER, RunKind.RESULTS, key, command, preview=True)
    assert counts(work(preview)) == (5, 3, 0, 2)  # each row by itself: the fourth repeats the first
    run = imported(RunKind.RESULTS, *rows, key="import-12")
    assert counts(run) == (5, 2, 1, 2)
    assert [(refusal.line, refusal.column) for refusal in run.refusals] == [
        *((4, "证件号码"), (6, "等级")),
    ]
    assert counts(imported(RunKind.RESULTS, *rows, key="import-13")) == (5, 0, 3, 2)


def test_a_roster_names_groups_by_code_or_as_the_policies_call_them_in_any_language() -> None:
    said = ("employee", "在职职工", "Employee", "登记失业人员", "employees")
    rows = [person(n, 人员类别=group) for n, group in enumerate(said, 1)]
    run = imported(RunKind.ROSTER, *rows)
    assert run.refusals == (Refusal(6, "人员类别", "unknown_group"),)
    found = [
        people.load(secrets.person_id(document_number(office_files.number(n)))).groups(
            MONDAY.date()
        )
        for n in range(1, 5)
    ]
    assert found == [{groups.EMPLOYEE}] * 3 + [{groups.REGISTERED_UNEMPLOYED}]


def test_a_group_exists_from_the_day_on_which_a_policy_declares_it() -> None:
    row = person(1, 人员类别="渔民")
    assert imported(RunKind.ROSTER, row).refused == 1
    declared = {"fisher": {"zh-CN": "渔民", "en": "Fisher"}}
    lines = ("group-list", [{"groups": ["fisher"]}])
    ratio = ("ratio", [{"groups": ["fisher"], "percent": 100}])
    seeding.publish_like(
        *("social-training", "at-sea", "class"),
        groups=("names", declared),
        eligible=lines,
        proactive_groups=lines,
        ratio=ratio,
        fund=("fund", "employment-subsidy"),
    )
    assert imported(RunKind.ROSTER, row, key="import-02").applied == 1
    [fact] = people.load(secrets.person_id(document_number(office_files.number(1)))).facts
    assert fact.name == "fisher"


@pytest.mark.parametrize(
    ("named", "level"),
    [("五级", 5), ("五级 初级工", 5), ("Level 5, junior worker", 5), ("1", 1), ("不分等级", 9)],
)
def test_a_result_names_its_level_as_the_policy_in_force_does(named: str, level: int) -> None:
    row = Row(2, {**RESULT_ROW, "等级": named})
    assert read_result(row, a_command()).level == level


def test_a_level_that_no_policy_declares_is_refused() -> None:
    with pytest.raises(RowFault, match="unknown_level"):
        read_result(Row(2, {**RESULT_ROW, "等级": "大师级"}), a_command())
