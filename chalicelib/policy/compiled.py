"""A policy ready to be asked: the value of a day, typed for the rules that use it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.rules.amount import Amounts, Standard, Uplift
from chalicelib.rules.eligibility import GroupLine
from chalicelib.rules.geofence import Fence
from chalicelib.rules.moves import Shape
from chalicelib.rules.person import Group


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
        """The value of a parameter on a day, or None where it has none on that day."""
        values = self.parameters.get(name, {"values": ()})["values"]
        begun = [value["value"] for value in values if value["from"] <= on.isoformat()]
        return begun[-1] if begun else None

    def period(self, on: date) -> Period | None:
        """The period a voucher issued on that day belongs to."""
        value = self.value("periods", on)
        if value is None:
            return None
        return Period(value["name"], date.fromisoformat(value["expires_on"]))

    def periods(self, until: date) -> tuple[str, ...]:
        """The names of every period that has begun by that day."""
        values = self.parameters.get("periods", {"values": ()})["values"]
        begun = [value["value"] for value in values if value["from"] <= until.isoformat()]
        return tuple(value["name"] for value in begun)

    def name(self, language: str) -> str:
        """What people call the programme; its code where the policy has no such name."""
        return self.names.get(language, self.programme)

    def eligible(self, on: date) -> tuple[GroupLine, ...]:
        """The groups that may claim on that day."""
        return group_lines(self.value("eligible", on))

    def proactive(self, on: date) -> tuple[GroupLine, ...]:
        """The groups that are served without asking on that day."""
        return group_lines(self.value("proactive_groups", on))

    def fence(self, on: date) -> Fence:
        """The measures of the site's fence on that day, in metres and percent."""
        return Fence(
            radius_m=self.value("site_radius", on),
            accuracy_share_percent=self.value("accuracy_share", on),
            accuracy_share_cap_m=self.value("accuracy_share_cap", on),
            accuracy_limit_m=self.value("accuracy_limit", on),
        )

    def amounts(self, on: date) -> Amounts:
        """What a settlement of that day computes with."""
        uplift = self.value("uplift", on)
        return Amounts(
            standard=Standard({int(key): fen for key, fen in self.value("standard", on).items()}),
            uplift=uplift and Uplift(uplift["percent"], frozenset(uplift["occupations"])),
            ratios=group_lines(self.value("ratio", on)),
        )


def group_lines(lines: list[dict[str, Any]] | None) -> tuple[GroupLine, ...]:
    """A policy's list of groups as the rules read it."""
    return tuple(
        GroupLine(
            groups=frozenset(Group(group) for group in line["groups"]),
            local=line.get("local", False),
            occupations=frozenset(line.get("occupations", ())),
            level_at_least=line.get("level_at_least"),
            percent=line.get("percent", 0),
        )
        for line in lines or ()
    )
