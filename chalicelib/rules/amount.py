"""The subsidy of one voucher: standard, uplift, ratio, rounded down to the fen once.

Notice 三.(四): 按照培训项目补贴标准和补贴对象享受的补贴比例. Amounts are whole fen; the steps are
kept so that the figure can be explained and recomputed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NewType

from .eligibility import GroupLine, best_ratio
from .person import Person

Standard = NewType("Standard", Mapping[int, int])


@dataclass(frozen=True)
class Uplift:
    """A percentage on top for the listed occupations."""

    percent: int
    occupations: frozenset[str]


@dataclass(frozen=True)
class Amounts:
    """What a policy says about amounts on a day; the standard is fen by level."""

    standard: Standard
    uplift: Uplift | None
    ratios: Sequence[GroupLine]


@dataclass(frozen=True)
class Amount:
    """An amount with what it was computed from."""

    amount_fen: int
    standard_fen: int
    uplift_percent: int
    ratio_percent: int


def compute(
    amounts: Amounts, person: Person, judged_on: date, occupation: str, level: int
) -> Amount | None:
    """The subsidy, or None where no standard or no ratio covers the case."""
    standard_fen = amounts.standard.get(level)
    percent = best_ratio(amounts.ratios, person, judged_on, occupation, level)
    if standard_fen is None or percent is None:
        return None
    raised = amounts.uplift is not None and occupation in amounts.uplift.occupations
    uplift_percent = amounts.uplift.percent if amounts.uplift and raised else 0
    return Amount(
        amount_fen=total_fen(standard_fen, uplift_percent, percent),
        standard_fen=standard_fen,
        uplift_percent=uplift_percent,
        ratio_percent=percent,
    )


def total_fen(standard_fen: int, uplift_percent: int, ratio_percent: int) -> int:
    """Standard raised by the uplift, then the ratio of it, rounded down once."""
    return standard_fen * (100 + uplift_percent) * ratio_percent // 10_000
