"""What a result does to its voucher, and which rows are refused with which reason."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from chalicelib.rules import calendar, ids
from chalicelib.rules.moves import State
from chalicelib.rules.personal import document_number
from chalicelib.rules.result_row import Result
from chalicelib.rules.tabular import RowFault
from chalicelib.rules.voucher import Voucher
from chalicelib.store import vouchers
from chalicelib.store.voucher_item import VoucherItem
from chalicelib.usecases import assess
from tests import money, office_files
from tests.money import PASSED, command

pytestmark = pytest.mark.usefixtures("aws_city")


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    money.open_books()


FAILED = replace(PASSED, passed=False, certificate_no=None)
CERTIFIED = replace(
    PASSED, programme="skill-certificate", institution_id=None, class_no=None, occupation="电工"
)


def a_certificate_voucher() -> Voucher:
    made = money.a_claimed(1, "skill-certificate")
    vouchers.create(made)
    return made


def fault_of(result: Result, at: datetime = money.SETTLING) -> tuple[str, str]:
    with pytest.raises(RowFault) as refused:
        assess.apply(result, command("row-9", at=at))
    return refused.value.column, refused.value.code


def test_a_passed_learner_is_assessed_once() -> None:
    made = money.enrolled(1)
    assert assess.apply(PASSED, command("row-1"))
    found = vouchers.load(made.id)
    assert (found.state, found.terms.certificate_no) == (State.ASSESSED, PASSED.certificate_no)
    # The same row again, of the same run, is still this run's; of another run it existed.
    assert assess.apply(PASSED, command("row-1"))
    assert not assess.apply(PASSED, command("row-2"))
    assert vouchers.load(made.id) == found


def test_a_failed_learner_s_voucher_closes() -> None:
    made = money.enrolled(1)
    assert assess.apply(FAILED, command("row-1"))
    assert vouchers.load(made.id).state is State.CLOSED
    assert not assess.apply(FAILED, command("row-2"))
    assert fault_of(PASSED) == ("证件号码", "not_in_state")


def test_a_certificate_opens_the_subsidy_for_the_worker() -> None:
    made = a_certificate_voucher()
    assert assess.apply(CERTIFIED, command("row-1"))
    found = vouchers.load(made.id)
    assert found.state is State.ASSESSED
    assert found.terms.paid_by == "worker"
    assert (found.terms.payee_id, found.terms.occupation) == (made.person_id, "电工")


@pytest.mark.parametrize(
    ("result", "fault"),
    [
        (
            replace(PASSED, number=document_number(office_files.number(2))),
            ("证件号码", "unknown_person"),
        ),
        (replace(PASSED, programme="nothing"), ("项目", "unknown_programme")),
        (replace(PASSED, programme="check-in"), ("项目", "no_assessment")),
        (replace(PASSED, class_no="C-2"), ("班级编号", "other_class")),
        (replace(PASSED, class_no=None), ("班级编号", "class_missing")),
        (replace(PASSED, level=4), ("职业", "other_course")),
        (replace(PASSED, assessed_on=date(2026, 3, 21)), ("考核日期", "in_future")),
        (CERTIFIED, ("证件号码", "no_voucher")),
    ],
)
def test_a_result_that_fits_nowhere_is_refused(result: Result, fault: tuple[str, str]) -> None:
    made = money.enrolled(1)
    assert fault_of(result) == fault
    assert vouchers.load(made.id) == made


def test_who_never_enrolled_is_not_assessed() -> None:
    vouchers.create(money.a_claimed(1))
    assert fault_of(PASSED) == ("证件号码", "not_in_state")


def test_a_failed_certificate_and_one_after_expiry_are_refused() -> None:
    a_certificate_voucher()
    assert fault_of(replace(CERTIFIED, passed=False, certificate_no=None)) == (
        *("考核结果", "not_passed"),
    )
    expired = datetime(2027, 1, 1, tzinfo=calendar.SHANGHAI)
    late = replace(CERTIFIED, assessed_on=date(2026, 12, 31))
    assert fault_of(late, at=expired) == ("证件号码", "expired")


def test_a_corrected_certificate_is_not_taken_by_itself() -> None:
    money.enrolled(1)
    assess.apply(PASSED, command("row-1"))
    other = replace(PASSED, certificate_no="S000131000001265000002")
    assert fault_of(other) == ("证件号码", "not_in_state")


def test_a_class_that_ends_in_the_next_year_finds_last_year_s_voucher() -> None:
    made = money.enrolled(1)
    later = datetime(2027, 1, 15, 10, tzinfo=calendar.SHANGHAI)
    assert assess.apply(replace(PASSED, assessed_on=date(2027, 1, 10)), command("row-1", at=later))
    assert vouchers.load(made.id).state is State.ASSESSED
    assert ids.voucher_id(made.person_id, "social-training", "2026", 1) == made.id


def test_a_voucher_that_still_names_its_day_of_judgement_is_read() -> None:
    made = a_certificate_voucher()
    item = VoucherItem.get(made.id)
    item.terms = {**item.terms, "judged_on": "2026-03-16"}
    item.save()
    assert vouchers.load(made.id) == made
