"""The key service: computed person ids, sealed records, what only others may open.

Every seal has its owner's id as encryption context; every unsealing is one KMS call and one log
line, so that an auditor can count them. Without the key service nothing is stored in clear.
"""

import json
from base64 import b64encode
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import settings
from chalicelib.errors import Unavailable
from chalicelib.observability import Log, logger
from chalicelib.rules import ids
from chalicelib.rules.history import Command
from chalicelib.rules.ids import LineId, OrganisationId, PersonId
from chalicelib.rules.office_rows import CompanyAccount
from chalicelib.rules.person import Identity
from chalicelib.rules.personal import Account, DocumentNumber, Name, Phone

from .aws import client


def person_id(number: DocumentNumber) -> PersonId:
    """The id of the person with this number; the key of the MAC never leaves the service."""
    answer = _call(
        "generate_mac",
        KeyId=settings.load().identity_key_id,
        Message=number.reveal().encode(),
        MacAlgorithm="HMAC_SHA_256",
    )
    return ids.person_id(answer["Mac"])


def seal_person(person: PersonId, identity: Identity) -> bytes:
    """A person's record, sealed for the city."""
    return _seal(
        settings.load().people_key_id,
        {"person_id": person},
        {
            "document_number": identity.document_number.reveal(),
            "name": identity.name.reveal(),
            "phone": identity.phone.reveal(),
            "account": identity.account.reveal(),
        },
    )


def unseal_person(person: PersonId, record: bytes, command: Command, why: str) -> Identity:
    """A person's record in clear, for a stated reason that is logged with who asked."""
    content = _unseal({"person_id": person}, record, command, why)
    return Identity(
        DocumentNumber(content["document_number"]),
        Name(content["name"]),
        Phone(content["phone"]),
        Account(content["account"]),
    )


def seal_organisation(organisation: OrganisationId, paid_to: CompanyAccount) -> bytes:
    """Where an organisation is paid, sealed for the city."""
    content = {
        "account_name": paid_to.account_name,
        "account": paid_to.account.reveal(),
        "branch_code": paid_to.branch_code,
    }
    return _seal(settings.load().people_key_id, {"organisation_id": organisation}, content)


def account_mac(organisation: OrganisationId, paid_to: CompanyAccount) -> str:
    """What tells a changed account from the same one without showing either."""
    parts = (organisation, paid_to.account_name, paid_to.account.reveal(), paid_to.branch_code)
    answer = _call(
        "generate_mac",
        KeyId=settings.load().identity_key_id,
        Message=json.dumps(parts, ensure_ascii=False).encode(),
        MacAlgorithm="HMAC_SHA_256",
    )
    return b64encode(answer["Mac"]).decode()


def unseal_organisation(
    organisation: OrganisationId, record: bytes, command: Command, why: str
) -> CompanyAccount:
    """Where an organisation is paid, in clear, for a stated reason that is logged."""
    content = _unseal({"organisation_id": organisation}, record, command, why)
    return CompanyAccount(
        content["account_name"], Account(content["account"]), content["branch_code"]
    )


def seal_for_bank(line: LineId, payee_name: str, account: Account, branch_code: str) -> str:
    """Payee and account for the bank alone, bound to the line, as base64."""
    content = {
        "payee_name": payee_name,
        "account": account.reveal(),
        "branch_code": branch_code,
    }
    return b64encode(_seal(settings.load().bank_key_id, {"line_id": line}, content)).decode()


def seal_for_national(about: str, identity: Identity) -> bytes:
    """Who a person is, for the national platform alone, bound to the event with this id."""
    content = {"aac147": identity.document_number.reveal(), "aac003": identity.name.reveal()}
    return _seal(settings.load().national_key_id, {"event_id": about}, content)


def unseal_stated_account(about: str, sealed: bytes, command: Command, why: str) -> str:
    """The bank account that the national platform states in answer to the event with this id.

    It is sealed under the people's key, so that of all its readers only the city can open it.
    """
    return _unseal({"event_id": about}, sealed, command, why)["aae010"]


def _seal(key: str, context: dict[str, str], content: dict[str, str]) -> bytes:
    written = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
    answer = _call("encrypt", KeyId=key, Plaintext=written, EncryptionContext=context)
    return bytes(answer["CiphertextBlob"])


def _unseal(context: dict[str, str], record: bytes, command: Command, why: str) -> dict[str, str]:
    answer = _call(
        "decrypt",
        KeyId=settings.load().people_key_id,
        CiphertextBlob=record,
        EncryptionContext=context,
    )
    logger.info(
        "unmasked",
        extra={"log": Log.UNMASKED, "by": command.actor, "key": command.key, "why": why, **context},
    )
    content: dict[str, str] = json.loads(answer["Plaintext"])
    return content


def _call(operation: str, **parameters: Any) -> Any:
    try:
        return getattr(client("kms"), operation)(**parameters)
    except (BotoCoreError, ClientError) as error:
        # The service's own message may quote the request; its type is enough.
        raise Unavailable("key-service") from error
