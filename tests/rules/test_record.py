"""The training record: what vouchers, classes, check-ins and payments tell, and its fingerprint."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules import ids, line, record, voucher
from chalicelib.rules.attendance import Attempt, Outcome, Record
from chalicelib.rules.ids import ClassId, OrganisationId, PersonId
from chalicelib.rules.line import Line, LineState, LineVerb
from chalicelib.rules.moves import State, Verb
from chalicelib.rules.record import Entry
from chalicelib.rules.teaching import TrainingClass
from tests.builders import FACTS, MONDAY, a_command, a_lesson, a_line, a_site, a_voucher

COURSE = (Verb.CLAIM, Verb.VERIFY, Verb.ENROL)
PAID = (*COURSE, Verb.ASSESS, Verb.PROPOSE, Verb.APPROVE, Verb.PAY, Verb.WRITE_OFF)


def a_class() -> TrainingClass:
    return TrainingClass(
        id=ClassId("c-1"),
        institution_id=OrganisationId("91310101MA1FTEST0A"),
        class_no="C-1",
        programme="social-training",
        site_no="S1",
        site=a_site(),
        district="310104",
        occupation="养老护理员",
        level=5,
        capacity=30,
        seats_taken=1,
        lessons=tuple(a_lesson(n, starts_at=MONDAY + timedelta(days=n)) for n in (1, 2, 3)),
        filed_at="2026-03-02T09:00:00+08:00",
        filed_by="staff-desk",
    )


def signed(lesson_no: int, outcome: Outcome = Outcome.GOOD) -> Record:
    tap = Attempt("", "", "", "", "", "", 0, outcome, "key", "body")
    return Record(ClassId("c-1"), lesson_no, a_voucher().id, (tap,))


def a_paid_line() -> Line:
    sent = line.move(line.born(a_line(), a_command()), LineVerb.SEND, a_command("send-001"), {})
    return line.move(sent, LineVerb.PAY, a_command("pay-0001"), {})


def an_entry(*verbs: Verb, records: tuple[Record, ...] = (), paid: Line | None = None) -> Entry:
    now = MONDAY + timedelta(days=2, hours=1)
    return record.entry(a_voucher(verbs=verbs), a_class(), records, (paid,) if paid else (), now)


def test_attendance_counts_what_is_over_and_what_was_good() -> None:
    found = an_entry(*COURSE, records=(signed(1), signed(2, Outcome.LATE)))
    assert found.course is not None
    told = found.course.attendance
    assert (told.lessons, told.over, told.good, told.kept) == (3, 1, 1, 2)
    assert (found.course.starts_on, found.course.ends_on) == (date(2026, 3, 3), date(2026, 3, 5))


def test_a_paid_voucher_tells_its_certificate_and_the_day_of_the_money() -> None:
    found = an_entry(*PAID, paid=a_paid_line())
    assert found.result is not None
    assert (found.result.passed, found.result.certificate_no) == (True, "S000131000001265000001")
    [paid] = found.payments
    assert (paid.state, paid.paid_on) == (LineState.PAID, MONDAY.date())
    assert record.totals([found]).paid_fen == 160000


def test_money_that_came_back_counts_no_more() -> None:
    returned = line.move(a_paid_line(), LineVerb.RETURN, a_command("back-001"), {})
    found = an_entry(*PAID, Verb.RETURN, paid=returned)
    [paid] = found.payments
    assert (paid.paid_on, record.totals([found]).paid_fen) == (None, 0)


def test_a_failed_course_has_a_result_and_no_certificate() -> None:
    before = a_voucher(verbs=COURSE)
    failed = voucher.move(before, Verb.FAIL, a_command("fail-001"), FACTS[Verb.ASSESS])
    found = record.entry(failed, a_class(), (), (), MONDAY)
    assert found.result is not None
    assert (found.result.passed, found.result.certificate_no) == (False, None)
    assert record.totals([found]).certificates == 0


def test_a_voucher_that_was_never_used_has_nothing_but_itself() -> None:
    found = record.entry(a_voucher(), None, (), (), MONDAY)
    assert (found.course, found.result, found.payments) == (None, None, ())
    assert found.state is State.ISSUED


def with_id(n: int, changed_on: date) -> Entry:
    voucher_id = ids.voucher_id(PersonId("p-1"), "x", str(n), 1)
    return replace(an_entry(*COURSE), voucher_id=voucher_id, changed_on=changed_on)


@given(st.lists(st.dates(date(2021, 1, 1), date(2026, 1, 1)), max_size=8), st.randoms())
def test_order_of_loading_changes_neither_the_record_nor_its_fingerprint(
    days: list[date], random: object
) -> None:
    entries = [with_id(n, day) for n, day in enumerate(days)]
    shuffled = list(entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert record.newest_first(shuffled) == record.newest_first(entries)
    assert record.digest(shuffled) == record.digest(entries)
    told = [entry.changed_on for entry in record.newest_first(entries)]
    assert told == sorted(told, reverse=True)


@pytest.mark.parametrize(
    "later",
    [
        an_entry(*COURSE, Verb.ASSESS, records=(signed(1),)),
        an_entry(*COURSE, records=(signed(1), signed(2))),
        an_entry(*COURSE, records=(signed(1, Outcome.LATE),)),
        an_entry(*COURSE, records=(signed(1),), paid=a_paid_line()),
    ],
    ids=["a move", "another lesson", "another outcome", "a payment"],
)
def test_whatever_happens_changes_the_fingerprint(later: Entry) -> None:
    before = an_entry(*COURSE, records=(signed(1),))
    assert record.digest([before]) != record.digest([later])
    assert record.digest([before]) != record.digest([before, with_id(2, date(2026, 1, 1))])


def test_time_alone_changes_no_fingerprint() -> None:
    early, late = (
        record.entry(a_voucher(verbs=COURSE), a_class(), (), (), MONDAY + timedelta(days=days))
        for days in (0, 90)
    )
    assert early != late
    assert record.digest([early]) == record.digest([late])


@pytest.mark.parametrize(
    "typed",
    [
        "t-m2k7v4xq5t6w3rj2z7nbcd5yka",
        "T M2K7 V4XQ 5T6W 3RJ2 Z7NB CD5Y KA",
        "m2k7v4xq5t6w3rj2z7nbcd5yka",
    ],
)
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert ids.read_record_code(typed) == "t-m2k7v4xq5t6w3rj2z7nbcd5yka"
