"""What a whole request asks of DynamoDB: nothing twice, and rights once a minute."""

import pytest

import app
from chalicelib import settings
from chalicelib.store import organisations
from infra.bench.warm import Context
from tests import busy_day
from tests.busy_day import SIGNING_IN, Asked
from tests.seeding import CLIENTS, DESK
from tests.units.meter import recorded


@pytest.fixture(autouse=True)
def _busy_day(aws_city: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "now", lambda: SIGNING_IN)
    busy_day.open_city()


def calls_of(asked: Asked) -> list[str]:
    with recorded() as calls:
        assert app.app(asked.event, Context())["statusCode"] == 201
    return calls


def test_a_verification_reads_the_voucher_once_and_its_holder() -> None:
    first, second = busy_day.verifications(2, SIGNING_IN)
    calls_of(first)
    assert calls_of(second) == [
        "GetItem vouchers_table",
        "UpdateItem vouchers_table",
        "GetItem people_table",
    ]


def test_a_check_in_reads_contact_voucher_class_and_record_and_writes_the_record() -> None:
    first, *_, second = busy_day.check_ins(1 + len(CLIENTS))
    calls_of(first)
    assert calls_of(second) == [
        "GetItem people_table",
        "GetItem vouchers_table",
        "GetItem classes_table",
        "GetItem checkins_table",
        "PutItem checkins_table",
    ]


def test_an_office_is_read_again_after_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now_s = [1000.0]
    monkeypatch.setattr(organisations.time, "monotonic", lambda: now_s[0])
    with recorded() as calls:
        organisations.office(DESK.subject)
        assert len(calls) == 2
        now_s[0] += 60
        organisations.office(DESK.subject)
        assert len(calls) == 2
        now_s[0] += 1
        organisations.office(DESK.subject)
        assert len(calls) == 4


def test_who_was_never_named_is_asked_for_each_time_so_that_a_new_office_holds_at_once() -> None:
    with recorded() as calls:
        assert organisations.office("staff-new") is None
        assert organisations.office("staff-new") is None
    assert len(calls) == 2
