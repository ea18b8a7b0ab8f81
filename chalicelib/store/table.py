"""What every table model shares: one client for the whole process, and patient reads.

PynamoDB would open a client per model and retry by itself. Here reads are tried again below the
models; writes, whose outcome can be unclear, in transact.py.
"""

from contextlib import suppress
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.connection import Connection
from pynamodb.connection.table import TableConnection
from pynamodb.models import Model

from chalicelib.errors import Unavailable

from . import patience

_READS = frozenset({"GetItem", "BatchGetItem", "Query", "Scan"})


class _Patient(Connection):
    """A connection whose reads outlast throttling and lost answers."""

    def dispatch(self, operation_name: str, operation_kwargs: dict[str, Any]) -> dict[str, Any]:
        if operation_name not in _READS:
            return super().dispatch(operation_name, operation_kwargs)
        for _ in patience.attempts():
            try:
                return super().dispatch(operation_name, operation_kwargs)
            except (ClientError, BotoCoreError) as error:
                if patience.meaning(error) is not patience.Meaning.AGAIN:
                    raise
        raise Unavailable("table")


_shared = _Patient(
    connect_timeout_seconds=1,
    read_timeout_seconds=3,
    max_retry_attempts=0,
    max_pool_connections=32,
)


def connection() -> Connection:
    """The process's one connection to DynamoDB."""
    return _shared


class Table(Model):
    """A model that speaks through the shared connection."""

    @classmethod
    def _get_connection(cls) -> TableConnection:
        table: TableConnection = super()._get_connection()
        if table.connection is not _shared:
            # Another model of the same table, or another thread, may have been here first.
            with suppress(ValueError):
                _shared.add_meta_table(table.get_meta_table())
            table.connection = _shared
        return table
