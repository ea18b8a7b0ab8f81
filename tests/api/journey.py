"""A city in process behind the API: calls under a clock the test moves, on real tables and keys."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from chalice.test import Client

import app
from chalicelib.rules import ids
from chalicelib.rules.principal import Right, Staff
from chalicelib.rules.run import RunKind
from chalicelib.store import organisations, people
from chalicelib.usecases import identify
from sim.issuer import Issuer, mint
from tests import groups, seeding
from tests.api.gateway import sample_number
from tests.builders import MONDAY, SQUARE, a_person

FIRST_LESSON = MONDAY + timedelta(days=7)
DESK = "staff-desk"


ANNA, BO, STRANGER = sample_number(1), sample_number(2), sample_number(3)


class City:
    """Calls under a clock the test moves, each POST under a key of its own unless one is given."""

    def __init__(self, issuer: Issuer) -> None:
        self.now = MONDAY
        self.client = Client(app.app)
        self.issuer = issuer
        self.keys = count(1)

    def token(self, who: str) -> str:
        """The token of a worker by his number, through the channels in turn, or of an official."""
        if not who.startswith("3199"):
            return mint(self.issuer, who, self.now)
        client = seeding.CLIENTS[int(who[-4:-1]) % len(seeding.CLIENTS)]
        subject = f"worker-{who[-6:]}"
        return mint(self.issuer, subject, self.now, document_number=who, client=client)

    def ask(
        self, method: str, path: str, who: str, body: str = "", key: str | None = None
    ) -> tuple[int, Any]:
        """The status and the document; `who` is a worker's number or an official's subject."""
        headers = {
            "Authorization": f"Bearer {self.token(who)}",
            "Content-Type": "application/json",
            "Idempotency-Key": key or f"journey-{next(self.keys):05}",
        }
        answer = self.client.http.request(method, path, headers=headers, body=body.encode())
        return answer.status_code, answer.json_body

    def page(self, path: str, who: str | None, accept: str, method: str = "GET") -> Any:
        """The whole answer to somebody who wants that kind of text; None is anybody, no token."""
        headers = {"Accept": accept, "Host": "city.test", "Accept-Language": "en"}
        if who:
            headers["Authorization"] = f"Bearer {self.token(who)}"
        if method == "POST":
            headers["Idempotency-Key"] = f"journey-{next(self.keys):05}"
            headers["Content-Type"] = "application/json"
        body = b"{}" if method == "POST" else b""
        return self.client.http.request(method, path, headers=headers, body=body)

    def get(self, path: str, who: str) -> Any:
        return self.ask("GET", path, who)

    def post(self, path: str, who: str, body: str = "{}", key: str | None = None) -> Any:
        return self.ask("POST", path, who, body, key)


def open_offices() -> None:
    """The policies, an institution with its desk, and two workers."""
    seeding.publish()
    seeding.open_institution()
    seeding.open_channels()
    rights = frozenset({Right.VOUCHER_VERIFY, Right.VOUCHER_ENROL, Right.CLASS_FILE})
    organisations.save_staff(
        Staff(DESK, seeding.INSTITUTION.id, rights, date(2026, 1, 1), date(2026, 6, 30))
    )
    for number in (ANNA, BO):
        person_id = identify.person_of(number)
        person = a_person(groups.REGISTERED_UNEMPLOYED, person_id=person_id)
        people.register([(person, b"sealed", ids.run_id(RunKind.ROSTER, "seed", number), 2)])


def filing(starts_at: datetime) -> str:
    """A class of one lesson, as the desk files it."""
    ends_at = starts_at + timedelta(minutes=90)
    return (
        '{"class_no":"C-1","programme":"social-training","site_no":"S1",'
        '"occupation":"养老护理员","level":5,"capacity":2,"lessons":'
        f'[{{"starts_at":"{starts_at.isoformat()}","ends_at":"{ends_at.isoformat()}"}}]}}'
    )


def tap(at: datetime) -> str:
    """A tap at the teaching site."""
    position = (
        f'{{"longitude":{SQUARE.longitude},"latitude":{SQUARE.latitude},'
        '"datum":"WGS-84","accuracy_m":12}'
    )
    return f'{{"position":{position},"device_time":"{at.isoformat()}"}}'


def enrolled(city: City) -> tuple[str, str]:
    """Anna's voucher, claimed, verified and enrolled in a class that she will attend; its class."""
    _, claimed = city.post("/programmes/social-training/claims", ANNA)
    voucher = f"/vouchers/{claimed['voucher_id']}"
    _, shown = city.get(f"{voucher}/code", ANNA)
    city.post(f"{voucher}/verification", DESK, f'{{"code":"{shown["code"]}"}}')
    _, filed = city.post("/classes", DESK, filing(FIRST_LESSON))
    seat = f'{{"class_id":"{filed["class_id"]}","paid_by":"worker"}}'
    city.post(f"{voucher}/enrolment", DESK, seat)
    return claimed["voucher_id"], filed["class_id"]
