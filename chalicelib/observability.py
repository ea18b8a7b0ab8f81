"""Logs and the decorator that every edge wears: one line per outcome, by code, no personal data.

The catalogue of log codes stands here. A message never carries what a caller sent.
"""

import time
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import ParamSpec, TypeVar

from aws_lambda_powertools import Logger

from chalicelib.errors import CityError

logger = Logger(service="voucher-city")

P = ParamSpec("P")
R = TypeVar("R")


class Log(StrEnum):
    """Every line the city writes, by code."""

    DONE = "E000"  # an edge did what it was asked
    REFUSED = "E001"  # an edge refused, with the error's code
    BROKEN = "E002"  # an edge broke; the line carries the traceback's type alone
    UNMASKED = "S001"  # a person's record was unsealed: whose, by whom, why
    RETRIED = "S002"  # a write met a conflict or throttling and was tried again
    QUARANTINED = "B001"  # a bank's word that no machine may act on
    DEFERRED = "B002"  # entries of a proposal wait for money
    UNREADABLE = "T001"  # a record of the vouchers' stream that is no voucher's
    UNSENT = "T002"  # events were kept for a receiver and not sent; they are due
    UNREACHED = "N001"  # how many notices were for people whom no open channel knows
    REMINDED = "N002"  # how many reminders of each kind an hour brought
    RUN_FAILED = "R001"  # a file could not be read at all
    OLDEST_DUE = "M001"  # how long the oldest of the lines that the relay left over has been due
    COUNTED = "M002"  # what the figures of the whole city grew by
    OLDEST_UNTOLD = "M003"  # how long the oldest event that the platform has not answered waits
    RECORD_VIEWED = "S003"  # an official read a training record: whose, by whom


def observed(function: Callable[P, R]) -> Callable[P, R]:
    """Writes one line for the outcome of a schedule's, queue's or authorizer's handler."""

    @wraps(function)
    def watched(*args: P.args, **kwargs: P.kwargs) -> R:
        started = time.perf_counter()
        name = f"{function.__module__}.{function.__name__}"
        try:
            answer = function(*args, **kwargs)
        except CityError as error:
            logger.warning("refused", extra={"log": Log.REFUSED, "edge": name, "code": error.code})
            raise
        except Exception as error:
            broken = {"log": Log.BROKEN, "edge": name, "error": type(error).__name__}
            logger.error("broken", extra=broken)
            raise
        spent_ms = int((time.perf_counter() - started) * 1000)
        logger.info("done", extra={"log": Log.DONE, "edge": name, "spent_ms": spent_ms})
        return answer

    return watched
