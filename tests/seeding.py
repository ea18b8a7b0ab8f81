"""A small city put straight into the stores: policies, an institution, people, a class."""

import secrets as randomness
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib import policy
from chalicelib.policy import version
from chalicelib.policy.check import checked
from chalicelib.policy.document import Document
from chalicelib.policy.place import read
from chalicelib.policy.timeline import Approved
from chalicelib.policy.vocabulary import PARAMETERS
from chalicelib.rules import calendar, channel, ids
from chalicelib.rules.channel import Registration
from chalicelib.rules.ids import ClassId, OrganisationId, PersonId
from chalicelib.rules.lesson import Lesson, Mode
from chalicelib.rules.office_rows import SiteRow
from chalicelib.rules.person import Fact, FactKind, Group
from chalicelib.rules.principal import Organisation, OrganisationKind, Principal, Right
from chalicelib.rules.run import RunKind
from chalicelib.rules.teaching import TrainingClass
from chalicelib.store import (
    channels,
    classes,
    entitlements,
    organisations,
    people,
    timelines,
    transact,
    versions,
)
from chalicelib.usecases import file
from chalicelib.usecases.file import Filing
from tests.builders import MONDAY, POLICIES, PROGRAMMES, a_command, a_person, a_site

CLIENTS = ("shanghai-hrss-app", "wechat-card", "alipay-card")
INSTITUTION = Organisation(
    OrganisationId("91310101MA1FTEST0A"),
    OrganisationKind.SOCIAL_INSTITUTION,
    "徐汇样例培训中心",
    "310104",
    "****0000",
)
DESK = Principal(
    "staff-desk",
    "social-institution",
    frozenset({Right.VOUCHER_VERIFY, Right.VOUCHER_ENROL, Right.CLASS_FILE}),
    organisation=INSTITUTION,
)
ENTERPRISE = Organisation(
    OrganisationId("91310104MA1FTEST0D"), OrganisationKind.ENTERPRISE, "样例制造厂", "310104", None
)
FACTORY = Principal(
    "staff-factory",
    "enterprise",
    frozenset({Right.VOUCHER_ENROL, Right.CLASS_FILE}),
    organisation=ENTERPRISE,
)
DISTRICT_OFFICE = Organisation(
    OrganisationId("11310104MB1FTEST0B"), OrganisationKind.DISTRICT_OFFICE, "徐汇区", "310104", None
)
CITY_OFFICE = Organisation(
    OrganisationId("11310000MB1FTEST0C"), OrganisationKind.CITY_OFFICE, "市局", None, None
)


def official(subject: str, *rights: Right, office: Organisation = DISTRICT_OFFICE) -> Principal:
    """Somebody in office with these rights."""
    return Principal(subject, office.kind.value, frozenset(rights), organisation=office)


def publish(programmes: Iterable[str] = PROGRAMMES) -> None:
    """Shanghai's class, certificate and check-in voucher in force, or other ones of its own."""
    for programme in programmes:
        put_in_force(read(POLICIES / programme))


def put_in_force(document: Document, since: date = date(2026, 1, 1)) -> None:
    """A document that one officer proposed and another approved, put straight into the store."""
    hash_, programme, at = policy.digest(document), document["programme"], calendar.midnight(since)
    proposed = version.proposed(
        None, hash_, programme, since, a_command("propose-01", actor="staff-city-01", at=at)
    )
    approved = version.approved(proposed, a_command("approve-01", actor="staff-city-02", at=at))
    before = timelines.load(programme)
    versions.keep(None, approved, document)
    after = before.with_(Approved(since, hash_, since))
    transact.together(
        lambda within: timelines.extend_within(within, programme, before, after), lambda: False
    )


