"""Whom the lines of a policy mean on a day: who may claim, and under which group he counts."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from chalicelib.errors import Rule

from .condition import OF_THE_COURSE, WORDS, Condition, Line
from .person import Group
from .situation import MissingInput, Situation


class Claiming(StrEnum):
    """How a voucher that is issued without being asked comes to be claimed."""

    BY_PERSON = "by-person"  # 本人领取
    ON_JOINING = "on-joining"  # 加入时自动领取


ELIGIBLE = Rule("eligible-group", "二.(一)")
LIMIT = Rule("vouchers-per-year", "二.(一)")
OTHERS = Rule("check-in-voucher-for-others", "二.(一)")


def unmet(condition: Condition, situation: Situation, on: date) -> str | None:
    """The first word that does not hold for this person on that day, or None.

    A word about the course counts only where the course's fact is known; one about the person
    whose fact nobody recorded does not hold.
    """
    for word, wanted in condition.wanted.items():
        try:
            holds = WORDS[word](wanted, situation, on)
        except MissingInput:
            holds = word in OF_THE_COURSE
        if not holds:
            return word
    return None


def eligible(lines: Sequence[Line[Any]], situation: Situation, on: date) -> bool:
    """Whether any line means the person on that day."""
    return any(unmet(line.condition, situation, on) is None for line in lines)


def counted_group(lines: Sequence[Line[Any]], situation: Situation, on: date) -> Group | None:
    """The group a voucher of that day is counted under: one that made the person eligible.

    Of several the one of the first such line that he has been in longest; where no line means
    him, as for the check-in kind, the same among all his groups; None where he has none that day.
    """
    own = situation.person.groups_on(on)
    for line in lines:
        if unmet(line.condition, situation, on) is None:
            named = line.condition.wanted.get("groups", own)
            return next((Group(group) for group in own if group in named), None)
    return next(map(Group, own), None)
