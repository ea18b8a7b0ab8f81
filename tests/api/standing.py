"""A city at rest on real tables, for tests that throw anything at it: offices, people, a class."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from chalice.test import Client

import app
from chalicelib import settings
from chalicelib.api.routes import Route
from chalicelib.rules import ids
from chalicelib.rules.principal import Principal, Right, Staff
from chalicelib.rules.run import RunKind
from chalicelib.store import organisations, people
from chalicelib.usecases import identify
from sim.issuer import Issuer, write_documents
from tests import groups, seeding
from tests.api.gateway import WORKER, WORKER_NUMBER, Gateway, number_requests
from tests.builders import MONDAY, a_person

DESK = Principal(
    "staff-desk",
    "social-institution",
    frozenset({Right.CLASS_FILE, Right.VOUCHER_ENROL, Right.VOUCHER_VERIFY}),
)
OFFICER = Principal("staff-city", "city-office", frozenset(set(Right) - {Right.WORKER}))


def callers(route: Route) -> list[Principal]:
    """Who of the city may call the route."""
    known = (WORKER, DESK, OFFICER)
    return [caller for caller in known if route.public or route.rights & caller.rights]


@contextmanager
def opened(issuer: Issuer, folder: Path) -> Iterator[Gateway]:
    """The city on the tables of now, its clock on the story's first day."""
    write_documents(issuer, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OIDC_JWKS_URL", (folder / "jwks.json").as_uri())
        settings.load.cache_clear()
        patch.setattr(settings, "now", lambda: MONDAY)
        number_requests(patch)
        seeding.publish()
        seeding.open_institution()
        seeding.open_channels()
        organisations.save(seeding.CITY_OFFICE, None)
        for officer, office in ((DESK, seeding.INSTITUTION), (OFFICER, seeding.CITY_OFFICE)):
            organisations.save_staff(
                Staff(officer.subject, office.id, officer.rights, date(2026, 1, 1), None)
            )
        person_id = identify.person_of(WORKER_NUMBER)
        person = a_person(groups.EMPLOYEE, person_id=person_id)
        people.register([(person, b"sealed", ids.run_id(RunKind.ROSTER, "seed", "1"), 2)])
        yield Gateway(Client(app.app), issuer)
    settings.load.cache_clear()
