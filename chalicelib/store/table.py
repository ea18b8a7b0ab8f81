"""What every table model shares: one client for the whole process, and patient reads.

PynamoDB would open a client per model and retry by itself. Here reads are tried again below the
models; writes, whose outcome can be unclear, in transact.py.
"""

from contextlib import suppress
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.connection import Connection
from pynamodb.connection.table import TableConnection
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model

from chalicelib.errors import Unavailable

from . import aws, patience

_READS = frozenset({"GetItem", "BatchGetItem", "Query", "Scan"})


class _Patient(Connection):
    """A connection whose reads outlast throttling and lost answers."""

    @property
    def client(self) -> Any:
        """The process's client of DynamoDB."""
        return aws.client("dynamodb")

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


_shared = _Patient()


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

    def update(
        self,
        actions: list[Action],
        condition: Condition | None = None,
        *,
        add_version_condition: bool = True,
    ) -> Any:
        """Changes the item and, unlike PynamoDB's own, does not have it sent back as it became."""
        key, sort_key = self._get_hash_range_key_serialized_values()
        return self._get_connection().update_item(
            key, range_key=sort_key, actions=actions, condition=condition
        )
