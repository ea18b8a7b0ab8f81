"""Letters: what a party still has to say, kept in its own file until it left.

Here: the file, its table of letters, and sending. Not here: what is said, or why.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

BATCH = 10

SCHEMA = """
create table if not exists letters (
  position integer primary key, body text not null,
  not_before integer not null, sent integer not null default 0);
"""


@dataclass(frozen=True)
class Letter:
    """A message that is due: its place among the letters and its body."""

    position: int
    body: str


def open_file(path: Path, tables: str) -> sqlite3.Connection:
    """Open or make a party's file, with these tables of its own and one for its letters."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = sqlite3.connect(path)
    # The file must outlive the program, not the machine: a wait for the disk at every event of a
    # year would be most of a desk's work.
    file.execute("pragma synchronous = off")
    file.executescript(tables + SCHEMA)
    return file


class Letters:
    """The letters in one file."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file

    def write(self, letters: Iterable[tuple[str, datetime]]) -> None:
        """Add letters (body, not before) to the transaction in which the caller is."""
        self._file.executemany(
            "insert into letters (body, not_before) values (?, ?)",
            [(body, int(due.timestamp())) for body, due in letters],
        )

    def due(self, now: datetime) -> list[Letter]:
        """The letters that may leave at `now`, in the order in which they were written."""
        rows = self._file.execute(
            "select position, body from letters where not sent and not_before <= ?"
            " order by not_before, position",
            (int(now.timestamp()),),
        )
        return [Letter(position, body) for position, body in rows]

    def mark_sent(self, letters: Iterable[Letter]) -> None:
        """Remember that these letters left; without it they leave again, with the same ids."""
        with self._file:
            self._file.executemany(
                "update letters set sent = 1 where position = ?",
                [(letter.position,) for letter in letters],
            )

    def next_position(self) -> int:
        """The place that the next letter will get, from 1."""
        return self._number("select coalesce(max(position), 0) + 1 from letters")

    def waiting(self) -> int:
        """How many letters have not left yet."""
        return self._number("select count(*) from letters where not sent")

    def _number(self, query: str) -> int:
        number: int = self._file.execute(query).fetchone()[0]
        return number


def send_due(letters: Letters, sqs: Any, queue_url: str, now: datetime) -> int:
    """Send every letter that is due at `now`; how many these were."""
    due = letters.due(now)
    for start in range(0, len(due), BATCH):
        batch = due[start : start + BATCH]
        entries = [{"Id": str(letter.position), "MessageBody": letter.body} for letter in batch]
        reply = sqs.send_message_batch(QueueUrl=queue_url, Entries=entries)
        sent = {int(entry["Id"]) for entry in reply.get("Successful", [])}
        letters.mark_sent(letter for letter in batch if letter.position in sent)
    return len(due)
