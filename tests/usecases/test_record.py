"""The training record on real tables: all years, its prints, their check, and who looked."""

from datetime import date, datetime, timedelta

import pytest

from chalicelib.errors import Forbidden, KeyReused, NotFound
from chalicelib.rules import calendar, ids, record
from chalicelib.rules.ids import RecordCode
from chalicelib.rules.line import LineState, LineVerb
from chalicelib.rules.personal import document_number
from chalicelib.rules.principal import Principal, Right
from chalicelib.store import records
from chalicelib.store.records import _Row
from chalicelib.usecases import (
    check_in,
    check_record,
    claim,
    enrol,
    look_up_record,
    print_record,
    read_record,
    send,
    show_code,
    verify,
)
from tests import groups, money, office_files, seeding
from tests.builders import MONDAY, a_command, a_position
from tests.seeding import CITY_OFFICE, DESK, DISTRICT_OFFICE

FIRST_LESSON = MONDAY + timedelta(days=7)
LATER = datetime(2027, 3, 2, 9, 0, tzinfo=calendar.SHANGHAI)


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    money.open_books()
    seeding.open_institution()


def learner() -> Principal:
    """A worker who was enrolled in a class and signed in to its first lesson."""
    who = seeding.register(1, groups.EMPLOYEE)
    into = seeding.file_class()
    mine = claim.claim(who, "social-training", a_command("claim-01", actor=who.subject)).id
    code, _ = show_code.show_code(who, mine, MONDAY)
    desk = a_command("verify-01", actor=DESK.subject)
    verify.verify(DESK, mine, code, desk)
    enrol.enrol(DESK, mine, into.id, "worker", None, a_command("enrol-01", actor=DESK.subject))
    tap = a_command("tap-00001", actor=who.subject, at=FIRST_LESSON)
    check_in.check_in(who, mine, 1, a_position(), FIRST_LESSON.isoformat(), tap)
    return who


def asked(who: Principal, key: str, at: datetime = FIRST_LESSON) -> record.Print:
    return print_record.print_record(who, a_command(key, actor=who.subject, at=at))[1]


def test_the_record_tells_class_and_attendance_and_names_the_institution() -> None:
    found, made = read_record.own(learner(), LATER)
    [entry] = found.entries
    assert made is None
    assert entry.course is not None
    assert (entry.course.attendance.good, entry.course.attendance.over) == (1, 3)
    assert found.institutions == {seeding.INSTITUTION.id: "徐汇样例培训中心"}
    assert found.programmes["social-training"]["zh-CN"] == "社会化职业技能培训"


def test_the_record_keeps_every_year() -> None:
    who = learner()
    claim.claim(who, "social-training", a_command("claim-02", actor=who.subject, at=LATER))
    found, _ = read_record.own(who, LATER)
    assert [entry.period for entry in found.entries] == ["2027", "2026"]


def test_a_confirmed_payment_stands_in_the_record() -> None:
    paid = money.assessed(1)
    money.settled()
    send.send_due(money.SETTLING, lambda: False)
    money.tell(LineVerb.PAY, money.line_of(paid), "urn:bank/1")
    found, _ = read_record.own(seeding.worker(paid.person_id), LATER)
    [entry] = found.entries
    [paid] = entry.payments
    assert (paid.state, paid.paid_on) == (LineState.PAID, date(2026, 3, 20))
    assert found.totals.paid_fen == money.STANDARD_FEN


def test_printing_twice_finds_the_first_print() -> None:
    who = learner()
    first = asked(who, "print-001")
    assert asked(who, "print-002", LATER) == first
    assert read_record.own(who, LATER)[1] == first


def test_a_print_is_genuine_and_says_when_the_record_has_grown() -> None:
    who = learner()
    made = asked(who, "print-001")
    checked = check_record.check_record(made.code, LATER)
    assert checked is not None
    assert (checked.made, checked.changed_since) == (made, False)
    claim.claim(who, "social-training", a_command("claim-02", actor=who.subject, at=LATER))
    again = check_record.check_record(made.code, LATER)
    assert again is not None
    assert (again.made.totals.vouchers, again.changed_since) == (1, True)
    assert asked(who, "print-003", LATER).code != made.code


def test_a_print_made_before_apps_were_kept_is_still_found() -> None:
    totals = dict.fromkeys(record.Totals.__annotations__, 0)
    old = {"id": "t-old", "part": "record", "person_id": "p-1", "digest": "d", "at": "2026-03-02"}
    _Row(**old, totals=totals).save()
    assert records.load(RecordCode("t-old")).channel == ""


def test_a_code_the_city_never_made_is_not_genuine() -> None:
    who = learner()
    forged = ids.record_code(seeding.register(2).worker_id, "0" * 64)
    assert check_record.check_record(forged, LATER) is None
    # Nor does the id of something else open anything.
    assert check_record.check_record(RecordCode(who.worker_id), LATER) is None


def official(*rights: Right, city: bool = False) -> Principal:
    office = CITY_OFFICE if city else DISTRICT_OFFICE
    return seeding.official("staff-viewer", *rights, office=office)


def test_an_officials_look_is_kept_once_with_its_reason() -> None:
    person_id = money.learner(1)
    number = document_number(office_files.number(1))
    viewer = official(Right.RECORD_VIEW, city=True)
    look = a_command("look-0001", actor=viewer.subject, role=viewer.role)
    for _ in range(2):
        found = look_up_record.of_number(viewer, number, "appeal 12", look)
        assert found.person.id == person_id
    [row] = _Row.query(person_id, _Row.part.startswith("viewed#"))
    assert (row.by, row.reason, row.at) == ("staff-viewer", "appeal 12", calendar.text(look.at))
    assert number.reveal() not in str(row.attribute_values)
    other = a_command("look-0001", actor=viewer.subject, body="another")
    with pytest.raises(KeyReused):
        look_up_record.of_number(viewer, number, "appeal 13", other)


def test_a_stranger_and_anothers_districts_person_answer_alike_and_leave_no_trace() -> None:
    person_id = money.learner(1)  # of district 310101
    viewer = official(Right.RECORD_VIEW)  # of 310104
    for n in (1, 2):
        number = document_number(office_files.number(n))
        with pytest.raises(NotFound, match="not_found"):
            look_up_record.of_number(viewer, number, "why", a_command("look-01"))
    assert not list(_Row.query(person_id, _Row.part.startswith("viewed#")))
    nobody = official(city=True)
    with pytest.raises(Forbidden):
        look_up_record.of_number(nobody, number, "why", a_command("look-02"))


def test_a_voucher_leads_to_its_holders_record() -> None:
    paid = money.assessed(1)
    viewer = official(Right.RECORD_VIEW, city=True)
    found = look_up_record.of_voucher(viewer, paid.id, "audit", a_command("look-0001"))
    assert [entry.voucher_id for entry in found.entries] == [paid.id]
    assert records.find(RecordCode("t-none")) is None
