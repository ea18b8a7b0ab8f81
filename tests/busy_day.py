"""A day with many learners: vouchers claimed or enrolled, put straight into the stores.

Its requests are events as the gateway passes them on, each about a voucher of its own, with the
item that it will change as that item is before.
"""

import json
import secrets as randomness
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.rules import calendar, ids, voucher, voucher_code
from chalicelib.rules.channel import Contact
from chalicelib.rules.moves import Verb
from chalicelib.rules.person import Person
from chalicelib.rules.principal import Right, Staff
from chalicelib.rules.run import RunKind
from chalicelib.rules.voucher import Voucher
from chalicelib.store import contacts, organisations, people, programmes, table, vouchers
from chalicelib.usecases.blank import blank
from infra import events
from tests import groups, seeding
from tests.builders import MONDAY, SQUARE, a_command, a_person
from tests.seeding import DESK, INSTITUTION

FIRST_LESSON = MONDAY + timedelta(days=7)
SIGNING_IN = FIRST_LESSON - timedelta(minutes=30)
_VERIFICATION = "/vouchers/{voucher_id}/verification"
_CHECK_IN = "/vouchers/{voucher_id}/lessons/{lesson_no}/check-ins"


@dataclass(frozen=True)
class Asked:
    """A request's event; the table, key and, unless it is absent, item that it will change."""

    event: dict[str, Any]
    table: str
    key: dict[str, Any]
    item: dict[str, Any] | None


def open_city() -> None:
    """Policies, an institution with its desk, one class."""
    seeding.publish()
    seeding.open_institution()
    seeding.open_channels()
    rights = frozenset({Right.VOUCHER_VERIFY})
    organisations.save_staff(
        Staff(DESK.subject, INSTITUTION.id, rights, date(2026, 1, 1), date(2026, 6, 30))
    )
    seeding.file_class("C-1")


def verifications(count: int, now: datetime) -> list[Asked]:
    """Each a desk's that reads the code which a worker's phone shows now."""
    asked = []
    for n, claimed in enumerate(_vouchers(range(count), Verb.CLAIM)):
        event = events.request(
            "POST",
            _VERIFICATION,
            {"principalId": DESK.subject, "subject": DESK.subject},
            named={"voucher_id": claimed.id},
            key=f"verification-{n:05}",
            body=json.dumps({"code": voucher_code.mint(claimed, now)}),
        )
        key = {"id": {"S": claimed.id}}
        asked.append(Asked(event, "vouchers_table", key, _item("vouchers_table", key)))
    return asked


def check_ins(count: int) -> list[Asked]:
    """Each a learner's at the site, before the first lesson."""
    body = {
        "position": {
            "longitude": SQUARE.longitude,
            "latitude": SQUARE.latitude,
            "datum": "WGS-84",
            "accuracy_m": 12,
        },
        "device_time": calendar.text(SIGNING_IN),
    }
    asked = []
    for n, enrolled in enumerate(
        _vouchers(range(count, 2 * count), Verb.CLAIM, Verb.VERIFY, Verb.ENROL)
    ):
        subject, channel = f"worker-{n}", seeding.CLIENTS[n % len(seeding.CLIENTS)]
        contacts.keep(enrolled.person_id, Contact(channel, subject, calendar.text(MONDAY)))
        event = events.request(
            "POST",
            _CHECK_IN,
            {
                "principalId": subject,
                "subject": subject,
                "person_id": enrolled.person_id,
                "channel": channel,
            },
            named={"voucher_id": enrolled.id, "lesson_no": "1"},
            key=f"check-in-{n:05}",
            body=json.dumps(body),
        )
        lesson = {"S": f"{enrolled.terms.class_id}#1"}
        key = {"lesson": lesson, "voucher_id": {"S": enrolled.id}}
        asked.append(Asked(event, "checkins_table", key, None))
    return asked


def _vouchers(numbers: range, *verbs: Verb) -> list[Voucher]:
    """One voucher for each new worker of these numbers, moved so far."""
    registered = [a_person(groups.EMPLOYEE, person_id=f"p-busy-{n}") for n in numbers]
    run = ids.run_id(RunKind.ROSTER, "seed", str(numbers.start))
    people.register([(person, randomness.token_bytes(200), run, 2) for person in registered])
    made = [_moved(person, verbs) for person in registered]
    vouchers.create_all(made)
    return made


def _moved(person: Person, verbs: tuple[Verb, ...]) -> Voucher:
    policy = programmes.current("social-training", calendar.civil_date(MONDAY))
    period = policy.period(calendar.civil_date(MONDAY))
    assert period is not None
    facts: dict[Verb, dict[str, object]] = {
        Verb.VERIFY: {"verified_by": INSTITUTION.id, "code_step": 1},
        Verb.ENROL: {
            "class_id": ids.class_id(INSTITUTION.id, "C-1"),
            "district": "310104",
            "occupation": "养老护理员",
            "level": 5,
            "paid_by": "worker",
            "payee_id": person.id,
            "ends_at": calendar.text(FIRST_LESSON + timedelta(days=3)),
        },
    }
    born = blank(person, policy, period, 1, groups.EMPLOYEE, MONDAY.date())
    made = voucher.issue(born, a_command("issue-00001"))
    for verb in verbs:
        made = voucher.move(made, verb, a_command(f"{verb}-00001"), facts.get(verb, {}))
    return made


def _item(name: str, key: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = table.connection().client.get_item(TableName=name, Key=key)["Item"]
    return found
