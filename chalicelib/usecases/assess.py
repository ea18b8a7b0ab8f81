"""Assess (考核鉴定): one result of the assessment body reaches its voucher.

In the class shape the voucher must be enrolled in the very class the result names; in the
certificate shape the result itself opens the subsidy (notice 二.(一), 三.(四)).
"""

from typing import Any

from chalicelib.errors import Conflict, NotFound, Refused
from chalicelib.policy import Policy, decisions
from chalicelib.rules import calendar, voucher
from chalicelib.rules.decision import Outcome
from chalicelib.rules.functions import Function
from chalicelib.rules.history import Command, Event
from chalicelib.rules.limits import Counts
from chalicelib.rules.moves import IN_CLASSES, MOVES, Verb
from chalicelib.rules.result_row import ASSESSED_ON, OCCUPATION, PROGRAMME, RESULT, Result
from chalicelib.rules.roster_row import NUMBER
from chalicelib.rules.situation import Course, Situation
from chalicelib.rules.situation import Event as SituationEvent
from chalicelib.rules.tabular import RowFault
from chalicelib.rules.voucher import Voucher
from chalicelib.store import programmes, transact

from . import entitle, result_voucher
from .claimed import claimed_on, with_claim

_TRIES = 3


def apply(result: Result, command: Command) -> bool:
    """Brings a result to its voucher: ASSESSED, or CLOSED where a course was failed.

    True where this command made the move, now or before it was repeated; False where another
    command had brought the same result. Raises RowFault with the column and the reason.
    """
    for _ in range(_TRIES):
        found, after = _decided(result, command)
        if isinstance(after, Event):
            return after.key == command.key
        counts = _counts(found, after, command)
        try:
            entitle.save(found, after, counts)
        except Conflict as conflict:
            raise RowFault(NUMBER, conflict.code) from None
        except transact.Lost:
            continue
        return True
    raise RowFault(NUMBER, "changed_meanwhile")


def would_apply(result: Result, command: Command) -> bool:
    """Whether the result would move its voucher now; RowFault as it would be. Writes nothing."""
    found, after = _decided(result, command)
    if isinstance(after, Event):
        return False
    _counts(found, after, command)
    return True


def _counts(found: Voucher, after: Voucher, command: Command) -> Counts | None:
    """The holder's counts with this result; RowFault where a limit does not let it count."""
    try:
        return entitle.changed(found, after, calendar.civil_date(command.at))
    except Refused as refused:
        raise RowFault(OCCUPATION, refused.code) from None


def _decided(result: Result, command: Command) -> tuple[Voucher, Voucher | Event]:
    """The voucher as it is, and as the result leaves it; or the event that brought it before."""
    person_id, policy = result_voucher.holder(result), _policy(result, command)
    found = result_voucher.find(person_id, policy, result)
    if known := result_voucher.brought_by(found, result):
        return found, known
    verb, facts = _move(found, result)
    if reason := _lateness(policy, result, command):
        facts["late_reason"] = reason
    if found.expired(command.at) and found.in_validity_only(verb):
        raise RowFault(NUMBER, "expired")
    if found.shape not in IN_CLASSES:
        _check_course(found, programmes.by_hash(found.policy), result)
    try:
        return found, voucher.move(found, verb, command, facts)
    except Conflict as conflict:
        raise RowFault(NUMBER, conflict.code) from None


def _policy(result: Result, command: Command) -> Policy:
    today = calendar.civil_date(command.at)
    if result.assessed_on > today:
        raise RowFault(ASSESSED_ON, "in_future")
    try:
        policy = programmes.current(result.programme, today)
    except NotFound:
        raise RowFault(PROGRAMME, "unknown_programme") from None
    if Verb.ASSESS not in MOVES[policy.shape]:
        raise RowFault(PROGRAMME, "no_assessment")
    if decisions.functions.decide(policy, Function.ASSESS, today).outcome is Outcome.NO:
        raise RowFault(PROGRAMME, "function_off")
    return policy


def _check_course(found: Voucher, policy: Policy, result: Result) -> None:
    """A claim that named no course stands for this one too, or the row is refused."""
    day = claimed_on(found)
    if decisions.course.asked(policy, day):
        known = Situation(course=Course(occupation=result.occupation, level=result.level))
        decision = decisions.course.decide(policy, with_claim(found, known), day)
        if decision.outcome is Outcome.NO:
            raise RowFault(OCCUPATION, decision.code)


def _lateness(policy: Policy, result: Result, command: Command) -> str:
    """Why the result comes late, "" where it does not; RowFault where nobody said why."""
    today = calendar.civil_date(command.at)
    situation = Situation(events={SituationEvent.CERTIFICATE: result.assessed_on})
    decision = decisions.assess.decide(policy, situation, today)
    if decision.outcome is Outcome.YES:
        return ""
    if not result.late_reason:
        raise RowFault(ASSESSED_ON, "results_too_late")
    return result.late_reason


def _move(found: Voucher, result: Result) -> tuple[Verb, dict[str, Any]]:
    facts: dict[str, Any] = {"assessed_on": result.assessed_on.isoformat()}
    if result.certificate_no:
        facts["certificate_no"] = result.certificate_no
    if found.shape in IN_CLASSES:
        if (found.terms.occupation, found.terms.level) != (result.occupation, result.level):
            raise RowFault(OCCUPATION, "other_course")
        return (Verb.ASSESS if result.passed else Verb.FAIL), facts
    if not result.passed:
        raise RowFault(RESULT, "not_passed")
    return Verb.ASSESS, facts | {
        "occupation": result.occupation,
        "level": result.level,
        "paid_by": "worker",
        "payee_id": found.person_id,
    }
