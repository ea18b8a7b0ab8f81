"""What the national platform answers: applied once, in any order, however often."""

import json
import os
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import boto3
import pytest

from chalicelib import settings
from chalicelib.jobs import national_results, repetition
from chalicelib.rules import history
from chalicelib.rules.cases import NATIONAL_REFUSAL
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.moves import Verb
from chalicelib.rules.outgoing import Delivery
from chalicelib.rules.voucher import Voucher
from chalicelib.store import cases, outbox, people, secrets, vouchers
from infra import events
from tests import money, office_files
from tests.builders import MONDAY, a_command, a_voucher
from tests.following import at_the_platform, follow
from tests.published import as_promised

ANSWER = {
    "specversion": "1.0",
    "source": "urn:national:sample",
    "time": "2026-03-02T10:00:00+08:00",
}
CARD = office_files.account(7_777)
WORKERS = count(1)
LETTERS = str.maketrans("0123456789", "bcdefghijk")


@pytest.fixture(autouse=True)
def told(shared_city: None, monkeypatch: pytest.MonkeyPatch) -> Voucher:
    """Another registered worker's voucher, issued and claimed, which the platform was told of."""
    monkeypatch.setattr(settings, "now", lambda: MONDAY)
    n = next(WORKERS)
    voucher_id = VoucherId("v-" + str(n).translate(LETTERS).rjust(26, "a"))
    made = replace(a_voucher(verbs=[Verb.CLAIM]), id=voucher_id, person_id=money.learner(n))
    vouchers.create(made)
    follow((None, made))
    at_the_platform()
    return made


def an_answer(what: str, message: str = "m-1", **data: Any) -> dict[str, Any]:
    kind = f"city.voucher.national.{what}.v1"
    about = data.get("id") or "".join(data.get("ids", ()))[:60]
    return {**ANSWER, "id": f"{message}-{about}", "type": kind, "data": data}


def heard(*messages: Any) -> list[str]:
    """The messages that the queue will bring again."""
    answer = national_results.consume_national_results(
        events.messages([json.dumps(message) for message in messages]), None
    )
    again = [failed["itemIdentifier"] for failed in answer["batchItemFailures"]]
    for number, message in enumerate(messages):
        # What is taken is also what the platform was told that it may say.
        if f"message-{number}" not in again:
            as_promised(message)
    return again


def stands(event_id: str) -> Delivery:
    (row,) = outbox.load_all([event_id])
    return row.delivery


def stated(event_id: str, account: str, message: str = "m-9", **changed: str) -> dict[str, Any]:
    sealed = boto3.client("kms").encrypt(
        KeyId=os.environ["PEOPLE_KEY_ID"],
        Plaintext=json.dumps({"aae010": account}).encode(),
        EncryptionContext={"event_id": changed.pop("context", event_id)},
    )["CiphertextBlob"]
    answer = an_answer("account", message, id=event_id, sealed=b64encode(sealed).decode())
    return {**answer, **changed}


def account_of(made: Voucher) -> str:
    record, _ = people.sealed_with_history(made.person_id)
    asked = a_command("look", actor="test", role="test")
    return secrets.unseal_person(made.person_id, record, asked, "test").account.reveal()


def put_aside(about: str) -> list[tuple[str, str]]:
    """The words put aside that speak of an event."""
    found = boto3.client("dynamodb").scan(TableName="outbox_table")["Items"]
    quarantined = [item for item in found if "said" in item and about in item["about"]["S"]]
    return sorted((item["said"]["S"], item["why"]["S"]) for item in quarantined)


def test_one_acknowledgement_ends_many_rows(told: Voucher) -> None:
    assert heard(an_answer("acknowledged", ids=[f"{told.id}.1", f"{told.id}.2"])) == []
    assert stands(f"{told.id}.1") is stands(f"{told.id}.2") is Delivery.DONE
    assert put_aside(told.id) == []


def test_an_acknowledgement_twice_is_one(told: Voucher) -> None:
    for message in ("m-1", "m-1", "m-2"):
        assert heard(an_answer("acknowledged", message, ids=[f"{told.id}.1"])) == []
    assert stands(f"{told.id}.1") is Delivery.DONE
    assert put_aside(told.id) == []


