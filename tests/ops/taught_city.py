"""A small city's teaching year, through its own use cases: from the roster to the last check-in."""

import secrets as randomness
from datetime import datetime, timedelta

from stdnum import luhn
from stdnum.cn import ric

from chalicelib.rules import ids
from chalicelib.rules.datum import Degrees
from chalicelib.rules.history import Command
from chalicelib.rules.ids import RunId, VoucherId
from chalicelib.rules.office_rows import CompanyAccount, Grant
from chalicelib.rules.person import Group, Identity
from chalicelib.rules.personal import Account, DocumentNumber, Name, Phone, document_number
from chalicelib.rules.position import Position
from chalicelib.rules.principal import Principal
from chalicelib.rules.run import Refusal, Run, RunKind, RunState, Tally
from chalicelib.rules.voucher import Voucher
from chalicelib.store import organisations, people, programmes, runs, secrets
from chalicelib.usecases import check_in, claim, enrol, issue, show_code, verify
from tests import groups, seeding
from tests.builders import MONDAY, SQUARE, a_command, a_person, a_position
from tests.seeding import DESK

LESSON = MONDAY + timedelta(days=7)
NEAR = a_position()
FAR = a_position(Degrees(SQUARE.longitude, SQUARE.latitude + 0.01))
CLASS_NO = "C-1"
PROGRAMME = "social-training"
LEARNERS = (
    ("paid", groups.REGISTERED_UNEMPLOYED, "worker"),
    ("held", groups.EMPLOYEE, "institution"),
    ("returned", groups.DISABLED, "institution"),
    ("rejected", groups.VETERAN, "worker"),
    ("waiting", groups.EMPLOYEE, "worker"),
    ("failed", groups.EMPLOYEE, "worker"),
    ("deferred", groups.DISABLED, "worker"),
)
"""What will become of each, the group, and who pays the fee."""


def order(who: str, what: str, at: datetime = MONDAY) -> Command:
    """Somebody's command; what he wants is its key."""
    return a_command(f"{what}-{who}", at=at, actor=who)


def number(n: int) -> DocumentNumber:
    """A document number under the unassigned prefix."""
    body = f"31990019900101{n:03}"
    return document_number(body + ric.calc_check_digit(body + "0"))


def register(n: int, *groups: Group) -> Principal:
    """A registered worker whose card account is sealed."""
    person_id = secrets.person_id(number(n))
    body = f"621700000000{n:03}"
    card = Account(body + luhn.calc_check_digit(body))
    sealed = secrets.seal_person(person_id, Identity(number(n), Name("张三"), Phone("138"), card))
    person = a_person(*groups, person_id=person_id)
    people.register([(person, sealed, RunId("r-roster"), n)])
    return seeding.worker(person_id)


def found_city() -> None:
    """Policies, one institution, budgets, and the run that brought the roster."""
    seeding.publish()
    account = CompanyAccount("样例培训中心", Account("1001-2345-6789"), "102290000000")
    institution = seeding.INSTITUTION
    organisations.save(institution, secrets.seal_organisation(institution.id, account))
    seeding.open_institution()
    for fund in ("employment-subsidy", "unemployment-insurance"):
        programmes.grant(Grant(fund, 2026, 800_000))
    run = Run(
        id=RunId("r-roster"),
        kind=RunKind.ROSTER,
        state=RunState.WAITING,
        subject="staff-city",
        role="city-office",
        asked_at="2026-03-02T09:00:00+08:00",
        body="body",
        source={"object_key": "incoming/roster.csv"},
    )
    runs.create(run)
    refused = (Refusal(4, "证件号码", "check_digit"), Refusal(5, "姓名", "missing_name"))
    run = runs.advance(run, Tally(applied=6, refusals=refused), "400", RunState.RUNNING)
    runs.advance(run, Tally(applied=3, existed=1), "", RunState.DONE)


def claimed(who: Principal, programme: str = PROGRAMME) -> Voucher:
    """The worker's voucher, claimed."""
    return claim.claim(who, programme, order(who.subject, f"claim-{programme}"))


def enrolled(who: Principal, paid_by: str, programme: str = PROGRAMME) -> VoucherId:
    """The worker's voucher, verified and given a seat."""
    found = claimed(who, programme)
    code, _ = show_code.show_code(who, found.id, MONDAY)
    verify.verify(DESK, found.id, code, desk(f"verify-{found.id}"))
    into = ids.class_id(seeding.INSTITUTION.id, CLASS_NO)
    enrol.enrol(DESK, found.id, into, paid_by, None, desk(f"enrol-{found.id}"))
    return found.id


def desk(key: str) -> Command:
    """A command of the institution's desk."""
    return a_command(key, actor=DESK.subject, role=DESK.role)


def teach() -> dict[str, VoucherId]:
    """Everybody's year until the assessment; the vouchers by what will become of them."""
    seeding.file_class(CLASS_NO)
    issued = register(0, groups.REGISTERED_UNEMPLOYED)
    members = [people.load(issued.worker_id)]
    issue.issue_to(members, PROGRAMME, order("staff-city", "batch"))
    workers = {name: register(n, group) for n, (name, group, _) in enumerate(LEARNERS, 1)}
    made = {name: enrolled(workers[name], payer) for name, _, payer in LEARNERS}
    other = register(20, groups.OTHER)
    made["check-in"] = enrolled(other, "worker", "check-in")
    made["issued"] = ids.voucher_id(issued.worker_id, PROGRAMME, "2026", 1)
    made["certificate"] = claimed(register(21, groups.EMPLOYEE), "skill-certificate").id
    for name in ("returned", "waiting"):
        tap(workers[name], made[name], LESSON)
    for name in ("paid", "held"):
        tap(workers[name], made[name], LESSON, FAR)
        tap(workers[name], made[name], LESSON, FAR)
    tap(other, made["check-in"], LESSON + timedelta(minutes=5))
    return made


def tap(who: Principal, voucher: VoucherId, at: datetime, position: Position = NEAR) -> None:
    """A learner signs in for the first lesson."""
    command = order(who.subject, f"tap-{randomness.token_hex(4)}", at)
    check_in.check_in(who, voucher, 1, position, at.isoformat(), command)
