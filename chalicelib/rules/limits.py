"""Limits across a person's vouchers: how many, one at a time, no course twice (notice 二.(一)).

What a voucher counts as stands here once, for the decision, for the person's item and for the
checker: void once it expired, live until its result, used for a course while that is not failed.
Each limit looks at the earlier vouchers it concerns and answers with the refusal it raises.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from chalicelib.errors import Refused, Rule

from .eligibility import LIMIT
from .moves import Shape, State
from .situation import Course, Earlier
from .voucher import Voucher

PER_PERIOD = Rule("vouchers-per-period", "二.(一)")
IN_TOTAL = Rule("vouchers-in-total", "二.(一)")
ONE_LIVE = Rule("one-live-voucher", "二.(一)")
PER_OCCUPATION = Rule("vouchers-per-occupation", "二.(一)")
ONCE = Rule("once-per-occupation-and-level", "四.(三)")
FOR_GROUPS = Rule("once-for-groups", "四.(三)")
NO_LOWER = Rule("no-lower-level", "四.(三)")
FUNDS = Rule("funds-exclude-each-other", "四.(三)")

_LIVE = frozenset({State.ISSUED, State.CLAIMED, State.VERIFIED, State.ENROLLED})
_WITHOUT_COURSE = frozenset(
    {State.ISSUED, State.CLAIMED, State.VERIFIED, State.CLOSED, State.EXPIRED}
)


@dataclass(frozen=True)
class Counts:
    """A person's vouchers that count, by key, under the version of the item that keeps them."""

    version: int = 0
    vouchers: Mapping[str, Earlier] = field(default_factory=dict)

    def having(self, key: str, counted: Earlier | None) -> "Counts":
        """The next version, in which the voucher counts as this."""
        others = {known: one for known, one in self.vouchers.items() if known != key}
        kept = others if counted is None else {**others, key: counted}
        return Counts(self.version + 1, kept)

    def besides(self, key: str) -> tuple[Earlier, ...]:
        """What the person's other vouchers count as."""
        return tuple(one for known, one in self.vouchers.items() if known != key)


def key(voucher: Voucher) -> str:
    """The voucher's key among those of its holder."""
    return f"{voucher.programme}/{voucher.period}/{voucher.ordinal}"


def key_of_year(programme: str, period: str, ordinal: int, year: int) -> str:
    """Its key among those that a year's limit counts; a period that is the year is left out."""
    return f"{programme}/{ordinal}" if period == str(year) else f"{programme}/{period}/{ordinal}"


def earlier(voucher: Voucher, issued_on: date, fund: str | None) -> Earlier:
    """The voucher as limits see it; `fund` is the one that pays its course, where it has one."""
    used = has_course(voucher)
    return Earlier(
        programme=voucher.programme,
        on=issued_on,
        fund=fund if used else None,
        occupation=voucher.terms.occupation if used else None,
        level=voucher.terms.level if used else None,
        live=voucher.state in _LIVE or None,
        void=voucher.state is State.EXPIRED or None,
    )


def has_course(voucher: Voucher) -> bool:
    """Whether it is used for a course; a check-in voucher that closed has had its course."""
    attended = voucher.shape is Shape.CHECK_IN and voucher.state is State.CLOSED
    known = voucher.terms.occupation is not None and voucher.terms.level is not None
    return known and (attended or voucher.state not in _WITHOUT_COURSE)


def per_period(limit: int, had: Sequence[Earlier]) -> Refused | None:
    """So many vouchers of the programme in its period, whatever became of them."""
    if len(had) < limit:
        return None
    return Refused("period_limit_reached", PER_PERIOD, facts={"limit": limit})


def per_year(limit: int, had: Sequence[Earlier]) -> Refused | None:
    """So many subsidy vouchers in a calendar year, whatever became of them."""
    if len(had) < limit:
        return None
    return Refused("limit_reached", LIMIT, facts={"limit": limit})


def in_total(limit: int, had: Sequence[Earlier]) -> Refused | None:
    """So many vouchers of the programme, but for those that expired."""
    if sum(not one.void for one in had) < limit:
        return None
    return Refused("total_limit_reached", IN_TOTAL, facts={"limit": limit})


def one_live(limit: bool, had: Sequence[Earlier]) -> Refused | None:
    """None while another voucher of the programme waits to be used, or is in its course."""
    if not any(one.live for one in had):
        return None
    return Refused("voucher_still_live", ONE_LIVE)


def per_occupation(limit: int, wanted: Course, had: Sequence[Earlier]) -> Refused | None:
    """So many courses of the programme in the occupation, at any level."""
    if len(had) < limit:
        return None
    return Refused(
        "occupation_limit_reached",
        PER_OCCUPATION,
        facts={"occupation": wanted.occupation, "limit": limit},
    )


def once(limit: bool, wanted: Course, had: Sequence[Earlier]) -> Refused | None:
    """Each occupation and level once for life."""
    if wanted.level not in [one.level for one in had]:
        return None
    return Refused(
        "course_repeated",
        ONCE,
        facts={"occupation": wanted.occupation, "level": f"level.{wanted.level}"},
    )


def once_for_groups(
    once: frozenset[str], held: Sequence[str], had: Sequence[Earlier]
) -> Refused | None:
    """One course of the programme for life for who belongs to such groups and to no other."""
    if not had or not held or not once.issuperset(held):
        return None
    return Refused("paid_once_for_group", FOR_GROUPS)


def no_lower(limit: bool, wanted: Course, had: Sequence[Earlier]) -> Refused | None:
    """No level after a higher one of the occupation; level 1 is the highest."""
    if wanted.level is None or not any(one.level and one.level < wanted.level for one in had):
        return None
    return Refused(
        "lower_level",
        NO_LOWER,
        facts={"occupation": wanted.occupation, "level": f"level.{wanted.level}"},
    )


def funds(excluded: Sequence[str], wanted: Course, had: Sequence[Earlier]) -> Refused | None:
    """None where one of these funds pays for the same occupation and level already."""
    paying = {one.fund for one in had if one.level == wanted.level} & {*excluded}
    if not paying:
        return None
    return Refused("fund_excluded", FUNDS, facts={"fund": min(map(str, paying))})
