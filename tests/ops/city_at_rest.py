"""A small city that lived a year on moto, through its own use cases: what the checker calls sound.

Nine learners, each with another ending; every kind of item that an invariant speaks of stands in
its tables.
"""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import datetime, timedelta

import boto3
from stdnum import luhn
from stdnum.cn import ric

from chalicelib.rules.datum import Degrees
from chalicelib.rules.history import Command
from chalicelib.rules.ids import RunId, VoucherId
from chalicelib.rules.office_rows import CompanyAccount, Grant
from chalicelib.rules.person import Group, Identity
from chalicelib.rules.personal import Account, DocumentNumber, Name, Phone, document_number
from chalicelib.rules.principal import Principal
from chalicelib.rules.run import Refusal, Run, RunKind, RunState, Tally
from chalicelib.rules.voucher import Voucher
from chalicelib.store import dump, organisations, people, programmes, runs, secrets
from chalicelib.store.dump import OWNERS, Dump
from chalicelib.usecases import check_in, claim, enrol, issue, show_code, verify
from tests import seeding
from tests.builders import MONDAY, SQUARE, a_command, a_person, a_position
from tests.seeding import DESK

LESSON = MONDAY + timedelta(days=7)
FAR = a_position(Degrees(SQUARE.longitude, SQUARE.latitude + 0.01))
CLASS_NO = "C-1"


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
    seeding.open_institution()
    account = CompanyAccount("样例培训中心", Account("1001-2345-6789"), "102290000000")
    institution = seeding.INSTITUTION
    organisations.save(institution, secrets.seal_organisation(institution.id, account))
    for fund in ("employment-subsidy", "unemployment-insurance"):
        programmes.grant(Grant(fund, 2026, 1_000_000))
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


def claimed(who: Principal, programme: str = "social-training") -> Voucher:
    """The worker's voucher, claimed."""
    return claim.claim(who, programme, order(who.subject, f"claim-{programme}"))


def enrolled(who: Principal, paid_by: str, programme: str = "social-training") -> VoucherId:
    """The worker's voucher, verified and given a seat."""
    found = claimed(who, programme)
    code, _ = show_code.show_code(who, found.id, MONDAY)
    verify.verify(DESK, found.id, code, desk(f"verify-{found.id}"))
    into = seeding.ids.class_id(seeding.INSTITUTION.id, CLASS_NO)
    enrol.enrol(DESK, found.id, into, paid_by, None, desk(f"enrol-{found.id}"))
    return found.id


def desk(key: str) -> Command:
    """A command of the institution's desk."""
    return a_command(key, actor=DESK.subject, role=DESK.role)


def teach() -> dict[str, VoucherId]:
    """Everybody's year until the assessment; the vouchers by what will become of them."""
    seeding.file_class(CLASS_NO)
    issued = register(1, Group.REGISTERED_UNEMPLOYED)
    members = [people.load(issued.worker_id)]
    issue.issue_to(members, "social-training", order("staff-city", "batch"))
    learners = {
        "paid": (register(2, Group.REGISTERED_UNEMPLOYED), "worker"),
        "held": (register(3, Group.EMPLOYEE), "institution"),
        "returned": (register(4, Group.DISABLED), "worker"),
        "rejected": (register(5, Group.VETERAN), "worker"),
        "failed": (register(6, Group.EMPLOYEE), "worker"),
        "waiting": (register(7, Group.EMPLOYEE), "worker"),
    }
    vouchers = {name: enrolled(who, payer) for name, (who, payer) in learners.items()}
    other = register(9, Group.OTHER)
    vouchers["check-in"] = enrolled(other, "worker", "check-in")
    vouchers["issued"] = seeding.ids.voucher_id(issued.worker_id, "social-training", "2026", 1)
    vouchers["certificate"] = claimed(register(8, Group.EMPLOYEE), "skill-certificate").id
    for name in ("paid", "returned"):
        tap(learners[name][0], vouchers[name], LESSON)
    tap(learners["held"][0], vouchers["held"], LESSON, FAR is not None)
    tap(other, vouchers["check-in"], LESSON + timedelta(minutes=5))
    return vouchers


def tap(who: Principal, voucher: VoucherId, at: datetime, astray: bool = False) -> None:
    """A learner signs in, at the site or a kilometre off it; astray he tries again in vain."""
    for n in range(2 if astray else 1):
        command = order(who.subject, f"tap-{n}", at)
        position = FAR if astray else a_position()
        check_in.check_in(who, voucher, 1, position, at.isoformat(), command)


def taken() -> Dump:
    """A dump of the city in process."""
    return dump.read(boto3.client("dynamodb"), {owner: f"{owner}_table" for owner in OWNERS})
