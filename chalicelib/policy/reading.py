"""Reading a document's parameters by day: each value as the rules have it, read once.

Which parameters there are, and what a programme is asked by them, stands in compiled.py.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from chalicelib.rules.trace import Ruling

from .words import Words, entry_on, unit_of, words_of

_OLD_UNITS = {
    "fen-by-level": "standard",
    "percent-by-occupation": "uplift",
    "percent-by-group": "ratio",
    "payee": "payee",
    "fund": "fund",
}
"""Units of documents published before there were lines of conditions everywhere."""


@dataclass(frozen=True)
class Reading:
    """The parameters of one document, and what was read of them so far."""

    parameters: Mapping[str, Any]

    def ruling(self, name: str, on: date) -> Ruling[Any] | None:
        """What the parameter rules on a day, or None where it rules nothing."""
        found = self._kept(name, self._epoch(on))
        if found is None:
            return None
        value, since, source = found
        governed_by = self.parameters[name].get("governed_by", "")
        return Ruling(name, value, since, source, on, governed_by)

    def words(self, on: date) -> Words:
        """What is declared on that day."""
        return self._words_of(self._epoch(on))

    @cached_property
    def _starts(self) -> list[str]:
        return sorted(
            {entry["from"] for each in self.parameters.values() for entry in each["values"]}
        )

    def _epoch(self, on: date) -> int:
        """Between two starts nothing changes: all values of an epoch are read once."""
        return bisect_right(self._starts, on.isoformat())

    @cached_property
    def _read(self) -> dict[tuple[str, int], tuple[Any, str, str] | None]:
        return {}

    @cached_property
    def _words(self) -> dict[int, Words]:
        return {}

    def _kept(self, name: str, epoch: int) -> tuple[Any, str, str] | None:
        key = (name, epoch)
        if key not in self._read:
            self._read[key] = self._fresh(name, epoch)
        return self._read[key]

    def _fresh(self, name: str, epoch: int) -> tuple[Any, str, str] | None:
        start = self._starts[epoch - 1] if epoch else ""
        entry = entry_on(self.parameters, name, start)
        if entry is None:
            return None
        # Most functions ask for plain values alone: they do not pay for what reads the others.
        from .units import UNITS

        unit = unit_of(self.parameters, name, entry)
        read = UNITS[_OLD_UNITS.get(unit, unit)].read
        return read(entry["value"], self._words_of(epoch)), entry["from"], entry["source"]

    def _words_of(self, epoch: int) -> Words:
        if epoch not in self._words:
            start = self._starts[epoch - 1] if epoch else ""
            self._words[epoch] = words_of(self.parameters, start)
        return self._words[epoch]
