"""What a policy decides, one module per verb: the same functions serve a use case, a case beside
the policy, a replay of history and an explanation. Pure; nothing here loads or saves."""

from . import assess, check_in, claim, enrol, expire, file, functions, issue, limit, offer, settle

__all__ = [
    "assess",
    "check_in",
    "claim",
    "enrol",
    "expire",
    "file",
    "functions",
    "issue",
    "limit",
    "offer",
    "settle",
]