def publish_like(source: str, programme: str, shape: str, **values: tuple[Any, ...]) -> None:
    """A programme like one of Shanghai's, of another shape and with these units and values.

    A third word names the event that governs a value of money, else the enrolment does.
    """
    document = read(POLICIES / source)
    parameters: dict[str, dict[str, Any]] = {}
    for name, (unit, value, *event) in values.items():
        by = event[0] if event else "enrolment"
        governed = {"governed_by": by} if PARAMETERS[name].governed else {}
        entry = {"from": "2026-01-01", "value": value, "source": "test"}
        parameters[name] = {"unit": unit, **governed, "values": [entry]}
    changed = {
        **document,
        "programme": programme,
        "shape": shape,
        "parameters": {**document["parameters"], **parameters},
    }
    put_in_force(checked(changed))


def open_channels() -> None:
    """The client channels that tests use in turn, open since the year began."""
    for client_id in CLIENTS:
        registration = Registration(client_id, client_id, date(2026, 1, 1), None)
        made = channel.registered(client_id, None, registration, a_command("channel-01"))
        channels.save(None, made)


def open_institution() -> None:
    """One institution with one site."""
    organisations.save(INSTITUTION, b"sealed")
    organisations.save_site(SiteRow(INSTITUTION.id, "S1", "样例教学点", a_site()))


def open_enterprise() -> None:
    """One enterprise that teaches its staff at a site of its own."""
    organisations.save(ENTERPRISE, b"sealed")
    organisations.save_site(SiteRow(ENTERPRISE.id, "S1", "样例车间", a_site()))


def register(number: int, *groups: Group, local: bool = True, employer: str = "") -> Principal:
    """A registered worker; his principal."""
    person = a_person(*groups, local=local, person_id=f"p-worker-{number}", employer=employer)
    run = ids.run_id(RunKind.ROSTER, "seed", str(number))
    people.register([(person, randomness.token_bytes(8), run, 2)])
    return worker(person.id)


def end_facts(who: Principal, until: date) -> None:
    """Everything known of a worker ends on that day."""
    person = people.load(who.worker_id)
    people.note(person, [replace(fact, until=until) for fact in person.facts])


def put_on_list(who: Principal, name: str, since: date = date(2026, 1, 1)) -> None:
    """A worker stands on a list from that day on."""
    person = people.load(who.worker_id)
    people.note(person, [*person.facts, Fact(FactKind.LISTED, name, since, None)])


def worker(person_id: str) -> Principal:
    """A worker's principal."""
    return Principal(person_id, "worker", frozenset({Right.WORKER}), PersonId(person_id))


def lessons(starts_at: datetime, days: int = 1) -> tuple[Lesson, ...]:
    """One lesson of 90 minutes a day."""
    return tuple(
        Lesson(n, starts_at + timedelta(days=n - 1), starts_at + timedelta(days=n - 1, minutes=90))
        for n in range(1, days + 1)
    )


def file_class(
    class_no: str = "C-1",
    *,
    capacity: int = 30,
    modes: Sequence[Mode] = (),
    exam_on: date | None = None,
    teacher: Principal = DESK,
    programme: str = "social-training",
) -> TrainingClass:
    """A class that starts in a week, its first lessons taught in these modes."""
    timetable = lessons(MONDAY + timedelta(days=7), days=3)
    taught = zip(timetable, (*modes, *([Mode.OFFLINE] * (3 - len(modes)))), strict=True)
    filing = Filing(
        class_no=class_no,
        programme=programme,
        site_no="S1",
        occupation="养老护理员",
        level=5,
        capacity=capacity,
        lessons=tuple(replace(lesson, mode=mode) for lesson, mode in taught),
        exam_on=exam_on,
    )
    return file.file(teacher, filing, a_command(f"file-{class_no}", actor=teacher.subject))


def seats_taken(class_id: ClassId) -> int:
    """How many seats of a class are taken."""
    return classes.load(class_id).seats_taken


def at(text: str) -> datetime:
    """An instant of the story."""
    return calendar.instant(text)


def counted_of(person_id: PersonId, year: int) -> frozenset[str]:
    """What the person's limit of a year counts, as programme/ordinal; at least one voucher."""
    item = entitlements._Year.get(person_id, f"entitlements#{year}", consistent_read=True)
    return frozenset(item.issued)
