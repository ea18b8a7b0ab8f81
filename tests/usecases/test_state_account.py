"""An account that the platform states counts from then on, and for nothing approved before."""

import json
import os
from base64 import b64decode

import boto3
import pytest

from chalicelib.rules.change import Change
from chalicelib.rules.voucher import Voucher
from chalicelib.usecases import send
from chalicelib.usecases.state_account import state_account
from chalicelib.usecases.tell_national import tell_national
from tests import money, office_files
from tests.builders import a_command
from tests.money import SETTLING

pytestmark = pytest.mark.usefixtures("aws_city")

STATED = office_files.account(7_777)


def state(about: Voucher) -> None:
    """The platform, told of the voucher, states another account of its holder."""
    tell_national([Change(about, 0)], SETTLING)
    event_id = f"{about.id}.1"
    sealed = boto3.client("kms").encrypt(
        KeyId=os.environ["PEOPLE_KEY_ID"],
        Plaintext=json.dumps({"aae010": STATED}).encode(),
        EncryptionContext={"event_id": event_id},
    )["CiphertextBlob"]
    said = a_command("m-1", actor="urn:national:sample", role="national", at=SETTLING)
    state_account(event_id, sealed, "2026-03-20T10:00:00+08:00", said)


def account_at_the_bank() -> str:
    """The account in the one payment request that waits for the bank."""
    send.send_due(SETTLING, lambda: False)
    (request,) = money.at_the_bank()
    opened = boto3.client("kms").decrypt(
        CiphertextBlob=b64decode(request["data"]["sealed"]),
        EncryptionContext={"line_id": request["data"]["line_id"]},
    )
    return str(json.loads(opened["Plaintext"])["account"])


def test_an_account_stated_before_the_approval_is_paid_to() -> None:
    money.open_books()
    paid = money.assessed(1)
    state(paid)
    money.settled()
    assert account_at_the_bank() == STATED


def test_an_account_stated_after_the_approval_changes_no_line() -> None:
    money.open_books()
    paid = money.assessed(1)
    money.settled()
    line = money.line_of(paid)
    state(paid)
    assert money.line_of(paid) == line
    assert account_at_the_bank() == office_files.account(1)
