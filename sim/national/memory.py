"""The platform's memory: what it was told, and what it still has to say, in one file.

Here: one SQLite file and its tables. Not here: decisions or queues.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

SCHEMA = """
create table if not exists told (
  event_id text primary key, times integer not null, answered integer not null);
create table if not exists taken (position integer primary key, event_id text not null,
  not_before integer not null, bundled integer not null default 0);
create table if not exists letters (
  position integer primary key, body text not null, sent integer not null default 0);
"""


@dataclass(frozen=True)
class Letter:
    """A message that is due: its place and its body."""

    position: int
    body: str


class Memory:
    """What one platform knows; every public method is one transaction of the file."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = sqlite3.connect(path)
        self._file.executescript(SCHEMA)

    def close(self) -> None:
        """Close the file; the memory is used no more."""
        self._file.close()

    def times_told(self, event_id: str) -> int:
        """How often it was told this event before."""
        row = self._file.execute("select times from told where event_id = ?", (event_id,))
        return int((row.fetchone() or (0,))[0])

    def note(self, event_id: str, *, taken: Iterable[datetime] = (), says: str | None) -> None:
        """Note an event with its answer: acknowledged at these moments, or told in a letter."""
        moments = list(taken)
        with self._file:
            self._file.execute(
                "insert into told values (?, 1, ?) on conflict do"
                " update set times = times + 1, answered = excluded.answered",
                (event_id, bool(moments or says)),
            )
            self._file.executemany(
                "insert into taken (event_id, not_before) values (?, ?)",
                [(event_id, int(moment.timestamp())) for moment in moments],
            )
            if says is not None:
                self._file.execute("insert into letters (body) values (?)", (says,))

    def to_acknowledge(self, now: datetime, limit: int) -> list[tuple[int, str]]:
        """At most `limit` acknowledgements that may be told at `now`: position and event."""
        rows = self._file.execute(
            "select position, event_id from taken where not bundled and not_before <= ?"
            " order by position limit ?",
            (int(now.timestamp()), limit),
        )
        return [(position, event_id) for position, event_id in rows]

    def bundle(self, positions: Iterable[int], body: str) -> None:
        """Put these acknowledgements into one letter."""
        with self._file:
            self._file.executemany(
                "update taken set bundled = 1 where position = ?",
                [(position,) for position in positions],
            )
            self._file.execute("insert into letters (body) values (?)", (body,))

    def letters(self) -> list[Letter]:
        """The letters that have not left, in the order in which they were written."""
        rows = self._file.execute(
            "select position, body from letters where not sent order by position"
        )
        return [Letter(position, body) for position, body in rows]

    def mark_sent(self, letters: Iterable[Letter]) -> None:
        """Remember that these letters left; without it they leave again, with the same ids."""
        with self._file:
            self._file.executemany(
                "update letters set sent = 1 where position = ?",
                [(letter.position,) for letter in letters],
            )

    def next_serial(self) -> int:
        """The number that the next letter will get, from 1."""
        return self._count("select coalesce(max(position), 0) + 1 from letters")

    def owed(self) -> int:
        """How many answers it has not given yet: forgotten, late, or not sent."""
        forgotten = self._count("select count(*) from told where not answered")
        late = self._count("select count(*) from taken where not bundled")
        return forgotten + late + self._count("select count(*) from letters where not sent")

    def _count(self, query: str) -> int:
        number: int = self._file.execute(query).fetchone()[0]
        return number
