"""The bank's memory: which orders it took and what it still has to say, in one file.

Here: one SQLite file and its two tables. Not here: decisions or queues.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sim.bank.orders import Order

SCHEMA = """
create table if not exists orders (
  serial integer primary key, order_id text not null unique, fingerprint text not null,
  amount_fen integer not null, paid integer not null, taken_at text not null);
create table if not exists outbox (
  position integer primary key, event_id text not null, body text not null,
  not_before integer not null, sent integer not null default 0);
"""


class ContradictionError(Exception):
    """A known order id came with another content: nothing is done about it."""


@dataclass(frozen=True)
class Letter:
    """A message that is due: its place in the outbox and its body."""

    position: int
    body: str


class Ledger:
    """Orders and outbox of one bank; every method is one transaction of the file."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = sqlite3.connect(path)
        self._file.executescript(SCHEMA)

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
        letters: Iterable[tuple[str, str, datetime]],
    ) -> None:
        """Enter an order together with all its letters (event id, body, not before)."""
        with self._file:
            self._file.execute(
                "insert into orders (order_id, fingerprint, amount_fen, paid, taken_at)"
                " values (?, ?, ?, ?, ?)",
                (order.order_id, order.fingerprint, order.amount_fen, paid, now.isoformat()),
            )
            self._file.executemany(
                "insert into outbox (event_id, body, not_before) values (?, ?, ?)",
                [(event_id, body, int(due.timestamp())) for event_id, body, due in letters],
            )

    def due(self, now: datetime) -> list[Letter]:
        """The letters that may leave at `now`, in the order in which they were written."""
        rows = self._file.execute(
            "select position, body from outbox where not sent and not_before <= ?"
            " order by not_before, position",
            (int(now.timestamp()),),
        )
        return [Letter(position, body) for position, body in rows]

    def mark_sent(self, letters: Iterable[Letter]) -> None:
        """Remember that these letters left; without it they leave again, with the same ids."""
        with self._file:
            self._file.executemany(
                "update outbox set sent = 1 where position = ?",
                [(letter.position,) for letter in letters],
            )

    def _number(self, query: str) -> int:
        number: int = self._file.execute(query).fetchone()[0]
        return number
