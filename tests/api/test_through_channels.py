"""A worker's way in: only through a registered app, which is kept with what he does there."""

from chalicelib.rules import channel, history
from chalicelib.rules.ids import ClassId, RecordCode, VoucherId
from chalicelib.store import channels, checkins, contacts, records, vouchers
from chalicelib.usecases import identify
from tests import seeding
from tests.api.journey import ANNA, FIRST_LESSON, City, enrolled, tap
from tests.builders import a_command

CLAIM = "/programmes/social-training/claims"
APP = seeding.CLIENTS[int(ANNA[-4:-1]) % len(seeding.CLIENTS)]


def test_a_worker_through_an_app_that_is_suspended_gets_a_403(city: City) -> None:
    assert city.get("/me", ANNA)[0] == 200
    known = channels.load(APP)
    channels.save(known, channel.suspended(known, "漏洞待修复", a_command("suspend-01")))
    for status, problem in (city.get("/me", ANNA), city.post(CLAIM, ANNA)):
        assert (status, problem["code"]) == (403, "unknown_client")


def test_the_app_is_kept_with_the_claim_and_the_desks_own_moves_name_none(city: City) -> None:
    voucher_id, _ = enrolled(city)
    kept = vouchers.load(VoucherId(voucher_id))
    through = {event.do: event.channel for event in history.events(kept.history)}
    assert through == {"issue": APP, "claim": APP, "verify": "", "enrol": ""}


def test_the_app_is_kept_with_a_check_in(city: City) -> None:
    voucher_id, class_id = enrolled(city)
    city.now = FIRST_LESSON
    city.post(f"/vouchers/{voucher_id}/lessons/1/check-ins", ANNA, tap(city.now))
    record = checkins.load(ClassId(class_id), 1, VoucherId(voucher_id))
    assert [attempt.channel for attempt in record.attempts] == [APP]


def test_the_app_is_kept_with_a_print_of_the_record(city: City) -> None:
    enrolled(city)
    made = city.page("/me/records", ANNA, "application/json", method="POST").json_body
    kept = records.load(RecordCode(made["verification"]["code"]))
    assert kept.channel == APP


def test_the_first_change_and_no_reading_teaches_the_city_the_apps_own_id(city: City) -> None:
    person_id = identify.person_of(ANNA)
    city.get("/me", ANNA)
    assert contacts.of_people([person_id], seeding.CLIENTS) == {}
    city.post(CLAIM, ANNA)
    (known,) = contacts.of_people([person_id], seeding.CLIENTS)[person_id]
    assert (known.client_id, known.user_id) == (APP, f"worker-{ANNA[-6:]}")
