"""The bank's memory: which orders it took and what it still has to say, in one file.

Here: the table of orders, and taking one together with its letters. Not here: decisions or queues.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sim.bank.orders import Order
from sim.desk.hearing import NotUnderstoodError
from sim.desk.letters import Letters, open_file

SCHEMA = """
create table if not exists orders (
  serial integer primary key, order_id text not null unique, fingerprint text not null,
  amount_fen integer not null, paid integer not null, taken_at text not null);
"""


class ContradictionError(NotUnderstoodError):
    """A known order id came with another content: nothing is done about it."""


class Ledger:
    """Orders and letters of one bank; every method is one transaction of the file."""

    def __init__(self, path: Path) -> None:
        self._file = open_file(path, SCHEMA)
        self.letters = Letters(self._file)

    def close(self) -> None:
        """Close the file; the ledger is used no more."""
        self._file.close()

    def knows(self, order: Order) -> bool:
        """Whether the order was taken before.

        Raises ContradictionError when it then asked for something else.
        """
        row = self._file.execute(
            "select fingerprint from orders where order_id = ?", (order.order_id,)
        ).fetchone()
        if row is not None and row[0] != order.fingerprint:
            raise ContradictionError(order.order_id)
        return row is not None

    def next_serial(self) -> int:
        """The serial number that the next order will get, from 1."""
        return self._number("select coalesce(max(serial), 0) + 1 from orders")

    def payments(self) -> int:
        """How many orders were paid so far."""
        return self._number("select count(*) from orders where paid")

    def take(
        self,
        order: Order,
        *,
        paid: bool,
        now: datetime,
        letters: Iterable[tuple[str, datetime]],
    ) -> None:
        """Enter an order together with all its letters (body, not before)."""
        with self._file:
            self._file.execute(
                "insert into orders (order_id, fingerprint, amount_fen, paid, taken_at)"
                " values (?, ?, ?, ?, ?)",
                (order.order_id, order.fingerprint, order.amount_fen, paid, now.isoformat()),
            )
            self.letters.write(letters)

    def _number(self, query: str) -> int:
        number: int = self._file.execute(query).fetchone()[0]
        return number
