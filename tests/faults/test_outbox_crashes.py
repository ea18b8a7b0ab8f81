"""Every write on the way to the national platform and back, with each fault, repaired by repeating.

Each play has a worker of its own; what the platform heard is compared copy by copy.
"""

import json
import os
from dataclasses import replace
from datetime import timedelta
from typing import Any

import boto3
import pytest

from chalicelib.errors import CityError
from chalicelib.rules.change import Change
from chalicelib.rules.moves import Verb
from chalicelib.rules.outgoing import Delivery
from chalicelib.rules.voucher import Voucher
from chalicelib.store import outbox, people, vouchers
from chalicelib.usecases import hear_national, repeat, state_account
from chalicelib.usecases.tell_national import tell_national
from tests import money, office_files
from tests.builders import MONDAY, a_command, a_voucher
from tests.faults.shim import Fault, Killed, Shim, playing
from tests.following import at_the_platform

WRITES = frozenset({"Encrypt", "BatchExecuteStatement", "SendMessageBatch", "UpdateItem"})
FIRST_OF = {fault: 100 * n for n, fault in enumerate(Fault, 1)}
LATER = MONDAY + timedelta(minutes=10)

pytestmark = pytest.mark.usefixtures("shared_city")


def a_told_worker(n: int) -> tuple[Voucher, bytes]:
    """The n-th worker's claimed voucher, and the account the platform will state, sealed."""
    holder = money.learner(n)
    made = replace(a_voucher(verbs=[Verb.CLAIM]), id=f"v-{n:026}", person_id=holder)
    vouchers.create(made)
    sealed = boto3.client("kms").encrypt(
        KeyId=os.environ["PEOPLE_KEY_ID"],
        Plaintext=json.dumps({"aae010": office_files.account(n + 5_000)}).encode(),
        EncryptionContext={"event_id": f"{made.id}.1"},
    )["CiphertextBlob"]
    return made, bytes(sealed)


def walk(made: Voucher, sealed: bytes) -> None:
    """Told, repeated, answered; every step may have happened before."""
    tell_national([Change(made, 0)], MONDAY)
    repeat.repeat(LATER, lambda: False)
    platform = a_command("m-1", actor="urn:national:sample", at=LATER)
    hear_national.acknowledge([f"{made.id}.2"], platform)
    stated = replace(platform, key=f"account-{made.id}")
    state_account.state_account(f"{made.id}.1", sealed, "2026-03-02T09:10:00+08:00", stated)


def check_sound(made: Voucher, heard: list[dict[str, Any]]) -> None:
    """Both events arrived, each always in the same words; both rows ended, one account kept."""
    copies: dict[str, set[str]] = {}
    for event in heard:
        copies.setdefault(event["id"], set()).add(json.dumps(event, sort_keys=True))
    rows = outbox.load_all([f"{made.id}.1", f"{made.id}.2"])
    assert [row.delivery for row in rows] == [Delivery.DONE] * 2
    assert copies.keys() >= {row.id for row in rows}
    assert {len(words) for words in copies.values()} == {1}
    assert len(people.sealed_with_history(made.person_id)[1]) == 1


@pytest.fixture(scope="module")
def writes(shared_city: None) -> list[int]:
    """The numbers of the calls of one walk that change something."""
    made, sealed = a_told_worker(1)
    with playing(Shim()) as shim:
        walk(made, sealed)
    check_sound(made, at_the_platform())
    return [at for at, name in enumerate(shim.calls) if name in WRITES]


@pytest.mark.parametrize("fault", Fault)
def test_a_fault_at_any_write_loses_nothing_and_changes_no_word(
    fault: Fault, writes: list[int]
) -> None:
    assert len(writes) >= 8
    for n, at in enumerate(writes, FIRST_OF[fault]):
        made, sealed = a_told_worker(n)
        shim = Shim(fault, at)
        with playing(shim):
            try:
                walk(made, sealed)
            except (Killed, CityError):
                assert len(shim.calls) > at
        walk(made, sealed)
        check_sound(made, at_the_platform())
