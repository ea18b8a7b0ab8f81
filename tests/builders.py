"""Builders: the smallest sound value of each kind, with what a test cares about said by name."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from chalicelib import policy
from chalicelib.policy import Policy
from chalicelib.policy.place import read
from chalicelib.rules import calendar, ids, voucher
from chalicelib.rules.datum import Datum, Degrees
from chalicelib.rules.fence import Fence
from chalicelib.rules.history import Command
from chalicelib.rules.ids import OrganisationId, PersonId, ProposalId, VoucherId
from chalicelib.rules.lesson import Lesson
from chalicelib.rules.line import Line, LineState
from chalicelib.rules.moves import Shape, State, Verb
from chalicelib.rules.person import Fact, FactKind, Group, Masks, Person
from chalicelib.rules.position import Position, Site
from chalicelib.rules.voucher import Terms, Voucher
from tests import groups

POLICIES = Path(__file__).parent.parent / "policies" / "shanghai"
PROGRAMMES = ("check-in", "skill-certificate", "social-training")
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=calendar.SHANGHAI)
INSTITUTION = OrganisationId("91310101MA1FTEST0A")
SQUARE = Degrees(121.4737, 31.2304)  # 人民广场, WGS-84
FENCE = Fence(
    radius_m=300, accuracy_share_percent=50, accuracy_share_cap_m=40, accuracy_limit_m=100
)


def a_policy(programme: str = "social-training") -> Policy:
    document = read(POLICIES / programme)
    return Policy.of(policy.digest(document), document)


def a_command(
    key: str = "key-0001",
    *,
    at: datetime = MONDAY,
    actor: str = "p-worker",
    role: str = "worker",
    body: str = "body",
    channel: str = "",
) -> Command:
    return Command(actor, role, key, body, at, channel)


def a_person(
    *belongs_to: Group,
    local: bool = True,
    since: date = date(2025, 1, 1),
    until: date | None = None,
    person_id: str = "p-someone",
    employer: str = "",
) -> Person:
    belongs = belongs_to or (groups.EMPLOYEE,)
    facts = tuple(Fact(FactKind.GROUP, group, since, until) for group in belongs)
    if employer:
        facts += (Fact(FactKind.EMPLOYED, employer, since, until),)
    masks = Masks("319***********0000", "张*", "****0000", "****0000")
    return Person(PersonId(person_id), "310101", local, facts, masks)


def a_voucher(
    shape: Shape = Shape.CLASS,
    *,
    verbs: Sequence[Verb] = (),
    expires_at: datetime | None = None,
    at: datetime = MONDAY,
) -> Voucher:
    """A voucher issued, then moved by the given verbs with the facts each needs."""
    programme = {Shape.CLASS: "social-training", Shape.CERTIFICATE: "skill-certificate"}.get(
        shape, "check-in"
    )
    person = PersonId("p-someone")
    blank = Voucher(
        id=ids.voucher_id(person, programme, "2026", 1),
        person_id=person,
        programme=programme,
        period="2026",
        ordinal=1,
        shape=shape,
        policy="0" * 32,
        expires_at=calendar.text(expires_at or datetime(2027, 1, 1, tzinfo=calendar.SHANGHAI)),
        secret=b"0123456789abcdef",
        state=State.ISSUED,
        terms=Terms(district="310101"),
        history=(),
    )
    made = voucher.issue(blank, a_command("issue-01", at=at))
    for n, verb in enumerate(verbs):
        made = voucher.move(made, verb, a_command(f"move-{n:04}", at=at), FACTS.get(verb, {}))
    return made


FACTS: dict[Verb, dict[str, object]] = {
    Verb.VERIFY: {"verified_by": INSTITUTION, "code_step": 1},
    Verb.ENROL: {
        "class_id": "c-1",
        "district": "310101",
        "occupation": "养老护理员",
        "level": 5,
        "paid_by": "worker",
        "payee_id": "p-someone",
        "ends_at": "2026-03-11T12:00:00+08:00",
    },
    Verb.ASSESS: {"assessed_on": "2026-03-16", "certificate_no": "S000131000001265000001"},
    Verb.PROPOSE: {
        "proposal_id": "s-1",
        "fund": "employment-subsidy",
        "amount_fen": 160000,
    },
    Verb.DEFER: {"proposal_id": None},
}


def a_lesson(no: int = 1, *, starts_at: datetime = MONDAY, minutes: int = 90) -> Lesson:
    return Lesson(no, starts_at, starts_at + timedelta(minutes=minutes))


def a_site(radius_m: int | None = None) -> Site:
    return Site(SQUARE, Datum.WGS_84, radius_m)


def a_position(
    point: Degrees = SQUARE, datum: Datum = Datum.WGS_84, accuracy_m: float = 10
) -> Position:
    return Position(point, datum, accuracy_m)


def a_line(state: LineState = LineState.DUE, *, amount_fen: int = 160000) -> Line:
    voucher_id = VoucherId("v-1")
    return Line(
        id=ids.line_id(voucher_id, "employment-subsidy", 1),
        voucher_id=voucher_id,
        proposal_id=ProposalId("s-1"),
        fund="employment-subsidy",
        year=2026,
        instalment=1,
        district="310101",
        amount_fen=amount_fen,
        payee="worker",
        payee_id="p-someone",
        sealed="c2VhbGVk",
        attempt=1,
        state=state,
        history=(),
    )
