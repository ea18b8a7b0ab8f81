"""The only loop around writes: what is tried again, and how an unclear outcome is settled.

A write that may have been applied is never guessed about: it is sent again, conditional as it
was, and where the condition then fails the item is read to see whether it is our own.
"""

from collections.abc import Callable
from uuid import uuid4

from pynamodb.transactions import TransactWrite

from chalicelib.errors import Unavailable
from chalicelib.observability import Log, logger

from .patience import AWS_ERRORS, Meaning, attempts, meaning
from .table import connection

Transaction = TransactWrite
"""Several owners' writes under way together; a use case passes it on and looks no further."""


class Lost(Exception):
    """The condition of a write did not hold: somebody was faster, or the item is not as read."""


def write(attempt: Callable[[], object], applied: Callable[[], bool]) -> None:
    """Makes one conditional write happen.

    `applied` reads whether the item already carries this very write; it is asked only when the
    condition fails. Raises Lost where another write won, Unavailable after the last attempt.
    """
    for _ in attempts():
        try:
            attempt()
        except AWS_ERRORS as error:
            found = meaning(error)
            if found is Meaning.CONDITION:
                if applied():
                    return
                raise Lost from None
            if found is Meaning.BROKEN:
                raise
            logger.info("retried", extra={"log": Log.RETRIED, "error": type(error).__name__})
        else:
            return
    raise Unavailable("table")


def together(fill: Callable[[TransactWrite], object], applied: Callable[[], bool]) -> None:
    """Makes several conditional writes happen as one, under one request token."""
    token = uuid4().hex

    def attempt() -> None:
        with TransactWrite(connection=connection(), client_request_token=token) as transaction:
            fill(transaction)

    write(attempt, applied)
