"""What AWS's error codes mean for a call, and how long to wait before it is made again."""

import random
import time
from collections.abc import Iterator
from enum import Enum, auto

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PynamoDBException, TransactWriteError, VerboseClientError

_ATTEMPTS = 5
_FIRST_PAUSE_S = 0.05

AWS_ERRORS = (PynamoDBException, ClientError, BotoCoreError)
"""Everything that a call to DynamoDB can raise."""

_AGAIN = frozenset(
    {
        "ProvisionedThroughputExceededException",
        "ThrottlingException",
        "RequestLimitExceeded",
        "TransactionConflictException",
        "TransactionInProgressException",
        "InternalServerError",
        "InternalFailure",
        "ServiceUnavailable",
        "500",
        "502",
        "503",
    }
)
_AGAIN_REASONS = frozenset(
    {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}
)


class Meaning(Enum):
    """What a failed call means."""

    CONDITION = auto()  # the write's condition did not hold
    AGAIN = auto()  # conflict, throttling, or no answer at all: try again
    BROKEN = auto()  # wrong for good


def attempts() -> Iterator[int]:
    """The numbers of the attempts to make, pausing with full jitter between them.

    Source: AWS Architecture Blog, "Exponential Backoff And Jitter".
    """
    yield 0
    for tries in range(1, _ATTEMPTS):
        time.sleep(random.uniform(0, _FIRST_PAUSE_S * 2**tries))
        yield tries


def meaning(error: Exception) -> Meaning:
    """What this error means for the call that raised it."""
    reasons = _reasons(error)
    if "ConditionalCheckFailed" in reasons:
        return Meaning.CONDITION
    code = _code(error)
    if code == "ConditionalCheckFailedException":
        return Meaning.CONDITION
    if reasons & _AGAIN_REASONS or code in _AGAIN or code is None:
        return Meaning.AGAIN
    return Meaning.BROKEN


def retryable(code: str) -> bool:
    """Whether one statement of a batch may simply be sent again; batches shorten the codes."""
    return code in _AGAIN | _AGAIN_REASONS or f"{code}Exception" in _AGAIN


def _reasons(error: Exception) -> set[str]:
    """Why a transaction was cancelled."""
    cause = error.cause if isinstance(error, TransactWriteError) else error
    if not isinstance(cause, VerboseClientError):
        return set()
    return {reason.code for reason in cause.cancellation_reasons if reason}


def _code(error: Exception) -> str | None:
    """AWS's code; None where no answer came at all, so that nothing is known."""
    # PynamoDB's own reading of its cause stumbles over one that carries no answer.
    cause = error.cause if isinstance(error, PynamoDBException) else error
    return str(cause.response["Error"]["Code"]) if isinstance(cause, ClientError) else None
