"""A small city that lived a year through its own use cases: what the checker calls sound.

Ten vouchers, each with another ending; every kind of item that an invariant speaks of stands in
its tables.
"""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import boto3

from chalicelib.rules import calendar, ids
from chalicelib.rules.change import Change
from chalicelib.rules.ids import LineId, OrganisationId, VoucherId
from chalicelib.rules.line import BankWord, LineVerb
from chalicelib.rules.principal import Right
from chalicelib.rules.result_row import Result
from chalicelib.store import dump, payments, vouchers
from chalicelib.store.dump import OWNERS
from chalicelib.usecases import (
    approve,
    assess,
    close,
    count,
    expire,
    hear,
    hear_national,
    propose,
    release,
    send,
    settle,
)
from chalicelib.usecases.tell_national import tell_national
from tests import seeding
from tests.builders import MONDAY
from tests.ops.breaking import Lived
from tests.ops.taught_city import CLASS_NO, LEARNERS, PROGRAMME, found_city, number, order, teach

PAYDAY = MONDAY + timedelta(days=18)
NEW_YEAR = datetime(2027, 1, 1, 0, 30, tzinfo=calendar.SHANGHAI)
EXPECTED = Path(__file__).parents[2] / "samples" / "expected.json"
PROPOSER = seeding.official("proposer", Right.PROPOSAL_PROPOSE, office=seeding.CITY_OFFICE)
APPROVER = seeding.official(
    "approver", Right.PROPOSAL_APPROVE, Right.LINE_RELEASE, office=seeding.CITY_OFFICE
)
BANK = {
    "paid": (LineVerb.ACCEPT, LineVerb.PAY),
    "certificate": (LineVerb.PAY,),
    "returned": (LineVerb.PAY, LineVerb.RETURN),
    "rejected": (LineVerb.ACCEPT, LineVerb.REJECT),
    "waiting": (LineVerb.ACCEPT,),
}
"""What the bank says of each line; of the held one nothing."""


def settle_all(made: dict[str, VoucherId]) -> None:
    """Results, proposals, approvals, and what the bank made of the lines."""
    for n, (name, _, _) in enumerate(LEARNERS, 1):
        late = 1 if name == "deferred" else 0
        course = seeding.INSTITUTION.id, CLASS_NO, name != "failed"
        assess.apply(
            result(n, PROGRAMME, 5, *course, late=late), order("staff-body", f"r-{n}", PAYDAY)
        )
    certificate = result(21, "skill-certificate", 3, None, None, True)
    assess.apply(certificate, order("staff-body", "r-21", PAYDAY))
    for programme, district in ((PROGRAMME, "310104"), ("skill-certificate", "310101")):
        key = f"propose-{programme}"
        proposed = propose.propose(PROPOSER, programme, district, order("proposer", key, PAYDAY))
        approve.approve(APPROVER, proposed.id, order("approver", "approve", PAYDAY))
        settle.settle(proposed.id, order("settlements", "settle", PAYDAY))
    line_id = line_of(made["paid"])
    release.release(APPROVER, line_id, "到课属实", order("approver", "release", PAYDAY))
    send.send_due(PAYDAY, lambda: False)
    for name, verbs in BANK.items():
        for verb in verbs:
            say(line_of(made[name]), verb)


def result(
    n: int,
    programme: str,
    level: int,
    institution: OrganisationId | None,
    class_no: str | None,
    passed: bool,
    *,
    late: int = 0,
) -> Result:
    """What the assessment body found."""
    certificate_no = f"S00013100000126{n:07}" if passed else None
    day = (PAYDAY - timedelta(days=4 - late)).date()
    who = number(n)
    course = "养老护理员", level, institution, class_no
    return Result(who, programme, *course, passed, certificate_no, day)


def line_of(voucher: VoucherId) -> LineId:
    """The one line of a voucher."""
    fund = {"skill-certificate": "unemployment-insurance"}
    programme = vouchers.load(voucher).programme
    return ids.line_id(voucher, fund.get(programme, "employment-subsidy"), 1)


def say(line_id: LineId, verb: LineVerb) -> None:
    """The bank's word about a line."""
    word = BankWord(verb, line_id, 1, payments.load(line_id).amount_fen, "账户异常")
    hear.hear(word, order("urn:bank:sample", f"{verb}-{line_id}", PAYDAY))


def tell_platform(made: dict[str, VoucherId]) -> None:
    """The platform hears of every event; it refuses one, takes the others but one."""
    changes = [Change(kept, 0) for kept in vouchers.load_all(made.values())]
    tell_national(changes, PAYDAY)
    told = {f"{change.voucher.id}.{event.n}" for change in changes for event in change.events}
    refused, waits = f"{made['issued']}.1", f"{made['certificate']}.1"
    hear_national.acknowledge(sorted(told - {refused, waits}), order("platform", "taken"))
    hear_national.refuse(refused, "person_unknown", order("platform", "refused"))


@cache
def lived() -> Lived:
    """The whole year, lived once a process on the city that stands then."""
    found_city()
    made = teach()
    settle_all(made)
    close.close(PAYDAY, lambda: False)
    expire.expire(NEW_YEAR, lambda: False)
    tell_platform(made)
    count.count(vouchers.load_all(made.values()))
    names = {owner: f"{owner}_table" for owner in OWNERS}
    return Lived(dump.read(boto3.client("dynamodb"), names), made)
