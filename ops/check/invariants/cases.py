"""A check-in that is not good has its case; while a case is open no money of its voucher leaves."""

from collections.abc import Iterator

from chalicelib.rules import ids
from chalicelib.rules.attendance import FULFILLING
from chalicelib.rules.cases import Case
from chalicelib.rules.line import LineState
from ops.check.breach import Breach
from ops.check.city import City

CASE = "case-of-abnormal-check-in"
HELD = "held-while-case-open"

_CHECK_IN = "check-in"


def breaches(city: City) -> Iterator[Breach]:
    """Abnormal records nobody would look at, cases of good ones, and lines let go too early."""
    cases = {case.id: case for case in city.cases}
    for record in city.records:
        known = cases.get(ids.case_id(record.voucher_id, _CHECK_IN, record.lesson_no))
        abnormal = record.outcome not in FULFILLING
        if abnormal and known is None:
            yield Breach(CASE, record.where, f"{record.outcome} without a case")
        if not abnormal and known is not None and known.open:
            yield Breach(CASE, record.where, "good, and its case is open")
    open_of = {case.voucher_id: case for case in cases.values() if case.open and case.holds_payment}
    for kept in city.lines.values():
        case: Case | None = open_of.get(kept.line.voucher_id)
        if case and kept.line.state is not LineState.HELD:
            yield Breach(HELD, kept.where, f"{kept.line.state}, and case {case.id} is open")
