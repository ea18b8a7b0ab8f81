"""Every problem code and the kind of error that carries it; what a code says stands in texts/.

The one table from which a code's status follows before anybody has met it: the document of the
API and docs/errors.md are made from it. The gateway's own codes never pass through this app.
"""

from collections.abc import Mapping

from chalicelib.errors import (
    CityError,
    Conflict,
    Forbidden,
    Invalid,
    KeyReused,
    NotFound,
    Refused,
    Unavailable,
)

STATUS: Mapping[type[CityError], int] = {
    Invalid: 400,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    Refused: 422,
    KeyReused: 422,
    Unavailable: 503,
}
"""The status of an answer to each kind of error."""

BROKEN = "broken"

KINDS: Mapping[type[CityError], tuple[str, ...]] = {
    Invalid: (
        "bad_cursor",
        "bad_json",
        "bad_value",
        "duplicate_key",
        "effective_in_past",
        "empty_span",
        "enterprise_missing",
        "enterprise_unknown",
        "file_too_large",
        "idempotency_key_malformed",
        "idempotency_key_missing",
        "later_version_differs",
        "media_type",
        "missing_field",
        "other_programme_named",
        "past_changed",
        "policy",
        "programme_without_classes",
        "timetable_disorder",
        "timetable_empty",
        "too_deep",
        "too_large",
        "unknown_field",
    ),
    Forbidden: (
        "not_a_worker",
        "not_an_enterprise",
        "not_an_institution",
        "not_in_office",
        "not_the_proposer",
        "not_your_district",
        "right_missing",
        "same_person",
        "unknown_client",
    ),
    NotFound: ("not_found",),
    Conflict: (
        "already_proposed",
        "budget_exhausted",
        "changed_meanwhile",
        "class_exists",
        "class_full",
        "code_spent",
        "early",
        "effective_day_passed",
        "file_changed",
        "history_full",
        "not_enrolled",
        "not_in_state",
        "nothing_to_propose",
        "policy_overtaken",
        "run_not_ended",
    ),
    Refused: (
        "attempts_used_up",
        "check_in_closed",
        "check_in_not_open",
        "class_capacity",
        "class_kind",
        "code_expired",
        "code_invalid",
        "course_not_covered",
        "course_repeated",
        "eligible_for_money",
        "enrolled_too_late",
        "filed_too_late",
        "function_off",
        "fund_excluded",
        "limit_reached",
        "lower_level",
        "no_period",
        "not_eligible",
        "not_for_this_course",
        "not_proactive",
        "occupation_limit_reached",
        "offline_only",
        "paid_once_for_group",
        "online_lesson",
        "other_programme",
        "outside_licence",
        "period_limit_reached",
        "roster_closed",
        "too_few_hours",
        "too_little_practice",
        "total_limit_reached",
        "voucher_expired",
        "voucher_still_live",
    ),
    KeyReused: ("idempotency_key_reused",),
    Unavailable: ("unavailable",),
}
"""The codes by the kind of error that carries them."""

GATEWAY: Mapping[str, int] = {
    "invalid": 400,
    "unauthenticated": 401,
    "forbidden": 403,
    "too_many_requests": 429,
}
"""What the gateway answers by itself, before this app hears of the request."""

STATUS_OF: Mapping[str, int] = {
    **{code: STATUS[kind] for kind, codes in KINDS.items() for code in codes},
    **GATEWAY,
    BROKEN: 500,
}
"""Every code's status."""
