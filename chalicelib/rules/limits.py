"""Limits across a person's vouchers: how many, one at a time, no course twice (notice 二.(一)).

What a voucher counts as stands here once, for the decision, for the person's item and for the
checker. A voucher that expired counts as nothing; one that failed no longer counts as a course;
one that was assessed, or closed, is no longer live. Limits look at vouchers of their own
programme, but for a fund that excludes another one, which is paid by other programmes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from chalicelib.errors import Refused, Rule

from .moves import Shape, State
from .voucher import Voucher

PER_PERIOD = Rule("vouchers-per-period", "二.(一)")
IN_TOTAL = Rule("vouchers-in-total", "二.(一)")
ONE_LIVE = Rule("one-live-voucher", "二.(一)")
PER_OCCUPATION = Rule("vouchers-per-occupation", "二.(一)")
ONCE = Rule("once-per-occupation-and-level", "四.(三)")
NO_LOWER = Rule("no-lower-level", "四.(三)")
FUNDS = Rule("funds-exclude-each-other", "四.(三)")

_LIVE = frozenset({State.ISSUED, State.CLAIMED, State.VERIFIED, State.ENROLLED})
_WITHOUT_COURSE = frozenset({State.ISSUED, State.CLAIMED, State.VERIFIED, State.CLOSED})


@dataclass(frozen=True)
class Limits:
    """What a programme limits on a day; None and False limit nothing."""

    in_total: int | None = None
    per_occupation: int | None = None
    once_per_course: bool = False
    one_live: bool = False
    no_lower_level: bool = False
    excluded_funds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Course:
    """What a voucher is used for, and the fund that pays it; level 1 is the highest."""

    occupation: str
    level: int
    fund: str | None = None


@dataclass(frozen=True)
class Counted:
    """What one voucher counts as."""

    programme: str
    live: bool = False
    course: Course | None = None


@dataclass(frozen=True)
class Counts:
    """A person's vouchers that count, by key, under the version of the item that keeps them."""

    version: int = 0
    vouchers: Mapping[str, Counted] = field(default_factory=dict)

    def having(self, key: str, counted: Counted | None) -> "Counts":
        """The next version, in which the voucher counts as this."""
        others = {known: one for known, one in self.vouchers.items() if known != key}
        kept = others if counted is None else {**others, key: counted}
        return Counts(self.version + 1, kept)

    def besides(self, key: str) -> tuple[Counted, ...]:
        """What the person's other vouchers count as."""
        return tuple(one for known, one in self.vouchers.items() if known != key)


def key(voucher: Voucher) -> str:
    """The voucher's key among those of its holder."""
    return f"{voucher.programme}/{voucher.period}/{voucher.ordinal}"


def key_of_year(programme: str, period: str, ordinal: int, year: int) -> str:
    """The same among the vouchers that a year's limit counts; a period that is the year is left
    out, as it always was."""
    return f"{programme}/{ordinal}" if period == str(year) else f"{programme}/{period}/{ordinal}"


def counted(voucher: Voucher, *, whole: bool, courses: bool, fund: str | None) -> Counted | None:
    """What the voucher counts as where whole vouchers, or courses alone, are limited."""
    if voucher.state is State.EXPIRED:
        return None
    course = _course(voucher, fund) if courses else None
    if course is None and not whole:
        return None
    return Counted(voucher.programme, whole and voucher.state in _LIVE, course)


def _course(voucher: Voucher, fund: str | None) -> Course | None:
    """The course a voucher is used for; a check-in voucher that closed has had its course."""
    terms = voucher.terms
    attended = voucher.shape is Shape.CHECK_IN and voucher.state is State.CLOSED
    if voucher.state in _WITHOUT_COURSE and not attended:
        return None
    if terms.occupation is None or terms.level is None:
        return None
    return Course(terms.occupation, terms.level, fund)


def check_another(limits: Limits, programme: str, others: tuple[Counted, ...]) -> None:
    """Raises Refused where the person may have no further voucher of the programme.

    `total_limit_reached`: as many as allowed were issued and did not expire.
    `voucher_still_live`: one of them waits to be used, or its course is not over.
    """
    own = [one for one in others if one.programme == programme]
    if limits.in_total is not None and len(own) >= limits.in_total:
        raise Refused("total_limit_reached", IN_TOTAL, facts={"limit": limits.in_total})
    if limits.one_live and any(one.live for one in own):
        raise Refused("voucher_still_live", ONE_LIVE)


def check_course(
    limits: Limits, programme: str, wanted: Course, others: tuple[Counted, ...]
) -> None:
    """Raises Refused where the person may not use a voucher of the programme for this course.

    `occupation_limit_reached`, `course_repeated`, `lower_level`, `fund_excluded`.
    """
    same = [course for course in _courses(others, programme) if _alike(course, wanted)]
    occupation, level = wanted.occupation, f"level.{wanted.level}"
    limit = limits.per_occupation
    if limit is not None and len(same) >= limit:
        raise Refused(
            "occupation_limit_reached",
            PER_OCCUPATION,
            facts={"occupation": occupation, "limit": limit},
        )
    if limits.once_per_course and any(course.level == wanted.level for course in same):
        raise Refused("course_repeated", ONCE, facts={"occupation": occupation, "level": level})
    if limits.no_lower_level and any(course.level < wanted.level for course in same):
        raise Refused("lower_level", NO_LOWER, facts={"occupation": occupation, "level": level})
    funds = {
        course.fund or ""
        for course in _courses(others, None)
        if _alike(course, wanted) and course.level == wanted.level
    }
    if excluding := funds & limits.excluded_funds:
        raise Refused("fund_excluded", FUNDS, facts={"fund": min(excluding)})


def _courses(others: tuple[Counted, ...], programme: str | None) -> Iterator[Course]:
    """The courses of a programme's vouchers, or of all."""
    for one in others:
        if one.course and programme in (None, one.programme):
            yield one.course


def _alike(one: Course, other: Course) -> bool:
    return one.occupation == other.occupation
