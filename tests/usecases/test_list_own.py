"""What organisations see of their own, page by page, and that they see nobody else's."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.errors import Forbidden, NotFound
from chalicelib.rules.ids import OrganisationId, VoucherId
from chalicelib.rules.line import LineState
from chalicelib.rules.principal import Organisation, OrganisationKind, Principal, Right
from chalicelib.store import organisations
from chalicelib.usecases import check_in, claim, enrol, list_own, show_code, verify
from tests import groups, money, seeding
from tests.builders import MONDAY, a_command, a_position
from tests.seeding import DESK, DISTRICT_OFFICE, INSTITUTION

FACTORY, RIVAL = (
    Organisation(OrganisationId(code), OrganisationKind.ENTERPRISE, "样例工厂", "310104", None)
    for code in ("91310104MA1FTEST1D", "91310104MA1FTEST2E")
)
OTHER_INSTITUTION = replace(INSTITUTION, id=OrganisationId("91310101MA1FTEST9Z"))
FIRST_LESSON = MONDAY + timedelta(days=7)


def of(organisation: Organisation, *rights: Right) -> Principal:
    return seeding.official(f"staff-{organisation.id}", *rights, office=organisation)


HR = of(FACTORY, Right.ENTERPRISE_VIEW)
OFFICE = of(INSTITUTION, Right.INSTITUTION_VIEW)


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    money.open_books()
    seeding.open_institution()
    for enterprise in (FACTORY, RIVAL):
        organisations.save(enterprise, None)


def learner(number: int, paid_by: str, enterprise: Organisation | None = None) -> VoucherId:
    """A worker enrolled in class C-1."""
    who = seeding.register(number, groups.EMPLOYEE)
    into = seeding.file_class()
    mine = claim.claim(who, "social-training", a_command("claim-01", actor=who.subject)).id
    code, _ = show_code.show_code(who, mine, MONDAY)
    verify.verify(DESK, mine, code, a_command(f"verify-{number:02}", actor=DESK.subject))
    seat = a_command(f"enrol-{number:02}", actor=DESK.subject)
    enrol.enrol(DESK, mine, into.id, paid_by, enterprise.id if enterprise else None, seat)
    return mine


def test_an_enterprise_sees_those_whose_fee_it_paid_page_by_page() -> None:
    ours = {learner(n, "enterprise", FACTORY) for n in (1, 2, 3)}
    learner(4, "enterprise", RIVAL)
    learner(5, "worker")
    first, following = list_own.staff_vouchers(HR, "", 2)
    rest, end = list_own.staff_vouchers(HR, following, 2)
    assert (len(first), len(rest), end) == (2, 1, "")
    assert {voucher.id for voucher, _ in first + rest} == ours
    assert {holder.masks.name for _, holder in first} == {"张*"}


def test_only_who_holds_the_right_for_an_enterprise_sees_its_staff() -> None:
    for nobody in (of(FACTORY), of(INSTITUTION, Right.ENTERPRISE_VIEW)):
        with pytest.raises(Forbidden):
            list_own.staff_vouchers(nobody, "", 10)


def test_an_institution_sees_its_classes_and_no_others() -> None:
    filed = {seeding.file_class(f"C-{n}").id for n in (1, 2, 3)}
    first, following = list_own.own_classes(OFFICE, "", 2)
    rest, _ = list_own.own_classes(OFFICE, following, 2)
    assert {into.id for into in first + rest} == filed
    assert list_own.own_classes(of(OTHER_INSTITUTION, Right.INSTITUTION_VIEW), "", 2) == ([], "")


def test_an_institution_sees_the_money_that_goes_to_it_and_no_workers() -> None:
    money.open_account()
    paid = money.assessed(1, paid_by="institution")
    money.assessed(2)
    money.settled()
    [line], following = list_own.own_lines(OFFICE, "", 10)
    assert (line.voucher_id, line.state, following) == (paid.id, LineState.DUE, "")
    assert list_own.own_lines(of(OTHER_INSTITUTION, Right.INSTITUTION_VIEW), "", 2) == ([], "")


def test_the_learners_of_a_class_come_with_their_attendance() -> None:
    mine, other = learner(1, "worker"), learner(2, "worker")
    into = seeding.file_class()
    who = seeding.worker("p-worker-1")
    tap = a_command("tap-00001", actor=who.subject, at=FIRST_LESSON)
    check_in.check_in(who, mine, 1, a_position(), FIRST_LESSON.isoformat(), tap)
    found, _ = list_own.learners(OFFICE, into.id, "", 10)
    signed = {course.voucher.id: len(course.records) for course, _ in found}
    assert signed == {mine: 1, other: 0}


def test_a_class_of_others_and_one_that_is_none_answer_alike() -> None:
    into = seeding.file_class()
    strangers = of(OTHER_INSTITUTION, Right.INSTITUTION_VIEW)
    elsewhere = of(replace(DISTRICT_OFFICE, district="310101"), Right.VOUCHER_VIEW)
    for nobody in (strangers, elsewhere):
        with pytest.raises(NotFound, match="not_found"):
            list_own.learners(nobody, into.id, "", 10)
    assert list_own.learners(of(DISTRICT_OFFICE, Right.VOUCHER_VIEW), into.id, "", 10) == ([], "")
