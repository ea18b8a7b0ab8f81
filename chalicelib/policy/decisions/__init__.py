"""What a policy decides, one module per verb: the same functions serve a use case, a case beside
the policy, a replay of history and an explanation. Pure; nothing here loads or saves."""

from . import claim, issue, limit, offer, settle

__all__ = ["claim", "issue", "limit", "offer", "settle"]
