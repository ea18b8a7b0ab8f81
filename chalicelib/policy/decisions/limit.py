"""Limit: whether the vouchers a person had leave room for another one, or for this course.

The earlier vouchers stand in the situation; in the city the person's item keeps them.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from chalicelib.errors import Refused, Rule
from chalicelib.policy.compiled import Policy
from chalicelib.rules import limits
from chalicelib.rules.decision import Decision, Outcome
from chalicelib.rules.situation import Earlier, Situation
from chalicelib.rules.trace import Trace

LIMITS = Rule("limits", "二.(一)")

_Limit = tuple[Callable[[Any, Sequence[Earlier]], Refused | None], Sequence[Earlier]]


def another(policy: Policy, situation: Situation, on: date) -> Decision:
    """Whether the person may have a further voucher of the programme on that day.

    Else `period_limit_reached`, `limit_reached` or what `lifelong` says. Of other programmes only
    vouchers that count against the year stand in the situation.
    """
    period = policy.period(on)
    in_period = [one for one in _own(policy, situation) if policy.period(one.on) == period]
    in_year = [one for one in situation.earlier if one.on.year == on.year]
    asked: dict[str, _Limit] = {
        "vouchers_per_period": (limits.per_period, in_period),
        "subsidy_vouchers_per_year": (limits.per_year, in_year),
    }
    return _judged(policy, on, {**asked, **_lifelong(policy, situation)})


def lifelong(policy: Policy, situation: Situation, on: date) -> Decision:
    """The same over all years: else `total_limit_reached` or `voucher_still_live`."""
    return _judged(policy, on, _lifelong(policy, situation))


def _lifelong(policy: Policy, situation: Situation) -> dict[str, _Limit]:
    own = _own(policy, situation)
    return {
        "vouchers_in_total": (limits.in_total, own),
        "one_live": (limits.one_live, own),
    }


def course(policy: Policy, situation: Situation, on: date) -> Decision:
    """Whether a voucher of the programme may be used for the situation's course.

    Else `occupation_limit_reached`, `course_repeated`, `paid_once_for_group`, `lower_level`,
    `fund_excluded`.
    """
    wanted, held = situation.course, situation.person.groups_on(on)
    courses = [one for one in _own(policy, situation) if one.occupation is not None]
    alike = [one for one in situation.earlier if one.occupation == wanted.occupation]
    own = [one for one in alike if one.programme == policy.programme]
    return _judged(
        policy,
        on,
        {
            "vouchers_per_occupation": (_of(limits.per_occupation, wanted), own),
            "once_per_occupation_and_level": (_of(limits.once, wanted), own),
            "once_for_groups": (_of(limits.once_for_groups, held), courses),
            "no_lower_level": (_of(limits.no_lower, wanted), own),
            "excludes_funds": (_of(limits.funds, wanted), alike),
        },
    )


def _of(limit: Callable[..., Refused | None], wanted: Any) -> Callable[..., Refused | None]:
    return lambda value, had: limit(value, wanted, had)


def _own(policy: Policy, situation: Situation) -> list[Earlier]:
    return [one for one in situation.earlier if one.programme == policy.programme]


def _judged(policy: Policy, on: date, asked: Mapping[str, _Limit]) -> Decision:
    """The first limit that says no, with every one that was asked in the trace."""
    trace = Trace()
    for name, (limit, had) in asked.items():
        ruling = policy.ruling(name, on)
        if ruling is None or ruling.value is False:
            continue
        refused = limit(ruling.value, had)
        trace.add(ruling, {"earlier": len(had)}, refused is None)
        if refused:
            steps = tuple(trace.steps)
            return Decision(Outcome.NO, refused.rule, refused.code, refused.facts, steps)
    return Decision(Outcome.YES, LIMITS, trace=tuple(trace.steps))
