"""From claim to enrolment: who may, when, and what a repeat of the same request answers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.errors import Conflict, Forbidden, KeyReused, NotFound, Refused
from chalicelib.rules.history import Command
from chalicelib.rules.ids import OrganisationId
from chalicelib.rules.lesson import Mode
from chalicelib.rules.moves import State
from chalicelib.rules.principal import Principal
from chalicelib.rules.voucher import Voucher
from chalicelib.store import classes, vouchers
from chalicelib.usecases import claim, enrol, show, show_code, verify
from tests import groups, seeding
from tests.builders import MONDAY, a_command
from tests.seeding import DESK

pytestmark = pytest.mark.usefixtures("aws_city")


@pytest.fixture(autouse=True)
def _city(aws_city: None) -> None:
    seeding.publish()
    seeding.open_institution()


def claimed(who: Principal, programme: str = "social-training") -> Voucher:
    return claim.claim(who, programme, a_command(f"claim-{programme}", actor=who.subject))


def desk(key: str, **more: object) -> Command:
    return replace(a_command(key, actor=DESK.subject, role=DESK.role), **more)


def verified(who: Principal) -> Voucher:
    found = claimed(who)
    code, _ = show_code.show_code(who, found.id, MONDAY)
    return verify.verify(DESK, found.id, code, desk("verify-01"))


def test_an_employee_claims_what_was_never_issued_and_it_counts_as_both() -> None:
    found = claimed(seeding.register(1, groups.EMPLOYEE))
    assert (found.state, found.version) == (State.CLAIMED, 2)
    assert seeding.counted_of(found.person_id, 2026) == {"social-training/1"}


def test_claiming_twice_with_one_key_answers_the_same() -> None:
    who = seeding.register(1, groups.EMPLOYEE)
    assert claimed(who) == claimed(who)


def test_one_key_with_another_body_is_refused_and_changes_nothing() -> None:
    who = seeding.register(1, groups.EMPLOYEE)
    found = claimed(who)
    other = replace(a_command("claim-social-training", actor=who.subject), body="other")
    with pytest.raises(KeyReused):
        claim.claim(who, "social-training", other)
    assert vouchers.load(found.id) == found


def test_a_claimed_voucher_cannot_be_claimed_again() -> None:
    who = seeding.register(1, groups.EMPLOYEE)
    claimed(who)
    with pytest.raises(Conflict, match="not_in_state"):
        claim.claim(who, "social-training", a_command("another-key", actor=who.subject))


def test_who_is_not_eligible_for_money_gets_the_check_in_voucher_only() -> None:
    who = seeding.register(1, groups.OTHER)
    with pytest.raises(Refused, match="not_eligible") as refused:
        claimed(who)
    assert refused.value.rule.section == "二.(一)"
    assert claimed(who, "check-in").state is State.CLAIMED


def test_who_is_eligible_for_money_gets_no_check_in_voucher() -> None:
    with pytest.raises(Refused, match="eligible_for_money"):
        claimed(seeding.register(1, groups.EMPLOYEE), "check-in")


def test_an_unknown_programme_and_an_unknown_person_are_not_found() -> None:
    with pytest.raises(NotFound):
        claimed(seeding.register(1, groups.EMPLOYEE), "nothing")
    with pytest.raises(NotFound):
        claimed(seeding.worker("p-nobody"))


def test_a_photographed_code_is_refused_the_second_time() -> None:
    who = seeding.register(1, groups.EMPLOYEE)
    found = claimed(who)
    code, _ = show_code.show_code(who, found.id, MONDAY)
    assert verify.verify(DESK, found.id, code, desk("verify-01")).state is State.VERIFIED
    with pytest.raises(Conflict, match="code_spent"):
        verify.verify(DESK, found.id, code, desk("verify-02"))


def test_verifying_again_with_the_same_key_answers_the_same() -> None:
    who = seeding.register(1, groups.EMPLOYEE)
    found = claimed(who)
    code, _ = show_code.show_code(who, found.id, MONDAY)
    first = verify.verify(DESK, found.id, code, desk("verify-01"))
    assert verify.verify(DESK, found.id, code, desk("verify-01")) == first


def test_a_voucher_that_is_not_answers_like_a_wrong_code() -> None:
    with pytest.raises(Refused, match="code_invalid"):
        verify.verify(DESK, seeding.ids.voucher_id("p", "x", "y", 1), "a.1.b", desk("verify-01"))


@pytest.mark.parametrize(("minutes", "allowed"), [(-1, True), (0, False), (1, False)])
def test_expiry_counts_at_use_whether_or_not_the_schedule_ran(minutes: int, allowed: bool) -> None:
    who = seeding.register(1, groups.EMPLOYEE)
    found = claimed(who)
    now = seeding.at(found.expires_at) + timedelta(minutes=minutes)
    if allowed:
        code, _ = show_code.show_code(who, found.id, now)
        assert verify.verify(DESK, found.id, code, desk("verify-01", at=now))
    else:
        with pytest.raises(Refused, match="voucher_expired"):
            show_code.show_code(who, found.id, now)


@pytest.mark.parametrize(("days", "allowed"), [(3, True), (4, True), (5, False)])
def test_a_learner_is_registered_three_days_ahead_or_not_at_all(days: int, allowed: bool) -> None:
    into = seeding.file_class()  # starts in seven days
    found = verified(seeding.register(1, groups.EMPLOYEE))
    when = desk("enrol-01", at=MONDAY + timedelta(days=days))
    if allowed:
        done = enrol.enrol(DESK, found.id, into.id, "worker", None, when)
        assert (done.state, done.terms.payee_id) == (State.ENROLLED, found.person_id)
        assert seeding.seats_taken(into.id) == 1
    else:
        with pytest.raises(Refused, match="enrolled_too_late") as refused:
            enrol.enrol(DESK, found.id, into.id, "worker", None, when)
        assert refused.value.rule.section == "三.(二)"
        assert seeding.seats_taken(into.id) == 0


@pytest.mark.parametrize("modes", [[Mode.ONLINE] * 3, [Mode.OFFLINE, Mode.ONLINE]])
def test_the_check_in_voucher_opens_no_class_with_online_lessons(modes: list[Mode]) -> None:
    who = seeding.register(1, groups.OTHER)
    found = claimed(who, "check-in")
    code, _ = show_code.show_code(who, found.id, MONDAY)
    verify.verify(DESK, found.id, code, desk("verify-01"))
    into = seeding.file_class(modes=modes)
    with pytest.raises(Refused, match="offline_only") as refused:
        enrol.enrol(DESK, found.id, into.id, "worker", None, desk("enrol-01"))
    assert refused.value.rule.section == "二.(一)"
    assert seeding.seats_taken(into.id) == 0
    offline = seeding.file_class("C-2")
    done = enrol.enrol(DESK, found.id, offline.id, "worker", None, desk("enrol-02"))
    assert done.state is State.ENROLLED


@pytest.mark.parametrize(
    ("line", "payer", "allowed"),
    [
        ({"institution_kinds": ["skill-base"]}, "worker", False),
        ({"institution_kinds": ["social-institution"]}, "worker", True),
        ({"paid_by": ["worker"]}, "worker", True),
        ({"paid_by": ["worker"]}, "institution", False),
    ],
)
def test_who_teaches_and_who_paid_are_asked_once_they_are_known(
    line: dict[str, list[str]], payer: str, allowed: bool
) -> None:
    lines = [{"groups": ["employee"], **line}]
    seeding.publish_like(
        "social-training", "social-training", "class", eligible=("group-list", lines)
    )
    into = seeding.file_class()
    found = verified(seeding.register(1, groups.EMPLOYEE))
    if allowed:
        done = enrol.enrol(DESK, found.id, into.id, payer, None, desk("enrol-01"))
        assert done.state is State.ENROLLED
    else:
        with pytest.raises(Refused, match="not_for_this_course"):
            enrol.enrol(DESK, found.id, into.id, payer, None, desk("enrol-01"))


def test_who_left_his_group_after_the_claim_is_still_enrolled_where_the_course_is_asked() -> None:
    lines = [{"groups": ["employee"], "paid_by": ["worker"]}]
    seeding.publish_like(
        "social-training", "social-training", "class", eligible=("group-list", lines)
    )
    into = seeding.file_class()
    who = seeding.register(1, groups.EMPLOYEE)
    found = verified(who)
    seeding.end_facts(who, MONDAY.date())
    later = desk("enrol-01", at=MONDAY + timedelta(days=1))
    done = enrol.enrol(DESK, found.id, into.id, "worker", None, later)
    assert done.state is State.ENROLLED


def test_a_class_is_kept_with_the_modes_of_its_lessons_and_the_day_of_its_exam() -> None:
    filed = seeding.file_class(modes=[Mode.ONLINE], exam_on=MONDAY.date() + timedelta(days=20))
    assert classes.load(filed.id) == filed
    assert filed.mode is Mode.BLENDED


def test_a_full_class_takes_nobody() -> None:
    into = seeding.file_class(capacity=1)
    first, second = (verified(seeding.register(n, groups.EMPLOYEE)) for n in (1, 2))
    enrol.enrol(DESK, first.id, into.id, "worker", None, desk("enrol-01"))
    with pytest.raises(Conflict, match="class_full"):
        enrol.enrol(DESK, second.id, into.id, "worker", None, desk("enrol-02"))
    assert vouchers.load(second.id).state is State.VERIFIED
    assert seeding.seats_taken(into.id) == 1


def test_enrolling_twice_takes_one_seat() -> None:
    into = seeding.file_class()
    found = verified(seeding.register(1, groups.EMPLOYEE))
    first = enrol.enrol(DESK, found.id, into.id, "institution", None, desk("enrol-01"))
    assert enrol.enrol(DESK, found.id, into.id, "institution", None, desk("enrol-01")) == first
    assert seeding.seats_taken(into.id) == 1


def test_another_institutions_voucher_is_not_there() -> None:
    found = verified(seeding.register(1, groups.EMPLOYEE))
    other = replace(
        DESK, organisation=replace(seeding.INSTITUTION, id=OrganisationId("91310000OTHER00001"))
    )
    with pytest.raises(NotFound):
        enrol.enrol(other, found.id, seeding.file_class().id, "worker", None, desk("enrol-01"))


def test_somebody_elses_voucher_is_not_there() -> None:
    found = claimed(seeding.register(1, groups.EMPLOYEE))
    stranger = seeding.register(2, groups.EMPLOYEE)
    with pytest.raises(NotFound):
        show.one(stranger, found.id)
    with pytest.raises(NotFound):
        show_code.show_code(stranger, found.id, MONDAY)


def test_an_office_cannot_verify() -> None:
    found = claimed(seeding.register(1, groups.EMPLOYEE))
    with pytest.raises(Forbidden, match="not_an_institution"):
        verify.verify(seeding.official("staff-1"), found.id, "x", desk("verify-01"))


def test_a_worker_sees_his_vouchers_of_the_period() -> None:
    who = seeding.register(1, groups.EMPLOYEE)
    wanted = {claimed(who).id, claimed(who, "skill-certificate").id}
    assert {found.id for found in show.mine(who, MONDAY)} == wanted
