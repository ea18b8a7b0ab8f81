"""The words a policy may use: every parameter with its unit, and which shape needs which."""

from chalicelib.rules.moves import Shape

UNITS = {
    "periods": "period",
    "vouchers_per_period": "voucher",
    "subsidy_vouchers_per_year": "voucher",
    "vouchers_in_total": "voucher",
    "vouchers_per_occupation": "voucher",
    "once_per_occupation_and_level": "flag",
    "one_live": "flag",
    "no_lower_level": "flag",
    "excludes_funds": "fund-list",
    "eligible": "group-list",
    "proactive_groups": "group-list",
    "not_eligible_for": "programme",
    "filing_lead": "calendar-day",
    "class_capacity": "learner",
    "check_in_opens_before": "minute",
    "site_radius": "metre",
    "accuracy_share": "percent",
    "accuracy_share_cap": "metre",
    "accuracy_limit": "metre",
    "check_in_attempts": "attempt",
    "standard": "fen-by-level",
    "uplift": "percent-by-occupation",
    "ratio": "percent-by-group",
    "judged_on": "event",
    "payee": "payee",
    "fund": "fund",
    "rounding": "rounding",
}

WHOLE_NUMBERS = frozenset(
    {"voucher", "calendar-day", "learner", "minute", "metre", "percent", "attempt"}
)

WORDS = {
    "event": frozenset({"enrolment", "certificate"}),
    "payee": frozenset({"who-paid", "worker"}),
    "rounding": frozenset({"down-to-fen"}),
}
"""The units whose value is one of a few words."""

_ALWAYS = frozenset({"periods", "vouchers_per_period"})
_FILING = frozenset({"filing_lead", "class_capacity"})
_TEACHING = _FILING | frozenset(
    {
        "check_in_opens_before",
        "site_radius",
        "accuracy_share",
        "accuracy_share_cap",
        "accuracy_limit",
        "check_in_attempts",
    }
)
_MONEY = frozenset(
    {"eligible", "standard", "ratio", "judged_on", "payee", "fund", "rounding"}
    | {"subsidy_vouchers_per_year"}
)

NEEDED = {
    Shape.CLASS: _ALWAYS | _TEACHING | _MONEY,
    Shape.CERTIFICATE: _ALWAYS | _MONEY,
    Shape.ISSUE_ONLY: _ALWAYS | _FILING | _MONEY,
    Shape.CHECK_IN: _ALWAYS | _TEACHING | {"not_eligible_for"},
}

_LIMITS = frozenset(
    {"vouchers_in_total", "vouchers_per_occupation", "once_per_occupation_and_level"}
    | {"one_live", "no_lower_level", "excludes_funds"}
)

OPTIONAL = {
    Shape.CLASS: frozenset({"uplift", "proactive_groups"}) | _LIMITS,
    Shape.CERTIFICATE: frozenset({"uplift", "proactive_groups"}) | _LIMITS,
    Shape.ISSUE_ONLY: frozenset({"uplift", "proactive_groups"}) | (_TEACHING - _FILING) | _LIMITS,
    Shape.CHECK_IN: _LIMITS,
}
