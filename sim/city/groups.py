"""The nine groups of workers: their names in the roster and how they are spread in the city."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Group:
    """A group and how its people are drawn.

    A fact begins between `since` and the story; it lasts `lasts_days`, or for ever when that is
    0; where `until` is given, everybody's fact runs from `since` to that day.
    """

    code: str
    heading: str
    share_percent: int
    born_between: tuple[date, date]
    since: date
    lasts_days: int = 0
    until: date | None = None
    outsider_percent: int = 0
    ended_percent: int = 0


def _born(first_year: int, last_year: int) -> tuple[date, date]:
    return date(first_year, 1, 1), date(last_year, 12, 31)


GROUPS = (
    Group(
        code="registered-unemployed",
        heading="登记失业人员",
        share_percent=58,
        born_between=_born(1968, 2004),
        since=date(2024, 3, 1),
        outsider_percent=2,
        ended_percent=3,
    ),
    Group(
        code="agreement-insured",
        heading="协保人员",
        share_percent=3,
        born_between=_born(1967, 1979),
        since=date(2012, 1, 1),
        outsider_percent=8,
    ),
    Group(
        code="rural-surplus",
        heading="农村富余劳动力",
        share_percent=3,
        born_between=_born(1969, 2000),
        since=date(2021, 1, 1),
        outsider_percent=15,
    ),
    Group(
        code="disabled",
        heading="残疾人员",
        share_percent=3,
        born_between=_born(1968, 2003),
        since=date(2010, 1, 1),
        outsider_percent=20,
    ),
    Group(
        code="veteran",
        heading="退役军人",
        share_percent=3,
        born_between=_born(1988, 2003),
        since=date(2021, 6, 1),
        lasts_days=1826,
        outsider_percent=10,
        ended_percent=20,
    ),
    Group(
        code="employee",
        heading="在职职工",
        share_percent=16,
        born_between=_born(1970, 2003),
        since=date(2012, 1, 1),
        outsider_percent=35,
    ),
    Group(
        code="college-final-year",
        heading="高校毕业学年学生",
        share_percent=4,
        born_between=_born(2002, 2004),
        since=date(2025, 9, 1),
        until=date(2026, 6, 30),
        outsider_percent=40,
    ),
    Group(
        code="vocational-final-year",
        heading="中职毕业学年学生",
        share_percent=3,
        born_between=_born(2007, 2008),
        since=date(2025, 9, 1),
        until=date(2026, 6, 30),
        outsider_percent=20,
    ),
    Group(
        code="other",
        heading="其他人员",
        share_percent=6,
        born_between=_born(1960, 2005),
        since=date(2015, 1, 1),
        outsider_percent=50,
    ),
)
HEADINGS = {group.code: group.heading for group in GROUPS}
