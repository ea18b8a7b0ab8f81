"""What a policy decides, one module per verb: the same functions serve a use case, a case beside
the policy, a replay of history and an explanation. Pure; nothing here loads or saves.

A verb's module is loaded when it is first asked for: a schedule that only expires vouchers does
not pay in its cold start for the arithmetic of amounts.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import (
        assess,
        check_in,
        claim,
        course,
        enrol,
        expire,
        file,
        functions,
        issue,
        limit,
        offer,
        settle,
    )

__all__ = [
    "assess",
    "check_in",
    "claim",
    "course",
    "enrol",
    "expire",
    "file",
    "functions",
    "issue",
    "limit",
    "offer",
    "settle",
]


def __getattr__(verb: str) -> ModuleType:
    if verb not in __all__:
        raise AttributeError(f"no decision {verb!r}; there are {', '.join(__all__)}")
    return import_module(f"{__name__}.{verb}")
