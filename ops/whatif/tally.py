"""The sums of a replay: counted as the vouchers come, in memory that hardly grows with them."""

from array import array
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import reduce

from chalicelib.rules.situation import Event

from .history import Settled
from .report import Aside, Report, Row
from .verdict import Verdict

BY = ("programme", "district", "group")
UNKNOWN = "unknown"
_SHARES = 4


class _People:
    """Distinct people, as 64 bits of each: a set of them would take eight times the memory."""

    def __init__(self) -> None:
        self._seen = array("q")

    def add(self, key: int) -> None:
        self._seen.append(key)

    def with_(self, others: "_People") -> "_People":
        together = _People()
        together._seen.extend(self._seen)
        together._seen.extend(others._seen)
        return together

    def __len__(self) -> int:
        shares = ({key for key in self._seen if key % _SHARES == n} for n in range(_SHARES))
        return sum(map(len, shares))


@dataclass
class _Cell:
    vouchers: int = 0
    before: int = 0
    after: int = 0
    waiting: int = 0
    owed: int = 0
    more: int = 0
    less: int = 0
    people: _People = field(default_factory=_People)

    def add(self, before_fen: int, verdict: Verdict, person: int) -> None:
        self.vouchers += 1
        self.before += before_fen
        self.people.add(person)
        due_fen = verdict.due_fen
        self.after += due_fen
        if due_fen != before_fen:
            self.more += due_fen > before_fen
            self.less += due_fen < before_fen
        if verdict.held or verdict.owed_fen:
            self.waiting += verdict.waiting_fen
            self.owed += verdict.owed_fen

    def with_(self, other: "_Cell") -> "_Cell":
        sums = {name: getattr(self, name) + getattr(other, name) for name in _SUMS}
        return _Cell(**sums, people=self.people.with_(other.people))

    def row(self, name: str) -> Row:
        return Row(
            name=name,
            vouchers=self.vouchers,
            people=len(self.people),
            before_fen=self.before,
            after_fen=self.after,
            waiting_fen=self.waiting,
            owed_fen=self.owed,
            more=self.more,
            less=self.less,
        )


_SUMS = ("vouchers", "before", "after", "waiting", "owed", "more", "less")


@dataclass
class _Asides:
    vouchers: Counter[str] = field(default_factory=Counter)
    before: Counter[str] = field(default_factory=Counter)

    def add(self, reason: str, before_fen: int) -> None:
        self.vouchers[reason] += 1
        self.before[reason] += before_fen

    def all(self) -> tuple[Aside, ...]:
        return tuple(
            Aside(reason, self.vouchers[reason], self.before[reason])
            for reason in sorted(self.vouchers)
        )


class Tally:
    """Adds up voucher by voucher; `report` says what came of it."""

    def __init__(self) -> None:
        self._cells: dict[str, dict[str, _Cell]] = {by: {} for by in BY}
        self._gaining, self._losing = _People(), _People()
        self._refused, self._held, self._undecided = _Asides(), _Asides(), _Asides()
        self._outside = 0
        self._last_on: date | None = None

    def pass_over(self) -> None:
        """A voucher of a programme that the draft has not got."""
        self._outside += 1

    def add(self, settled: Settled, verdict: Verdict) -> None:
        """A voucher and what the draft makes of it."""
        if self._last_on is None or settled.on > self._last_on:
            self._last_on = settled.on
        if verdict.missing:
            self._undecided.add(verdict.missing, settled.amount_fen)
            return
        person = hash(settled.person_id or settled.voucher_id)
        names = (settled.programme, settled.district, _group(settled))
        for by, name in zip(BY, names, strict=True):
            cells = self._cells[by]
            if name not in cells:
                cells[name] = _Cell()
            cells[name].add(settled.amount_fen, verdict, person)
        if verdict.due_fen != settled.amount_fen:
            gains = verdict.due_fen > settled.amount_fen
            (self._gaining if gains else self._losing).add(person)
        if verdict.refused:
            self._refused.add(verdict.refused, settled.amount_fen)
        for gate in verdict.held:
            self._held.add(gate, settled.amount_fen)

    def report(self) -> Report:
        """The sums so far."""
        rows = {
            by: tuple(cells[name].row(name) for name in sorted(cells))
            for by, cells in self._cells.items()
        }
        return Report(
            total=reduce(_Cell.with_, self._cells["programme"].values(), _Cell()).row(""),
            rows=rows,
            gaining=len(self._gaining),
            losing=len(self._losing),
            refused=self._refused.all(),
            held=self._held.all(),
            undecided=self._undecided.all(),
            outside=self._outside,
            last_on=self._last_on,
        )


def _group(settled: Settled) -> str:
    """The group the person was in longest on the day of the claim."""
    if settled.inputs is None:
        return UNKNOWN
    day = settled.inputs.events.get(Event.CLAIM, settled.on)
    return next(iter(settled.inputs.person.groups_on(day)), UNKNOWN)
