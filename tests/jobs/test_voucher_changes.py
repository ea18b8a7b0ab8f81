"""The stream's function: every voucher event leaves for the national platform, each row once."""

import json
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from itertools import count

import boto3
import pytest

from chalicelib import settings
from chalicelib.errors import Unavailable
from chalicelib.jobs import voucher_changes
from chalicelib.rules import voucher
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.moves import State, Verb
from chalicelib.rules.outgoing import Delivery
from chalicelib.rules.voucher import Voucher
from chalicelib.store import outbox, queues, vouchers
from chalicelib.usecases import dispatch
from tests import money, office_files
from tests.builders import FACTS, a_command, a_voucher
from tests.following import at_the_platform, follow, image, records

WORKERS = count(1)


@pytest.fixture(autouse=True)
def _nothing_waits(shared_city: None) -> None:
    at_the_platform()


@pytest.fixture
def moved(shared_city: None) -> Callable[..., Voucher]:
    """Makes the voucher of a registered worker, another in each test, moved by verbs."""
    n = next(WORKERS)
    holder = money.learner(n)

    def make(*verbs: Verb) -> Voucher:
        return replace(a_voucher(verbs=verbs), id=VoucherId(f"v-{n:026}"), person_id=holder)

    return make


def rows_of(made: Voucher) -> dict[str, Delivery]:
    listed = outbox.load_all([f"{made.id}.{n}" for n in range(1, made.version + 1)])
    return {row.id.rpartition(".")[2]: row.delivery for row in listed}


def test_an_image_is_the_voucher_that_was_written() -> None:
    made = a_voucher(verbs=[Verb.CLAIM, Verb.VERIFY, Verb.ENROL])
    assert vouchers.of_image(image(made)) == made


def test_an_issue_is_told_with_the_person_sealed_for_the_platform_alone(
    moved: Callable[..., Voucher],
) -> None:
    made = moved()
    assert follow((None, made)) == []
    (event,) = at_the_platform()
    assert event["id"] == f"{made.id}.1"
    assert event["type"] == "city.voucher.voucher.issued.v1"
    number = office_files.number(int(made.id[2:]))
    assert number not in json.dumps(event)
    opened = boto3.client("kms").decrypt(
        CiphertextBlob=b64decode(event["data"]["sealed"]),
        EncryptionContext={"event_id": event["id"]},
    )
    assert opened["KeyId"].endswith(settings.load().national_key_id)
    assert json.loads(opened["Plaintext"]) == {"aac147": number, "aac003": "张样例"}


def test_a_later_event_names_the_voucher_and_what_it_set_and_nobody(
    moved: Callable[..., Voucher],
) -> None:
    before = moved(Verb.CLAIM, Verb.VERIFY)
    after = voucher.move(before, Verb.ENROL, a_command("enrol-01"), FACTS[Verb.ENROL])
    assert follow((before, after)) == []
    (event,) = at_the_platform()
    assert event["data"] == {
        "voucher_id": after.id,
        "sequence": 4,
        "verb": "enrol",
        "state": "ENROLLED",
        "programme": "social-training",
        "period": "2026",
        "expires_at": after.expires_at,
        "district": "310101",
        "acf003": "c-1",
        "aca112": "养老护理员",
        "bac015": 5,
    }


def test_a_change_that_brought_three_events_is_told_as_three(moved: Callable[..., Voucher]) -> None:
    before = moved()
    after = moved(Verb.CLAIM, Verb.VERIFY, Verb.ENROL)
    follow((before, after))
    assert {event["data"]["sequence"] for event in at_the_platform()} == {2, 3, 4}


def test_the_same_record_twice_is_told_once(moved: Callable[..., Voucher]) -> None:
    made = moved()
    follow((None, made))
    follow((None, made))
    assert len(at_the_platform()) == 1


def test_reordered_records_leave_the_same_rows(moved: Callable[..., Voucher]) -> None:
    born = moved()
    claimed = moved(Verb.CLAIM)
    verified = moved(Verb.CLAIM, Verb.VERIFY)
    follow((claimed, verified), (born, claimed))
    follow((None, born))
    assert rows_of(verified) == dict.fromkeys("123", Delivery.DUE)


def test_a_write_that_told_nothing_new_leaves_nothing(moved: Callable[..., Voucher]) -> None:
    made = moved()
    assert follow((made, made)) == []
    assert at_the_platform() == []


def test_an_unreadable_record_is_handed_back_alone(moved: Callable[..., Voucher]) -> None:
    event = records([(None, moved()), (None, moved(Verb.CLAIM))])
    event["Records"][0]["dynamodb"]["NewImage"]["state"] = {"S": "LOST"}
    answer = voucher_changes.follow_vouchers(event, None)
    failed = event["Records"][0]["dynamodb"]["SequenceNumber"]
    assert answer == {"batchItemFailures": [{"itemIdentifier": failed}]}
    assert len(at_the_platform()) == 2


def test_a_voucher_of_nobody_is_not_told_and_comes_again() -> None:
    stranger = replace(a_voucher(), person_id="p-nobody")
    with pytest.raises(Exception, match="not_found"):
        follow((None, stranger))
    assert rows_of(stranger) == {}


def test_killed_between_keeping_and_sending_it_stays_due(
    moved: Callable[..., Voucher], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = moved()

    class Killed(BaseException):
        pass

    def die(rows: object, now: object) -> None:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(dispatch, "send", die)
        with pytest.raises(Killed):
            follow((None, made))
    follow((None, made))
    assert at_the_platform() == []
    assert rows_of(made) == {"1": Delivery.DUE}


def test_a_queue_that_is_away_holds_up_no_record(
    moved: Callable[..., Voucher], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = moved()

    def away(events: object) -> None:
        raise Unavailable("queue")

    monkeypatch.setattr(queues, "send_to_national", away)
    assert follow((None, made)) == []
    assert rows_of(made) == {"1": Delivery.DUE}
    assert made.state is State.ISSUED
