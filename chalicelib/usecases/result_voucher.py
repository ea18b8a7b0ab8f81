"""The voucher a result (考核结果) is about: found by its holder, its programme and its class.

Here: finding it. Not here: what becomes of it; that is assess.py.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from chalicelib.errors import NotFound
from chalicelib.policy import Policy
from chalicelib.policy.limits import ordinals
from chalicelib.rules import history, ids
from chalicelib.rules.history import Event
from chalicelib.rules.ids import ClassId, PersonId
from chalicelib.rules.moves import IN_CLASSES, State, Verb
from chalicelib.rules.result_row import CLASS_NO, Result
from chalicelib.rules.roster_row import NUMBER
from chalicelib.rules.tabular import RowFault
from chalicelib.rules.voucher import Voucher
from chalicelib.store import people, secrets, vouchers

_A_YEAR = timedelta(days=365)


def holder(result: Result) -> PersonId:
    """Whose result it is; RowFault where nobody registered has the number."""
    person_id = secrets.person_id(result.number)
    try:
        return people.load(person_id).id
    except NotFound:
        raise RowFault(NUMBER, "unknown_person") from None


def find(person_id: PersonId, policy: Policy, result: Result) -> Voucher:
    """The voucher the result is about; the class it names decides where there are two.

    Raises RowFault where there is none, or none that this result can be about.
    """
    wanted = _class(result) if policy.shape in IN_CLASSES else None
    periods = list(dict.fromkeys(_periods(policy, result.assessed_on)))
    known = vouchers.load_all(
        ids.voucher_id(person_id, policy.programme, period, ordinal)
        for period in periods
        for ordinal in ordinals(policy)
    )
    if not known:
        raise RowFault(NUMBER, "no_voucher")
    known.sort(key=lambda found: (periods.index(found.period), found.ordinal))
    if wanted is None:
        return _opened(known, result)
    for found in known:
        if found.terms.class_id == wanted:
            return found
    if all(found.terms.class_id is None for found in known):
        raise RowFault(NUMBER, "not_in_state")
    raise RowFault(CLASS_NO, "other_class")


def _opened(known: list[Voucher], result: Result) -> Voucher:
    """The voucher that this certificate opened, else one that waits for it, else the first."""
    waiting = (found for found in known if found.state is State.CLAIMED)
    brought = (found for found in known if brought_by(found, result))
    return next(brought, None) or next(waiting, None) or known[0]


def _periods(policy: Policy, assessed_on: date) -> Iterator[str]:
    """The period of that day; a class may have begun in the one before it."""
    days = (assessed_on, assessed_on - _A_YEAR)
    for day in days if policy.shape in IN_CLASSES else days[:1]:
        if period := policy.period(day):
            yield period.name


def _class(result: Result) -> ClassId:
    if result.institution_id is None or result.class_no is None:
        raise RowFault(CLASS_NO, "class_missing")
    return ids.class_id(result.institution_id, result.class_no)


def brought_by(found: Voucher, result: Result) -> Event | None:
    """The event by which this very result reached the voucher before, if it did."""
    verb = Verb.ASSESS if result.passed else Verb.FAIL
    for event in history.events(found.history):
        if event.do == verb and event.set.get("certificate_no") == result.certificate_no:
            return event
    return None
