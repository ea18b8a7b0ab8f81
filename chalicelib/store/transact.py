"""The only loop around writes: what is tried again, and how an unclear outcome is settled.

A write that may have been applied is never guessed about: it is sent again, conditional as it
was, and where the condition then fails the item is read to see whether it is our own.
"""

import random
import time
from collections.abc import Callable, Iterable
from uuid import uuid4

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.connection import Connection
from pynamodb.exceptions import PynamoDBException, TransactWriteError, VerboseClientError
from pynamodb.transactions import TransactWrite

from chalicelib.errors import Unavailable
from chalicelib.observability import Log, logger

ATTEMPTS = 5
_FIRST_PAUSE_S = 0.05
_AGAIN = frozenset(
    {
        "ProvisionedThroughputExceededException",
        "ThrottlingException",
        "RequestLimitExceeded",
        "TransactionConflictException",
        "TransactionInProgressException",
        "InternalServerError",
        "ServiceUnavailable",
        "500",
        "502",
        "503",
    }
)
_AGAIN_REASONS = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})


class Lost(Exception):
    """The condition of a write did not hold: somebody was faster, or the item is not as read."""


def write(attempt: Callable[[], object], applied: Callable[[], bool]) -> None:
    """Makes one conditional write happen.

    `applied` reads whether the item already carries this very write; it is asked only when the
    condition fails. Raises Lost where another write won, Unavailable after the last attempt.
    """
    for pause_s in _pauses():
        time.sleep(pause_s)
        try:
            attempt()
        except (PynamoDBException, ClientError, BotoCoreError) as error:
            verdict = _verdict(error)
            if verdict == "condition":
                if applied():
                    return
                raise Lost from None
            if verdict != "again":
                raise
            logger.info("retried", extra={"log": Log.RETRIED, "error": type(error).__name__})
        else:
            return
    raise Unavailable("table")


def together(fill: Callable[[TransactWrite], None], applied: Callable[[], bool]) -> None:
    """Makes several conditional writes happen as one, under one request token."""
    token = uuid4().hex

    def attempt() -> None:
        with TransactWrite(connection=connection(), client_request_token=token) as transaction:
            fill(transaction)

    write(attempt, applied)


def connection() -> Connection:
    """A low-level connection with the models' own limits."""
    return Connection(
        connect_timeout_seconds=CONNECT_S, read_timeout_seconds=READ_S, max_retry_attempts=0
    )


CONNECT_S = 1
READ_S = 3


def _pauses() -> Iterable[float]:
    yield 0.0
    for tries in range(ATTEMPTS - 1):
        # Full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter").
        yield random.uniform(0, _FIRST_PAUSE_S * 2**tries)


def _verdict(error: Exception) -> str:
    """What a failed write means: its condition did not hold, try again, or broken for good."""
    if isinstance(error, TransactWriteError):
        reasons = {reason.code for reason in error.cancellation_reasons if reason}
        if "ConditionalCheckFailed" in reasons:
            return "condition"
        if reasons & _AGAIN_REASONS:
            return "again"
    code = _code(error)
    if code == "ConditionalCheckFailedException":
        return "condition"
    if code in _AGAIN or code is None:
        return "again"
    return "broken"


def _code(error: Exception) -> str | None:
    """AWS's code; None where no answer came at all, so that nothing is known."""
    if isinstance(error, ClientError):
        return str(error.response["Error"]["Code"])
    if isinstance(error, PynamoDBException):
        return error.cause_response_code
    return None
