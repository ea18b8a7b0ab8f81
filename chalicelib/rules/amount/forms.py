"""The forms a subsidy standard (补贴标准) can have: what each makes of a situation, in fen.

Each form answers with the fen and the figures it took them from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from chalicelib.rules.situation import Situation, needed

Told = tuple[Fraction | int, dict[str, Any]] | None


@dataclass(frozen=True)
class Flat:
    """The same for everybody."""

    fen: int

    def of(self, situation: Situation) -> Told:
        """The fen themselves."""
        return self.fen, {}


@dataclass(frozen=True)
class ByLevel:
    """A table by level."""

    fen: Mapping[int, int]

    def of(self, situation: Situation) -> Told:
        """The level's; None where the table has no such level. MissingInput."""
        level = situation.level
        fen = self.fen.get(level)
        return None if fen is None else (fen, {"level": level})


@dataclass(frozen=True)
class ByKindAndLevel:
    """A table by class of work (培训类别) and level."""

    fen: Mapping[str, Mapping[int, int]]

    def of(self, situation: Situation) -> Told:
        """The kind's and level's; None where the table has none. MissingInput."""
        kind, level = needed(situation.course.kind, "course.kind"), situation.level
        fen = self.fen.get(kind, {}).get(level)
        return None if fen is None else (fen, {"kind": kind, "level": level})


@dataclass(frozen=True)
class Tier:
    """A price for each kind of hour up to a bound; the last tier may have none."""

    up_to: int | None
    fen: Mapping[str, int]


@dataclass(frozen=True)
class Tiers:
    """A price per hour or day, by kind, in tiers; bounds count within each kind."""

    unit: str  # "hours" or "days"
    tiers: Sequence[Tier]

    def of(self, situation: Situation) -> Told:
        """The sum over all kinds; what lies beyond the last bound earns nothing. MissingInput."""
        spent: Mapping[str, int] = getattr(situation.course, self.unit)
        if not spent:
            needed(None, f"course.{self.unit}")
        counted = {kind: self._counted(kind, spent[kind]) for kind in sorted(spent)}
        return sum(counted.values()), {self.unit: dict(spent), "fen": counted}

    def _counted(self, kind: str, spent: int) -> int:
        total_fen, below = 0, 0
        for tier in self.tiers:
            upper = spent if tier.up_to is None else min(spent, tier.up_to)
            total_fen += max(0, upper - below) * tier.fen.get(kind, 0)
            below = max(below, upper)
        return total_fen


@dataclass(frozen=True)
class ShareOfCost:
    """A share of what the training really cost."""

    percent: int

    def of(self, situation: Situation) -> Told:
        """The share, unrounded. MissingInput."""
        cost_fen = needed(situation.fees.training_fen, "fees.training_fen")
        return Fraction(cost_fen * self.percent, 100), {
            "cost_fen": cost_fen,
            "percent": self.percent,
        }


@dataclass(frozen=True)
class Bound:
    """From this share of the class on, in percent, the class earns this."""

    at_least: int
    fen: int


@dataclass(frozen=True)
class PerClass:
    """An amount per class by its outcome, split over its learners by largest remainder."""

    by: str  # "passed" or "employed"
    bounds: Sequence[Bound]

    def of(self, situation: Situation) -> Told:
        """This learner's share of the class's amount. MissingInput."""
        outcome = situation.class_outcome
        needed(outcome.enrolled or None, "training_class.enrolled")
        reached = needed(getattr(outcome, self.by), f"training_class.{self.by}")
        told = {"enrolled": outcome.enrolled, self.by: reached}
        for bound in self.bounds:
            if reached * 100 >= bound.at_least * outcome.enrolled:
                share, rest = divmod(bound.fen, outcome.enrolled)
                own_fen = share + (outcome.place <= rest)
                return own_fen, told | {"at_least": bound.at_least, "class_fen": bound.fen}
        return 0, told


Form = Flat | ByLevel | ByKindAndLevel | Tiers | ShareOfCost | PerClass


@dataclass(frozen=True)
class Ceiling:
    """At most this much: one sum, or one for each level."""

    fen: int | None
    fen_by_level: Mapping[int, int] | None

    def covers(self, situation: Situation) -> bool:
        """Whether a table of it has the level, or there is a sum for all others. MissingInput."""
        by_level = self.fen_by_level
        return by_level is None or self.fen is not None or situation.level in by_level

    def of(self, situation: Situation) -> int | None:
        """The sum that caps this situation, or None. MissingInput."""
        if self.fen_by_level is not None:
            return self.fen_by_level.get(situation.level, self.fen)
        return self.fen


@dataclass(frozen=True)
class Standard:
    """A standard's form with its own ceiling: the lower of the two counts."""

    form: Form
    at_most: Ceiling

    def of(self, situation: Situation) -> Told:
        """The fen and their figures; None where the form or its ceiling has none. MissingInput."""
        found = self.form.of(situation)
        if found is None or not self.at_most.covers(situation):
            return None
        ceiling_fen = self.at_most.of(situation)
        if ceiling_fen is None:
            return found
        fen, told = found
        return min(fen, ceiling_fen), told | {"at_most_fen": ceiling_fen}
