"""The issue-only shape: an enterprise teaches its own staff; nobody verifies (notice 二.(三))."""

import pytest

from chalicelib.errors import Conflict, Forbidden, NotFound
from chalicelib.rules import voucher_code
from chalicelib.rules.history import Command
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.moves import State
from chalicelib.rules.principal import Principal
from chalicelib.rules.voucher import Voucher
from chalicelib.store import vouchers
from chalicelib.usecases import claim, enrol, show_code, verify
from tests import groups, seeding
from tests.builders import MONDAY, a_command
from tests.seeding import DESK, ENTERPRISE, FACTORY

pytestmark = pytest.mark.usefixtures("aws_city")
PROGRAMME = "staff-training"


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    seeding.publish()
    seeding.publish_like("social-training", PROGRAMME, "issue-only")
    seeding.open_institution()
    seeding.open_enterprise()


def claimed(employer: str = ENTERPRISE.id) -> Voucher:
    who = seeding.register(1, groups.EMPLOYEE, employer=employer)
    return claim.claim(who, PROGRAMME, a_command("claim-01", actor=who.subject))


def factory(key: str) -> Command:
    return a_command(key, actor=FACTORY.subject, role=FACTORY.role)


def enrolled(found: VoucherId, who: Principal = FACTORY, paid_by: str = "enterprise") -> Voucher:
    into = seeding.file_class(teacher=FACTORY, programme=PROGRAMME)
    return enrol.enrol(who, found, into.id, paid_by, None, factory("enrol-01"))


def test_the_enterprise_enrols_its_worker_without_verification_and_is_the_one_that_paid() -> None:
    done = enrolled(claimed().id)
    assert (done.state, done.version) == (State.ENROLLED, 3)
    assert (done.terms.paid_by, done.terms.payee_id) == ("enterprise", ENTERPRISE.id)
    assert vouchers.load(done.id) == done


@pytest.mark.parametrize("employer", ["", "91310104MA1FTEST0E"])
def test_an_enterprise_enrols_nobody_but_its_own_staff(employer: str) -> None:
    found = claimed(employer)
    with pytest.raises(NotFound):
        enrolled(found.id)
    assert vouchers.load(found.id) == found


def test_what_the_worker_paid_goes_to_him() -> None:
    done = enrolled(claimed().id, paid_by="worker")
    assert (done.terms.paid_by, done.terms.payee_id) == ("worker", done.person_id)


def test_no_institution_verifies_or_enrols_such_a_voucher() -> None:
    found = claimed()
    who = seeding.worker(found.person_id)
    with pytest.raises(Conflict, match="not_in_state"):
        show_code.show_code(who, found.id, MONDAY)
    code = voucher_code.mint(found, MONDAY)
    with pytest.raises(Conflict, match="not_in_state"):
        verify.verify(DESK, found.id, code, a_command("verify-01", actor=DESK.subject))
    with pytest.raises(NotFound):
        enrolled(found.id, DESK)
    assert vouchers.load(found.id) == found


def test_the_enterprise_has_no_hand_in_a_voucher_that_is_verified() -> None:
    who = seeding.register(2, groups.EMPLOYEE, employer=ENTERPRISE.id)
    found = claim.claim(who, "social-training", a_command("claim-01", actor=who.subject))
    with pytest.raises(NotFound):
        enrolled(found.id)


def test_each_teaches_the_classes_of_its_shape_only() -> None:
    with pytest.raises(Forbidden, match="not_an_enterprise"):
        seeding.file_class(teacher=DESK, programme=PROGRAMME)
    with pytest.raises(Forbidden, match="not_an_institution"):
        seeding.file_class(teacher=FACTORY)
