"""Check in (打卡签到): a learner signs in before a lesson, at the teaching place (notice 三.(三)).

Whatever a tap amounts to is kept; one that does not count opens a case for the district, and a
later one for the same lesson that does ends it.
"""

from dataclasses import replace

from chalicelib.errors import Conflict, KeyReused
from chalicelib.policy import decisions
from chalicelib.rules import calendar, ids, tapping
from chalicelib.rules.attendance import Attempt, Outcome, Record
from chalicelib.rules.cases import Case
from chalicelib.rules.functions import Function
from chalicelib.rules.history import Command
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.moves import State
from chalicelib.rules.position import Position
from chalicelib.rules.principal import Principal
from chalicelib.rules.situation import Situation
from chalicelib.rules.teaching import TrainingClass
from chalicelib.rules.voucher import Voucher
from chalicelib.store import checkins, classes, programmes, transact

from .show import held_by

_KIND = "check-in"


def check_in(
    principal: Principal,
    voucher_id: VoucherId,
    lesson_no: int,
    position: Position,
    device_time: str,
    command: Command,
) -> tuple[Record, Attempt]:
    """The record of this lesson with the attempt that this tap is.

    Raises Refused `function_off`, `check_in_not_open`, `check_in_closed`, `online_lesson` or
    `attempts_used_up`, Conflict `not_enrolled`. A record that counts already stays as it is.
    """
    voucher = held_by(principal, voucher_id)
    if voucher.state is not State.ENROLLED or voucher.terms.class_id is None:
        raise Conflict("not_enrolled", facts={"state": voucher.state})
    into = classes.load(voucher.terms.class_id)
    record = checkins.load(into.id, lesson_no, voucher_id)
    if known := _known(record, command):
        return record, known
    today = calendar.civil_date(command.at)
    current = programmes.current(voucher.programme, today)
    decisions.functions.decide(current, Function.CHECK_IN, today).check()
    attempt = _attempt(into, lesson_no, record, position, device_time, command, voucher)
    after = replace(record, attempts=(*record.attempts, attempt))
    try:
        checkins.save(record, after, *_cases(record, after, into, command))
    except transact.Lost:
        return _after_a_race(record, command)
    return after, attempt


def _known(record: Record, command: Command) -> Attempt | None:
    """The attempt this tap is a repeat of, or the one that counts and makes more needless."""
    for attempt in record.attempts:
        if attempt.key == command.key:
            if attempt.body != command.body:
                raise KeyReused
            return attempt
    return next((attempt for attempt in record.attempts if attempt.outcome.fulfils), None)


def _attempt(
    into: TrainingClass,
    lesson_no: int,
    record: Record,
    position: Position,
    device_time: str,
    command: Command,
    voucher: Voucher,
) -> Attempt:
    policy = programmes.by_hash(voucher.policy)
    today = calendar.civil_date(command.at)
    tap = tapping.tap(position, into.site, into.lesson(lesson_no), command.at, len(record.attempts))
    decision = decisions.check_in.decide(policy, Situation(tap=tap), today)
    decision.check()
    return Attempt(
        received_at=calendar.text(command.at),
        device_time=device_time,
        longitude=repr(position.point.longitude),
        latitude=repr(position.point.latitude),
        datum=position.datum.value,
        accuracy_m=repr(position.accuracy_m),
        distance_m=round(tap.away_m),
        outcome=Outcome(decision.code),
        key=command.key,
        body=command.body,
        channel=command.channel,
    )


def _cases(
    before: Record, after: Record, into: TrainingClass, command: Command
) -> tuple[Case | None, Case | None]:
    """The case this attempt opens, and the one it ends."""
    case = Case(
        id=ids.case_id(after.voucher_id, _KIND, after.lesson_no),
        voucher_id=after.voucher_id,
        kind=_KIND,
        class_id=after.class_id,
        lesson_no=after.lesson_no,
        outcome=after.outcome.value,
        district=into.district,
        opened_at=calendar.text(command.at),
        open=not after.outcome.fulfils,
        reason="signed in at the site in time" if after.outcome.fulfils else None,
    )
    if not after.outcome.fulfils:
        return (case, None) if not before.attempts else (None, None)
    return (None, case) if before.attempts else (None, None)


def _after_a_race(record: Record, command: Command) -> tuple[Record, Attempt]:
    now = checkins.load(record.class_id, record.lesson_no, record.voucher_id)
    if known := _known(now, command):
        return now, known
    raise Conflict("changed_meanwhile")
