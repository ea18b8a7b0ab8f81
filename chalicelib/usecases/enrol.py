"""Enrol (录取, 学员注册): who teaches the class gives a voucher's holder a seat.

Notice 三.(二): the institution that verified the voucher does, before the class starts; where
nobody verifies, the enterprise that teaches its own staff (二.(三)). Seat and voucher move together
or not at all.
"""

from datetime import date
from typing import Any

from chalicelib.errors import Conflict, Invalid, NotFound, Refused
from chalicelib.policy import Policy, decisions
from chalicelib.rules import calendar, voucher
from chalicelib.rules.history import Command
from chalicelib.rules.ids import ClassId, OrganisationId, VoucherId
from chalicelib.rules.limits import Counts
from chalicelib.rules.moves import MOVES, Shape, Verb
from chalicelib.rules.person import FactKind
from chalicelib.rules.principal import Organisation, OrganisationKind, Principal
from chalicelib.rules.shares import ENTERPRISE, INSTITUTION, WORKER
from chalicelib.rules.situation import Fees, Situation
from chalicelib.rules.teaching import FILING, TrainingClass
from chalicelib.rules.voucher import Voucher
from chalicelib.store import classes, organisations, people, programmes, transact, vouchers

from . import entitle
from .claimed import claimed_on, with_claim
from .keep import after_a_race
from .repeats import answered
from .validity import check_valid

_TRIES = 3


def enrol(
    principal: Principal,
    voucher_id: VoucherId,
    class_id: ClassId,
    paid_by: str,
    enterprise_id: str | None,
    command: Command,
) -> Voucher:
    """The voucher, enrolled in the class; who paid the fee is recorded with it.

    Raises Refused `voucher_expired`, `other_programme` or what the rules of classes do not let,
    above all `enrolled_too_late`; Conflict `class_full` or `not_in_state`; NotFound for another
    teacher's voucher or class.
    """
    teacher = principal.teacher
    found = vouchers.load(voucher_id)
    if not _may_enrol(teacher, found, calendar.civil_date(command.at)):
        raise NotFound("voucher")
    if done := answered(found, command):
        return done
    into = classes.load(class_id)
    if into.institution_id != teacher.id:
        raise NotFound("class")
    policy = programmes.by_hash(found.policy)
    payee = _payee(found, teacher, paid_by, enterprise_id)
    known = Situation(
        course=into.course,
        institution_kind=teacher.kind.value,
        district=into.district,
        fees=Fees(paid_by=payee.get("paid_by")),
        events=into.days,
    )
    _check(found, into, known, policy, command)
    facts = _facts(found, into) | payee
    enrolled = voucher.move(found, Verb.ENROL, command, facts)
    return _keep(found, enrolled, into, command)


def _may_enrol(teacher: Organisation, found: Voucher, today: date) -> bool:
    """Whoever verified it; where nobody does, the enterprise that employs the holder that day."""
    if Verb.VERIFY in MOVES[found.shape]:
        return found.terms.verified_by == teacher.id
    employers = people.load(found.person_id).names(FactKind.EMPLOYED, today)
    return teacher.kind is OrganisationKind.ENTERPRISE and teacher.id in employers


def _check(
    found: Voucher, into: TrainingClass, known: Situation, policy: Policy, command: Command
) -> None:
    check_valid(found, command.at)
    # A check-in voucher opens any class: it signs in and carries no money (二.(一)).
    if found.programme != into.programme and found.shape is not Shape.CHECK_IN:
        raise Refused("other_programme", FILING, field="class_id")
    today = calendar.civil_date(command.at)
    if decisions.course.asked(policy, claimed_on(found)):
        known = with_claim(found, known)
    decisions.enrol.decide(policy, known, today).check("class_id")


def _facts(found: Voucher, into: TrainingClass) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "class_id": into.id,
        "district": into.district,
        "occupation": into.occupation,
        "level": into.level,
    }
    if found.shape is Shape.CHECK_IN:
        facts["ends_at"] = calendar.text(into.lessons[-1].ends_at)
    return facts


def _payee(
    found: Voucher, teacher: Organisation, paid_by: str, enterprise_id: str | None
) -> dict[str, str]:
    """Who paid the fee and is therefore paid; a check-in voucher carries no money.

    An enterprise that teaches is itself the one that paid, unless it names another.
    """
    if found.shape is Shape.CHECK_IN:
        return {}
    if paid_by == WORKER:
        return {"paid_by": WORKER, "payee_id": found.person_id}
    if teacher.kind is OrganisationKind.ENTERPRISE:
        enterprise_id = enterprise_id or teacher.id
    elif paid_by == INSTITUTION:
        return {"paid_by": INSTITUTION, "payee_id": teacher.id}
    if enterprise_id is None:
        raise Invalid("enterprise_missing", field="enterprise_id")
    try:
        enterprise = organisations.load(OrganisationId(enterprise_id))
    except NotFound:
        raise Invalid("enterprise_unknown", field="enterprise_id") from None
    if enterprise.kind is not OrganisationKind.ENTERPRISE:
        raise Invalid("enterprise_unknown", field="enterprise_id")
    return {"paid_by": ENTERPRISE, "payee_id": enterprise.id}


def _keep(before: Voucher, after: Voucher, into: TrainingClass, command: Command) -> Voucher:
    for _ in range(_TRIES):
        counts = entitle.changed(before, after, calendar.civil_date(command.at))

        def fill(transaction: transact.Transaction, counts: Counts | None = counts) -> None:
            classes.take_seat_within(transaction, into.id)
            vouchers.save_within(transaction, before, after)
            entitle.keep_within(transaction, after, counts)

        try:
            transact.together(fill, lambda: vouchers.is_saved(after))
        except transact.Lost:
            if vouchers.load(before.id) != before:
                break
            now = classes.load(into.id)
            if now.seats_taken >= now.capacity:
                raise Conflict("class_full", facts={"capacity": now.capacity}) from None
            if not entitle.outrun(after, counts):
                break
        else:
            return after
    return after_a_race(before, command)
