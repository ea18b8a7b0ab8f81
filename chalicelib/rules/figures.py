"""Figures (统计数据): what is counted, by what, for whom, and the cells it stands in.

What an event of a voucher adds to which cells is said in counting.py.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

CITY = "city"
"""The scope of the whole city; the others are a district's and an institution's own."""


class Figure(StrEnum):
    """What is counted: vouchers, or fen."""

    ISSUED = "issued"  # 已发放
    CLAIMED = "claimed"  # 已领取
    VERIFIED = "verified"  # 已验证
    USED = "used"  # 已使用
    SETTLED = "settled"  # 已核销
    EXPIRED = "expired"  # 超期作废
    APPROVED_FEN = "approved_fen"  # 核准
    PAID_FEN = "paid_fen"  # 拨付
    RETURNED_FEN = "returned_fen"  # 退汇

    @property
    def is_count(self) -> bool:
        """Whether it counts vouchers; the others are money."""
        return not self.endswith("_fen")


class Dimension(StrEnum):
    """By what the figures are told apart, beside the programme."""

    PROGRAMME = "programme"
    DISTRICT = "district"
    INSTITUTION = "institution"
    GROUP = "group"
    MONTH = "month"


WITHIN_A_DISTRICT = frozenset(Dimension) - {Dimension.DISTRICT}
WITHIN_AN_INSTITUTION = WITHIN_A_DISTRICT - {Dimension.INSTITUTION}
UNKNOWN = "unknown"
"""The group of a voucher issued before vouchers kept one."""


@dataclass(frozen=True)
class Cell:
    """One place of the figures: whose, by what, of which period and programme, which value.

    `fund` is empty for counts of vouchers; money stands in the cell of its fund.
    """

    scope: str
    by: Dimension
    period: str
    programme: str
    value: str
    fund: str = ""


Sums = Mapping[Figure, int]
Cells = dict[Cell, Counter[Figure]]


@dataclass(frozen=True)
class Target:
    """What is aimed at in a period: vouchers issued and used; of a district or of the city."""

    programme: str
    district: str | None
    period: str
    issued: int
    used: int

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Where it is shown: beside the counts it is to be held against."""
        own = (self.period, self.programme)
        if self.district is None:
            return (Cell(CITY, Dimension.PROGRAMME, *own, self.programme),)
        return (
            Cell(CITY, Dimension.DISTRICT, *own, self.district),
            Cell(of_district(self.district), Dimension.PROGRAMME, *own, self.programme),
        )


@dataclass(frozen=True)
class Row:
    """What one programme and value come to: vouchers, fen by fund, and the target if there is one.

    `aimed` holds a target's issued and used.
    """

    programme: str
    value: str
    counts: Sums
    money: Mapping[str, Sums]
    aimed: Sums


def of_district(district: str) -> str:
    """The scope of a district's own figures."""
    return f"district:{district}"


def of_institution(institution: str) -> str:
    """The scope of an institution's own figures."""
    return f"institution:{institution}"


def dimensions(scope: str) -> frozenset[Dimension]:
    """By what the figures of a scope are told apart."""
    if scope == CITY:
        return frozenset(Dimension)
    return WITHIN_A_DISTRICT if scope.startswith(of_district("")) else WITHIN_AN_INSTITUTION
