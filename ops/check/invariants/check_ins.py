"""One check-in per lesson and learner, of a lesson of his class; its outcome recomputes."""

from collections.abc import Iterator

from chalicelib.policy import Policy, decisions
from chalicelib.rules import attendance, calendar, tapping
from chalicelib.rules.attendance import Attempt
from chalicelib.rules.datum import Datum, Degrees
from chalicelib.rules.lesson import Lesson
from chalicelib.rules.position import Position
from chalicelib.rules.situation import Situation
from chalicelib.rules.teaching import TrainingClass
from ops.check.breach import Breach
from ops.check.city import City, KeptRecord

ONE = "one-check-in"
OUTCOME = "check-in-outcome"


def breaches(city: City) -> Iterator[Breach]:
    """Second records, records of strangers, too many attempts, outcomes that do not recompute."""
    for record in city.records:
        if record.lesson != f"{record.class_id}#{record.lesson_no}":
            found = f"a second record for lesson {record.lesson_no} of {record.class_id}"
            yield Breach(ONE, record.where, found)
        yield from _belongs(city, record)


def _belongs(city: City, record: KeptRecord) -> Iterator[Breach]:
    into = city.classes.get(record.class_id)
    kept = city.vouchers.get(record.voucher_id)
    if into is None or not 1 <= record.lesson_no <= len(into.lessons):
        yield Breach(ONE, record.where, "its class has no such lesson")
        return
    if kept is None or kept.voucher.terms.class_id != into.id:
        yield Breach(ONE, record.where, "its voucher is not enrolled in the class")
        return
    policy = city.policies.get(kept.voucher.policy)
    if policy is not None:
        yield from _attempts(record, into, policy)


def _attempts(record: KeptRecord, into: TrainingClass, policy: Policy) -> Iterator[Breach]:
    if not record.attempts:
        yield Breach(ONE, record.where, "no attempt")
        return
    last_on = calendar.civil_date(calendar.instant(record.attempts[-1].received_at))
    limit = policy.value("check_in_attempts", last_on)
    if limit is None:
        yield Breach(ONE, record.where, "its voucher's programme has no check-ins")
        return
    if record.tries != len(record.attempts):
        found = f"counts {record.tries} attempts, holds {len(record.attempts)}"
        yield Breach(ONE, record.where, found)
    if len(record.attempts) > limit:
        yield Breach(ONE, record.where, f"{len(record.attempts)} attempts of {limit}")
    if record.outcome != attendance.outcome_of(record.attempts):
        yield Breach(OUTCOME, record.where, f"{record.outcome} is not what its attempts amount to")
    for n, attempt in enumerate(record.attempts, 1):
        again = _judged(attempt, into, into.lessons[record.lesson_no - 1], policy)
        if attempt.outcome != again:
            yield Breach(OUTCOME, record.where, f"attempt {n} is {attempt.outcome}, not {again}")


def _judged(attempt: Attempt, into: TrainingClass, lesson: Lesson, policy: Policy) -> str:
    """What the attempt amounts to, computed anew, or the code with which it must be refused."""
    at = calendar.instant(attempt.received_at)
    today = calendar.civil_date(at)
    position = Position(
        Degrees(float(attempt.longitude), float(attempt.latitude)),
        Datum(attempt.datum),
        float(attempt.accuracy_m),
    )
    tap = tapping.tap(position, into.site, lesson, at, attempts=0)
    decision = decisions.check_in.decide(policy, Situation(tap=tap), today)
    return decision.code
