"""A policy ready to be asked: the value of a day, typed for the rules that use it."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from chalicelib.rules.condition import Line
from chalicelib.rules.eligibility import Claiming
from chalicelib.rules.fence import Fence
from chalicelib.rules.moves import Shape
from chalicelib.rules.trace import Ruling
from chalicelib.rules.workdays import Holidays

from . import inputs
from .words import Words, entry_on, unit_of, value_on, words_of

_OLD_UNITS = {
    "fen-by-level": "standard",
    "percent-by-occupation": "uplift",
    "percent-by-group": "ratio",
    "payee": "payee",
    "fund": "fund",
}
"""Units of documents published before there were lines of conditions everywhere."""


_OPENING = ("eligible", "not_eligible_for", "proactive_groups")


_UNDECLARED_LEVELS: Mapping[str, Mapping[str, str]] = {
    str(number): {"zh-CN": name}
    for number, name in enumerate(("一级", "二级", "三级", "四级", "五级"), 1)
}


@dataclass(frozen=True)
class Period:
    """A policy's period: its name, and the first day on which its vouchers are void."""

    name: str
    expires_on: date


@dataclass(frozen=True)
class Policy:
    """One programme's policy under one content hash."""

    hash: str
    programme: str
    shape: Shape
    parameters: Mapping[str, Any]
    names: Mapping[str, str]

    @classmethod
    def of(cls, hash_: str, document: Mapping[str, Any]) -> "Policy":
        """The policy of a checked document."""
        return cls(
            hash=hash_,
            programme=document["programme"],
            shape=Shape(document["shape"]),
            parameters=document["parameters"],
            names=document.get("name") or {},
        )

    def value(self, name: str, on: date) -> Any:
        """The plain value of a parameter on a day, or None where it has none on that day."""
        return value_on(self.parameters, name, on.isoformat())

    def read(self, name: str, on: date) -> Any:
        """The rules' own value of a parameter on a day, or None."""
        ruling = self.ruling(name, on)
        return ruling and ruling.value

    def ruling(self, name: str, on: date) -> Ruling[Any] | None:
        """What the parameter rules on a day, or None where it rules nothing."""
        found = self._kept(name, self._epoch(on))
        if found is None:
            return None
        value, since, source = found
        governed_by = self.parameters[name].get("governed_by", "")
        return Ruling(name, value, since, source, on, governed_by)

    def governed_by(self, name: str) -> str | None:
        """The event whose day governs the parameter, as it says itself."""
        governed: str | None = self.parameters[name].get("governed_by")
        return governed

    def period(self, on: date) -> Period | None:
        """The period a voucher issued on that day belongs to; None where none is open."""
        value = self.value("periods", on)
        if value is None or value["expires_on"] <= on.isoformat():
            return None
        return Period(value["name"], date.fromisoformat(value["expires_on"]))

    def periods(self, until: date) -> tuple[str, ...]:
        """The names of every period that has begun by that day."""
        values = self.parameters.get("periods", {"values": ()})["values"]
        begun = [entry["value"] for entry in values if entry["from"] <= until.isoformat()]
        return tuple(value["name"] for value in begun)

    def name(self, language: str) -> str:
        """What people call the programme; its code where the policy has no such name."""
        return self.names.get(language, self.programme)

    def word(self, family: str, word: str, language: str, on: date) -> str:
        """What people call a group, level, fund or district; the word itself without a name."""
        named = self.value(family, on) or {}
        return str(named.get(word, {}).get(language, word))

    def groups(self, on: date) -> Mapping[str, Mapping[str, str]]:
        """The groups declared on that day, each with its names by language.

        A document from before groups were declared has those that its lines name, without names.
        """
        if "groups" in self.parameters:
            return self.value("groups", on) or {}
        named = (line.condition.wanted.get("groups", ()) for line in self.eligible(on))
        return {group: {} for groups in named for group in groups}

    def levels(self, on: date) -> Mapping[str, int]:
        """The levels declared on that day, by number, by name and by the name's first word.

        A document from before levels were declared has the five of the notice's time.
        """
        declared = self.value("levels", on) or _UNDECLARED_LEVELS
        found: dict[str, int] = {}
        for number, called in declared.items():
            names = (name for told in called.values() for name in (told, told.split()[0]))
            found |= dict.fromkeys((number, *names), int(number))
        return found

    def claiming(self, on: date) -> Claiming:
        """How a voucher issued on that day without being asked comes to be claimed."""
        return self.read("claiming", on) or Claiming.BY_PERSON

    def eligible(self, on: date) -> tuple[Line[None], ...]:
        """The groups that may claim on that day."""
        return self.read("eligible", on) or ()

    def proactive(self, on: date) -> tuple[Line[None], ...]:
        """The groups that are served without asking on that day."""
        return self.read("proactive_groups", on) or ()

    def fence(self, on: date) -> Fence:
        """The measures of the site's fence on that day, in metres and percent."""
        return Fence(
            radius_m=self.value("site_radius", on),
            accuracy_share_percent=self.value("accuracy_share", on),
            accuracy_share_cap_m=self.value("accuracy_share_cap", on),
            accuracy_limit_m=self.value("accuracy_limit", on),
        )

    def announced(self, on: date) -> Holidays:
        """The holidays announced by that day."""
        return self._words_of(self._epoch(on)).announced

    @cached_property
    def asked(self) -> frozenset[str]:
        """The paths of the facts that its words can ask for on any day."""
        return inputs.asked(self.parameters, self.parameters)

    @cached_property
    def asked_of_claimants(self) -> frozenset[str]:
        """The same of the lines that say who may claim, and who is served without asking."""
        return inputs.asked(self.parameters, _OPENING)

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
