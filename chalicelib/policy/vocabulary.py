"""The parameters a policy may have: each with its units, its topic, and which shape needs it.

What the value of a unit looks like stands in units/. A parameter that decides at the settlement
says itself which event's day governs it (`governed_by`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.rules.moves import Shape


@dataclass(frozen=True)
class Parameter:
    """A parameter's units, the first of which is the usual one, and how its day is found."""

    units: tuple[str, ...]
    governed: bool = False


def _on_the_day(*units: str) -> Parameter:
    return Parameter(units)


def _governed(*units: str) -> Parameter:
    return Parameter(units, governed=True)


DECLARED: Mapping[str, Parameter] = {
    "groups": _on_the_day("names"),
    "levels": _on_the_day("names"),
    "funds": _on_the_day("names"),
    "districts": _on_the_day("names"),
    "kinds": _on_the_day("names"),
    "holidays": _on_the_day("holidays"),
}
"""What a place's programmes share, beside its lists of occupations."""

_ALWAYS: Mapping[str, Parameter] = {
    "periods": _on_the_day("period"),
    "vouchers_per_period": _on_the_day("voucher"),
}

_SWITCHES: Mapping[str, Parameter] = {
    "functions": _on_the_day("functions"),
    "validity": _on_the_day("validity"),
    "expiry_covers": _on_the_day("expiry"),
}

_FILING: Mapping[str, Parameter] = {
    "filing_lead": _on_the_day("calendar-day", "working-day"),
    "class_capacity": _on_the_day("learner"),
}

_MAY_FILE: Mapping[str, Parameter] = {
    "class_kinds": _on_the_day("kinds"),
    "least_hours": _on_the_day("hours-by-level"),
    "lesson_minutes": _on_the_day("minute"),
    "practice_share": _on_the_day("percent"),
    "licence_needed": _on_the_day("flag"),
    "roster_before_exam": _on_the_day("calendar-day", "working-day"),
    "late_grace": _on_the_day("minute"),
}

_RESULTS: Mapping[str, Parameter] = {
    "results_after_exam": _on_the_day("working-day", "calendar-day"),
}

_SIGNING_IN: Mapping[str, Parameter] = {
    "check_in_opens_before": _on_the_day("minute"),
    "site_radius": _on_the_day("metre"),
    "accuracy_share": _on_the_day("percent"),
    "accuracy_share_cap": _on_the_day("metre"),
    "accuracy_limit": _on_the_day("metre"),
    "check_in_attempts": _on_the_day("attempt"),
}

_ENTITLING: Mapping[str, Parameter] = {
    "eligible": _on_the_day("group-list"),
    "subsidy_vouchers_per_year": _on_the_day("voucher"),
}

_LIMITING: Mapping[str, Parameter] = {
    "vouchers_in_total": _on_the_day("voucher"),
    "vouchers_per_occupation": _on_the_day("voucher"),
    "once_per_occupation_and_level": _on_the_day("flag"),
    "once_for_groups": _on_the_day("groups"),
    "one_live": _on_the_day("flag"),
    "no_lower_level": _on_the_day("flag"),
    "excludes_funds": _on_the_day("fund-list"),
}

_PAYING: Mapping[str, Parameter] = {
    "order": _governed("order"),
    "standard": _governed("standard"),
    "ratio": _governed("ratio"),
    "rounding": _governed("rounding"),
    "judged_on": _governed("event"),
    "payee": _governed("payee"),
    "fund": _governed("fund"),
}

_MAY_PAY: Mapping[str, Parameter] = {
    "proactive_groups": _on_the_day("group-list"),
    "claiming": _on_the_day("claiming"),
    "uplift": _governed("uplift"),
    "mode_factor": _governed("mode-factor"),
    "caps": _governed("caps"),
    "fixed": _governed("fixed"),
    "top_ups": _governed("top-ups"),
    "instalments": _governed("instalments"),
    "claw_back": _governed("claw-back"),
    "offset": _governed("offset"),
    "result_needed": _governed("flag"),
    "certificate_needed": _governed("flag"),
    "least_attendance": _governed("attendance"),
    "rating_needed": _governed("flag"),
    "employed_within": _governed("months-after"),
    "employed_for": _governed("months-after"),
    "claim_deadline": _governed("month"),
    "public_notice": _governed("working-days-of-notice"),
}

_OTHERS: Mapping[str, Parameter] = {
    "not_eligible_for": _on_the_day("programme"),
}

PARAMETERS: Mapping[str, Parameter] = {
    **DECLARED,
    **_ALWAYS,
    **_SWITCHES,
    **_FILING,
    **_MAY_FILE,
    **_RESULTS,
    **_SIGNING_IN,
    **_ENTITLING,
    **_LIMITING,
    **_PAYING,
    **_MAY_PAY,
    **_OTHERS,
}
"""Every parameter but the lists of occupations, whose names are free."""

_COMMON = frozenset({*DECLARED, *_SWITCHES})
_MONEY = frozenset({*_ALWAYS, *_ENTITLING, *_PAYING, "groups", "levels", "funds"})

NEEDED: Mapping[Shape, frozenset[str]] = {
    Shape.CLASS: frozenset({*_MONEY, *_FILING, *_SIGNING_IN}),
    Shape.CERTIFICATE: _MONEY,
    Shape.ISSUE_ONLY: frozenset({*_MONEY, *_FILING}),
    Shape.CHECK_IN: frozenset({*_ALWAYS, *_FILING, *_SIGNING_IN, *_OTHERS, "groups"}),
}

OPTIONAL: Mapping[Shape, frozenset[str]] = {
    Shape.CLASS: frozenset({*_COMMON, *_LIMITING, *_MAY_FILE, *_RESULTS, *_MAY_PAY}),
    Shape.CERTIFICATE: frozenset({*_COMMON, *_LIMITING, *_RESULTS, *_MAY_PAY}),
    Shape.ISSUE_ONLY: frozenset(
        {*_COMMON, *_LIMITING, *_MAY_FILE, *_RESULTS, *_MAY_PAY, *_SIGNING_IN}
    ),
    Shape.CHECK_IN: frozenset({*_COMMON, *_LIMITING, *_MAY_FILE}),
}

ARITHMETIC = frozenset(
    {"standard", "uplift", "ratio", "mode_factor", "caps", "fixed", "rounding", "top_ups"}
)
"""The parameters that are steps of the arithmetic."""

PAYMENT_GATES = frozenset(
    {"result_needed", "certificate_needed", "least_attendance", "rating_needed"}
    | {"employed_within", "employed_for", "claim_deadline", "public_notice"}
)
"""The parameters that are gates to payment."""

COVERING = ("order", "rounding", "ratio", "judged_on", "payee", "fund")
"""Needed on every day on which there is a standard."""

WHILE_CLAIMED = frozenset({"eligible", "not_eligible_for", "periods"})
"""Needed only while vouchers are given out: without them the programme ends."""