def test_what_is_acknowledged_is_not_sent_again_and_the_rest_is_later_and_later(
    told: Voucher, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard(an_answer("acknowledged", ids=[f"{told.id}.1"]))
    repetition.repeat(events.scheduled(), None)
    assert not [event for event in at_the_platform() if told.id in event["id"]]
    sent = []
    for minutes in range(0, 60, 5):
        now = MONDAY + timedelta(minutes=minutes)
        monkeypatch.setattr(settings, "now", lambda now=now: now)
        repetition.repeat(events.scheduled(), None)
        sent += [(minutes, event["id"]) for event in at_the_platform() if told.id in event["id"]]
    assert sent == [(5, f"{told.id}.2"), (15, f"{told.id}.2"), (35, f"{told.id}.2")]


def test_a_repeat_is_word_for_word_what_was_sent_first(
    told: Voucher, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = {row.id: json.loads(row.event) for row in outbox.load_all([f"{told.id}.1"])}
    monkeypatch.setattr(settings, "now", lambda: MONDAY + timedelta(minutes=5))
    repetition.repeat(events.scheduled(), None)
    assert kept[f"{told.id}.1"] in at_the_platform()


def test_a_refusal_opens_one_case_that_says_what_and_why(told: Voucher) -> None:
    refusal = an_answer("refused", id=f"{told.id}.2", reason="person_unknown")
    assert heard(refusal, refusal) == []
    assert stands(f"{told.id}.2") is Delivery.REFUSED
    (case,) = cases.open_of(told.id)
    assert (case.kind, case.about, case.outcome, case.district) == (
        NATIONAL_REFUSAL,
        f"{told.id}.2",
        "person_unknown",
        told.terms.district,
    )
    assert not case.holds_payment


def test_a_refusal_killed_before_its_row_was_ended_comes_to_the_same(
    told: Voucher, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = an_answer("refused", id=f"{told.id}.2", reason="person_unknown")

    def die(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as dying:
        dying.setattr(outbox, "refuse", die)
        assert len(heard(refusal)) == 1
    assert heard(refusal) == []
    assert stands(f"{told.id}.2") is Delivery.REFUSED
    assert len(cases.open_of(told.id)) == 1


@pytest.mark.parametrize("first", ["acknowledged", "refused"])
def test_a_contradiction_is_put_aside_and_changes_nothing(told: Voucher, first: str) -> None:
    words = {
        "acknowledged": an_answer("acknowledged", "m-a", ids=[f"{told.id}.1"]),
        "refused": an_answer("refused", "m-r", id=f"{told.id}.1", reason="person_unknown"),
    }
    (second,) = words.keys() - {first}
    heard(words[first])
    stood = stands(f"{told.id}.1")
    assert heard(words[second], words[second]) == []
    assert stands(f"{told.id}.1") is stood
    assert put_aside(told.id) == [(second, "contradiction")]


def test_a_word_about_what_was_never_told_is_put_aside(told: Voucher) -> None:
    strange = "v-" + "z" * 26 + ".1"
    assert (
        heard(
            an_answer("acknowledged", "m-1", ids=[strange, f"{told.id}.1"]),
            an_answer("refused", "m-2", id=strange, reason="person_unknown"),
            stated(strange, CARD, "m-3"),
        )
        == []
    )
    assert stands(f"{told.id}.1") is Delivery.DONE
    assert put_aside(strange) == [
        ("acknowledged", "unknown_event"),
        ("refused", "unknown_event"),
        ("state_account", "unknown_event"),
    ]


@pytest.mark.parametrize(
    "message",
    [
        [],
        {},
        {**ANSWER, "id": "m", "type": "city.voucher.national.lost.v1", "data": {}},
        an_answer("acknowledged", ids=[]),
        an_answer("acknowledged", ids=["v-1"]),
        an_answer("acknowledged", ids=["v-" + "a" * 26 + ".1\n"]),
        an_answer("acknowledged", ids=["v-" + "a" * 26 + ".1"] * 101),
        an_answer("refused", id="v-" + "a" * 26 + ".1", reason="Zhang San is unknown"),
        an_answer("refused", id="v-" + "a" * 26 + ".1", reason="closed\n"),
        an_answer("refused", id="v-" + "a" * 26 + ".1"),
        {**an_answer("acknowledged", ids=["v-" + "a" * 26 + ".1"]), "source": "urn:bank:sample"},
        {**an_answer("acknowledged", ids=["v-" + "a" * 26 + ".1"]), "specversion": "0.3"},
        an_answer("account", id="v-" + "a" * 26 + ".1", sealed="%"),
    ],
)
def test_what_is_no_answer_goes_to_the_dead_letters_alone(told: Voucher, message: Any) -> None:
    assert heard(message, an_answer("acknowledged", ids=[f"{told.id}.1"])) == ["message-0"]
    assert stands(f"{told.id}.1") is Delivery.DONE


def test_a_stated_account_is_sealed_with_the_reason_and_acknowledges_the_issue(
    told: Voucher,
) -> None:
    assert heard(stated(f"{told.id}.1", CARD)) == []
    assert account_of(told) == CARD
    assert people.load(told.person_id).masks.account == f"****{CARD[-4:]}"
    _, kept = people.sealed_with_history(told.person_id)
    (event,) = history.events(kept)
    assert (event.do, event.by, event.key) == (
        "state_account",
        "urn:national:sample",
        f"urn:national:sample/m-9-{told.id}.1",
    )
    assert CARD not in kept[0]
    assert stands(f"{told.id}.1") is Delivery.DONE


def test_an_account_stated_twice_and_the_one_already_known_change_nothing(told: Voucher) -> None:
    known = account_of(told)
    heard(stated(f"{told.id}.1", known))
    assert people.sealed_with_history(told.person_id)[1] == ()
    for message in ("m-1", "m-1", "m-2"):
        heard(stated(f"{told.id}.1", CARD, message))
    assert len(people.sealed_with_history(told.person_id)[1]) == 1


def test_an_older_account_that_comes_late_does_not_replace_the_newer(told: Voucher) -> None:
    heard(stated(f"{told.id}.1", CARD, "m-new", time="2026-03-02T12:00:00+08:00"))
    old = stated(
        f"{told.id}.1", office_files.account(78), "m-old", time="2026-03-01T12:00:00+08:00"
    )
    assert heard(old) == []
    assert account_of(told) == CARD


def test_an_account_with_a_wrong_check_digit_is_put_aside(told: Voucher) -> None:
    wrong = CARD[:-1] + str((int(CARD[-1]) + 1) % 10)
    known = account_of(told)
    assert heard(stated(f"{told.id}.1", wrong)) == []
    assert put_aside(told.id) == [("state_account", "bad_account")]
    assert account_of(told) == known


def test_an_account_sealed_for_another_event_is_never_opened(told: Voucher) -> None:
    known = account_of(told)
    assert heard(stated(f"{told.id}.1", CARD, context=f"{told.id}.2")) == ["message-0"]
    assert account_of(told) == known
    assert stands(f"{told.id}.1") is Delivery.DUE
