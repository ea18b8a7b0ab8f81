"""Messages of a queue: each is gone once it is understood, and stays where it is not.

Here: receiving, deleting, opening what is sealed. Not here: the shape of any message.
"""

import base64
import binascii
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from botocore.exceptions import ClientError

LOG = logging.getLogger("desk")
AT_MOST = 10
REFUSED_BY_KEY = {"InvalidCiphertextException", "IncorrectKeyException", "ValidationException"}

Understood = TypeVar("Understood")


class NotUnderstoodError(Exception):
    """The message is none of this desk's, or says what cannot be: nothing is done about it."""


def hear(
    sqs: Any, queue_url: str, understand: Callable[[str], Understood], wait_s: int = 0
) -> list[Understood]:
    """Take at most ten messages; what was made of the body of each that was understood."""
    messages = sqs.receive_message(
        QueueUrl=queue_url, MaxNumberOfMessages=AT_MOST, WaitTimeSeconds=wait_s
    ).get("Messages", [])
    understood: list[Understood] = []
    done: list[dict[str, str]] = []
    for message in messages:
        try:
            understood.append(understand(message["Body"]))
        except NotUnderstoodError as error:
            # Left in the queue: after its fifth receive it goes to the dead letters.
            LOG.warning("not understood: %s: %s", type(error).__name__, error)
            continue
        done.append({"Id": str(len(done)), "ReceiptHandle": message["ReceiptHandle"]})
    if done:
        # Deleted only now: a program that dies before meets the message again and knows it.
        sqs.delete_message_batch(QueueUrl=queue_url, Entries=done)
    return understood


def unseal(kms: Any, key_id: str, sealed: str, context: dict[str, str]) -> bytes:
    """Open a sealed part (base64) under its context.

    Raises NotUnderstoodError; a fault of the key service itself passes through, so that the
    message stays in the queue and is tried again.
    """
    try:
        answer = kms.decrypt(
            KeyId=key_id,
            CiphertextBlob=base64.b64decode(sealed, validate=True),
            EncryptionContext=context,
        )
    except binascii.Error as error:
        raise NotUnderstoodError("the sealed part is no base64") from error
    except ClientError as error:
        if error.response["Error"]["Code"] in REFUSED_BY_KEY:
            raise NotUnderstoodError("the sealed part does not open in its context") from error
        raise
    plaintext: bytes = answer["Plaintext"]
    return plaintext
