"""A small city where money is about to move: people with accounts, assessed vouchers, a budget."""

import json
from datetime import date, datetime
from typing import Any

import boto3

from chalicelib import settings
from chalicelib.rules import calendar, ids, voucher
from chalicelib.rules.history import Command
from chalicelib.rules.ids import PersonId
from chalicelib.rules.line import BankWord, Line, LineVerb
from chalicelib.rules.moves import Verb
from chalicelib.rules.office_rows import CompanyAccount, Grant
from chalicelib.rules.person import Group, Identity
from chalicelib.rules.personal import Account, Name, Phone, document_number
from chalicelib.rules.principal import Right
from chalicelib.rules.result_row import Result
from chalicelib.rules.run import RunKind
from chalicelib.rules.settlement import Proposal
from chalicelib.rules.voucher import Voucher
from chalicelib.store import organisations, payments, people, programmes, secrets, vouchers
from chalicelib.usecases import approve, hear, propose, send, settle
from chalicelib.usecases.blank import blank
from tests import groups, office_files, seeding
from tests.builders import MONDAY, a_command, a_person
from tests.published import as_promised
from tests.seeding import CITY_OFFICE, INSTITUTION

DISTRICT = "310104"
FUND = "employment-subsidy"
SETTLING = datetime(2026, 3, 20, 10, 0, tzinfo=calendar.SHANGHAI)
STANDARD_FEN = 160_000  # level 5, 100 %

PASSED = Result(
    number=document_number(office_files.number(1)),
    programme="social-training",
    occupation="养老护理员",
    level=5,
    institution_id=INSTITUTION.id,
    class_no="C-1",
    passed=True,
    certificate_no="S000131000001265000001",
    assessed_on=date(2026, 3, 16),
)

PROPOSER = seeding.official("proposer", Right.PROPOSAL_PROPOSE, Right.LINE_HOLD, Right.LINE_RELEASE)
APPROVER = seeding.official("approver", Right.PROPOSAL_APPROVE, office=CITY_OFFICE)


def command(key: str, *, actor: str = "proposer", at: datetime = SETTLING) -> Command:
    return a_command(key, actor=actor, role="office", at=at)


def open_books(granted_fen: int = 10 * STANDARD_FEN) -> None:
    """Policies in force and a budget of this year."""
    seeding.publish()
    programmes.grant(Grant(FUND, 2026, granted_fen))


def open_account() -> None:
    """The institution, with an account that it can be paid to."""
    account = CompanyAccount("徐汇样例培训中心", Account("316000-00010001"), "102290000001")
    sealed = secrets.seal_organisation(INSTITUTION.id, account)
    organisations.save(INSTITUTION, sealed, secrets.account_mac(INSTITUTION.id, account))


def learner(n: int, group: Group = groups.REGISTERED_UNEMPLOYED) -> PersonId:
    """The n-th worker, registered with a sealed record."""
    number = document_number(office_files.number(n))
    identity = Identity(
        number, Name("张样例"), Phone("16900000000"), Account(office_files.account(n))
    )
    person_id = secrets.person_id(number)
    person = a_person(group, person_id=person_id)
    record = secrets.seal_person(person_id, identity)
    people.register([(person, record, ids.run_id(RunKind.ROSTER, "seed", str(n)), 2)])
    return person_id


def a_claimed(
    n: int, programme: str = "social-training", group: Group = groups.REGISTERED_UNEMPLOYED
) -> Voucher:
    """A voucher claimed by the n-th worker, in no table yet."""
    policy = programmes.current(programme, calendar.civil_date(MONDAY))
    period = policy.period(calendar.civil_date(MONDAY))
    assert period is not None
    made = voucher.issue(
        blank(people.load(learner(n, group)), policy, period, 1, group, MONDAY.date()),
        a_command("issue-01"),
    )
    return voucher.move(made, Verb.CLAIM, a_command("claim-01"), {})


def enrolled(
    n: int,
    *,
    paid_by: str = "worker",
    district: str = DISTRICT,
    group: Group = groups.REGISTERED_UNEMPLOYED,
) -> Voucher:
    """The n-th worker's voucher, enrolled in class C-1 of the institution."""
    made = a_claimed(n, group=group)
    payee = {"worker": made.person_id}.get(paid_by, INSTITUTION.id)
    verified = {"verified_by": INSTITUTION.id, "code_step": 1}
    facts = {
        "class_id": ids.class_id(INSTITUTION.id, "C-1"),
        "district": district,
        "occupation": "养老护理员",
        "level": 5,
        "paid_by": paid_by,
        "payee_id": payee,
    }
    made = voucher.move(made, Verb.VERIFY, a_command("verify-01"), verified)
    made = voucher.move(made, Verb.ENROL, a_command("enrol-01"), facts)
    vouchers.create(made)
    return made


def assessed(n: int, *, on: str = "2026-03-16", **terms: Any) -> Voucher:
    """The same, assessed and passed; `terms` as `enrolled` takes them."""
    before = enrolled(n, **terms)
    facts = {"assessed_on": on, "certificate_no": f"S{n:021}"}
    after = voucher.move(before, Verb.ASSESS, a_command("assess-01"), facts)
    vouchers.save(before, after)
    return after


def proposed(key: str = "propose-01") -> Proposal:
    """Everything that waits in the district, proposed."""
    return propose.propose(PROPOSER, "social-training", DISTRICT, command(key))


def approved(key: str = "propose-01") -> Proposal:
    """The same, approved by a second person."""
    asked = proposed(key)
    return approve.approve(APPROVER, asked.id, command("approve-01", actor="approver"))


def settled(key: str = "propose-01") -> Proposal:
    """The same, carried out."""
    return settle.settle(approved(key).id, command("settle-01", actor="settlements"))


def line_of(paid: Voucher) -> Line:
    """The voucher's one line."""
    return payments.load(ids.line_id(paid.id, FUND, 1))


def sent(n: int = 1) -> tuple[Voucher, Line]:
    """The n-th worker's voucher with its line at the bank."""
    paid = assessed(n)
    settled(f"propose-{n:02}")
    send.send_due(SETTLING, lambda: False)
    return vouchers.load(paid.id), line_of(paid)


def said(verb: LineVerb, about: Line, *, amount_fen: int | None = None) -> BankWord:
    """What the bank says about the line's attempt."""
    return BankWord(verb, about.id, about.attempt, amount_fen or about.amount_fen)


def tell(verb: LineVerb, about: Line, message: str, *, amount_fen: int | None = None) -> str:
    """The bank's word, heard."""
    word = said(verb, about, amount_fen=amount_fen)
    heard = a_command(message, actor="urn:bank:sample", role="bank", at=SETTLING)
    return hear.hear(word, heard)


def money() -> tuple[int, int, int]:
    """Available, reserved and paid fen of the fund's year; the equation holds."""
    budget = programmes.budget(FUND, 2026)
    assert budget.balanced
    return budget.available_fen, budget.reserved_fen, budget.paid_fen


def at_the_bank() -> list[dict[str, Any]]:
    """The messages that wait for the bank."""
    answer: dict[str, Any] = boto3.client("sqs").receive_message(
        QueueUrl=settings.load().bank_queue_url, MaxNumberOfMessages=10
    )
    taken = answer.get("Messages", [])
    return [as_promised(json.loads(message["Body"])) for message in taken]
