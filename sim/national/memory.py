"""The platform's memory: what it was told, and what it still has to say, in one file.

Here: the tables of what it was told and of what it takes, beside its letters. Not here: decisions
or queues.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sim.desk.letters import Letters, open_file

SCHEMA = """
create table if not exists told (
  event_id text primary key, times integer not null, answered integer not null);
create table if not exists taken (position integer primary key, event_id text not null,
  not_before integer not null, bundled integer not null default 0);
"""


class Memory:
    """What one platform knows; every public method is one transaction of the file."""

    def __init__(self, path: Path) -> None:
        self._file = open_file(path, SCHEMA)
        self.letters = Letters(self._file)

    def close(self) -> None:
        """Close the file; the memory is used no more."""
        self._file.close()

    def times_told(self, event_id: str) -> int:
        """How often it was told this event before."""
        row = self._file.execute("select times from told where event_id = ?", (event_id,))
        return int((row.fetchone() or (0,))[0])

    def note(
        self,
        event_id: str,
        *,
        taken: Iterable[datetime] = (),
        says: Iterable[tuple[str, datetime]] = (),
    ) -> None:
        """Note an event with its answer: acknowledged at these moments, or told in letters."""
        moments, letters = list(taken), list(says)
        with self._file:
            self._file.execute(
                "insert into told values (?, 1, ?) on conflict do"
                " update set times = times + 1, answered = excluded.answered",
                (event_id, bool(moments or letters)),
            )
            self._file.executemany(
                "insert into taken (event_id, not_before) values (?, ?)",
                [(event_id, int(moment.timestamp())) for moment in moments],
            )
            self.letters.write(letters)

    def to_acknowledge(self, now: datetime, limit: int) -> list[tuple[int, str]]:
        """At most `limit` acknowledgements that may be told at `now`: position and event."""
        rows = self._file.execute(
            "select position, event_id from taken where not bundled and not_before <= ?"
            " order by position limit ?",
            (int(now.timestamp()), limit),
        )
        return [(position, event_id) for position, event_id in rows]

    def bundle(self, positions: Iterable[int], body: str, now: datetime) -> None:
        """Put these acknowledgements into one letter, which leaves at once."""
        with self._file:
            self._file.executemany(
                "update taken set bundled = 1 where position = ?",
                [(position,) for position in positions],
            )
            self.letters.write([(body, now)])

    def owed(self) -> int:
        """How many answers it has not given yet: forgotten, late, or not sent."""
        forgotten = self._count("select count(*) from told where not answered")
        late = self._count("select count(*) from taken where not bundled")
        return forgotten + late + self.letters.waiting()

    def _count(self, query: str) -> int:
        number: int = self._file.execute(query).fetchone()[0]
        return number
