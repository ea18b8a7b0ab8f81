"""A policy ready to be asked: the value of a day, typed for the rules that use it."""

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
from .reading import Reading
from .words import value_on

_OPENING = ("eligible", "not_eligible_for", "proactive_groups")
"""Who may claim, and who is served without asking."""

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
        return self._reading.ruling(name, on)

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
        return self._reading.words(on).announced

    @cached_property
    def asked(self) -> frozenset[str]:
        """The paths of the facts that its words can ask for on any day."""
        return inputs.asked(self.parameters, self.parameters)

    @cached_property
    def asked_of_claimants(self) -> frozenset[str]:
        """The same of the lines that say who may claim, and who is served without asking."""
        return inputs.asked(self.parameters, _OPENING)

    @cached_property
    def _reading(self) -> Reading:
        return Reading(self.parameters)
