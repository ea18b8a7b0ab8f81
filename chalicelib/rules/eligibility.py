"""Whom a line of a policy means: by group on a day, hukou, occupation and level."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chalicelib.errors import Rule

from .person import FactKind, Group, Person

ELIGIBLE = Rule("eligible-group", "二.(一)")
LIMIT = Rule("vouchers-per-year", "二.(一)")
OTHERS = Rule("check-in-voucher-for-others", "二.(一)")


@dataclass(frozen=True)
class GroupLine:
    """One line: these groups, perhaps only locals, some occupations, or a least level."""

    groups: frozenset[Group]
    local: bool
    occupations: frozenset[str]
    level_at_least: int | None
    percent: int

    def means(self, person: Person, on: date) -> bool:
        """Whether the person is meant on that day, whatever the course."""
        return bool(self.groups & person.groups(on)) and (person.local or not self.local)

    def covers(self, occupation: str, level: int) -> bool:
        """Whether the course is meant; level 1 is the highest (一级), 5 the lowest."""
        named = not self.occupations or occupation in self.occupations
        return named and (self.level_at_least is None or level <= self.level_at_least)


def eligible(lines: Sequence[GroupLine], person: Person, on: date) -> bool:
    """Whether any line means the person on that day."""
    return any(line.means(person, on) for line in lines)


def counted_group(lines: Sequence[GroupLine], person: Person, on: date) -> Group | None:
    """The group a voucher of that day is counted under: one that made the person eligible.

    Of several the one of the first line that he has been in longest, of those begun on one day
    the first by code; where no line means him, as for the check-in kind, the same among all his
    groups; None where he has none that day.
    """
    own = person.groups(on)
    meant = (line.groups & own for line in lines if line.means(person, on))
    counted = next(meant, own)
    held = (fact for fact in person.of_kind(FactKind.GROUP) if fact.holds(on))
    longest = sorted((fact.since, Group(fact.name)) for fact in held)
    return next((group for _, group in longest if group in counted), None)


def best_ratio(
    lines: Sequence[GroupLine], person: Person, on: date, occupation: str, level: int
) -> int | None:
    """The highest percentage among the person's groups, or None where no line covers him.

    Within one group the first line that covers the course counts: a list goes from the special
    to the general.
    """
    percents = []
    for group in person.groups(on):
        for line in lines:
            if group in line.groups and line.means(person, on) and line.covers(occupation, level):
                percents.append(line.percent)
                break
    return max(percents, default=None)
