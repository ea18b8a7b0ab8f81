"""What a replay comes to: sums by programme, district and group, and who stands in none of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Row:
    """A sum: of `vouchers` so many of `people`, money before and after, and who fares otherwise."""

    name: str
    vouchers: int
    people: int
    before_fen: int
    after_fen: int
    waiting_fen: int
    owed_fen: int
    more: int
    less: int

    @property
    def difference_fen(self) -> int:
        """How much more the draft pays at once; less where it is negative."""
        return self.after_fen - self.before_fen


@dataclass(frozen=True)
class Aside:
    """Vouchers with one reason, and what they came to before."""

    reason: str
    vouchers: int
    before_fen: int


@dataclass(frozen=True)
class Report:
    """What a draft would have changed.

    `undecided` and `outside` are in no other figure: the draft needs an input of the former that
    nobody kept, and has not got the programme of the latter. `last_on` is the last day of
    settlement that was seen.
    """

    total: Row
    rows: Mapping[str, tuple[Row, ...]]
    gaining: int
    losing: int
    refused: tuple[Aside, ...]
    held: tuple[Aside, ...]
    undecided: tuple[Aside, ...]
    outside: int
    last_on: date | None
