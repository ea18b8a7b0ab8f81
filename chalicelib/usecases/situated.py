"""The situation of vouchers: what the stores know of them, as the rules ask for it.

Of classes, check-ins, institutions, fellow learners and earlier vouchers only what the policy's
own words can ask for is loaded; nothing is decided here. What nobody records yet stays absent.
"""

from collections.abc import Sequence
from datetime import date

from chalicelib.policy import Policy
from chalicelib.rules import calendar, history
from chalicelib.rules.ids import OrganisationId, VoucherId
from chalicelib.rules.moves import Shape, State, Verb
from chalicelib.rules.person import Person
from chalicelib.rules.principal import OrganisationKind
from chalicelib.rules.situation import Course, Earlier, Event, Fees, Result, Situation
from chalicelib.rules.voucher import Voucher
from chalicelib.store import organisations, people

from . import taught_facts
from .show import held_of
from .taught_facts import ClassFacts

_EVENTS = {Verb.ISSUE: Event.ISSUE, Verb.CLAIM: Event.CLAIM, Verb.ENROL: Event.ENROLMENT}


def situated(found: Sequence[Voucher], policy: Policy, on: date) -> dict[VoucherId, Situation]:
    """What is known of these vouchers' ways so far, by voucher."""
    asked = policy.asked
    known = {person.id: person for person in people.load_all({one.person_id for one in found})}
    courses = taught_facts.of(found, policy, asked, on)
    kinds = _kinds(found) if "institution_kind" in asked else {}
    earlier = {}
    if "earlier" in asked:
        earlier = {one.id: _earlier(one, policy, on) for one in found}
    return {
        one.id: _situation(
            one, known[one.person_id], courses.get(one.id), kinds, earlier.get(one.id, ())
        )
        for one in found
        if one.person_id in known
    }


def _situation(
    found: Voucher,
    person: Person,
    course: ClassFacts | None,
    kinds: dict[OrganisationId, str],
    earlier: tuple[Earlier, ...],
) -> Situation:
    terms, into = found.terms, course or ClassFacts()
    return Situation(
        person=person.known,
        course=Course(
            occupation=terms.occupation,
            level=terms.level,
            kind=into.kind,
            mode=into.mode,
            hours=into.hours,
            days=into.days,
        ),
        institution_kind=_taught_by(found, kinds),
        district=terms.district,
        fees=Fees(paid_by=terms.paid_by),
        events=_days(found, course),
        result=Result(passed=_passed(found), certificate_no=terms.certificate_no),
        attendance=into.attendance,
        training_class=into.outcome,
        earlier=earlier,
    )


def _taught_by(found: Voucher, kinds: dict[OrganisationId, str]) -> str | None:
    """Who verified it teaches; where nobody verifies, an enterprise does (二.(三))."""
    if found.shape is Shape.ISSUE_ONLY:
        return OrganisationKind.ENTERPRISE.value
    return kinds.get(found.terms.verified_by) if found.terms.verified_by else None


def _passed(found: Voucher) -> bool | None:
    """The result; None before there is one."""
    if found.terms.assessed_on is None:
        return None
    return found.state is not State.CLOSED


def _days(found: Voucher, course: ClassFacts | None) -> dict[Event, date]:
    """The days of its class, and of its moves; of a move made again, the last."""
    days = dict(course.events) if course else {}
    days |= {
        _EVENTS[Verb(event.do)]: calendar.civil_date(calendar.instant(event.at))
        for event in history.events(found.history)
        if event.do in _EVENTS
    }
    if found.terms.assessed_on:
        days[Event.CERTIFICATE] = date.fromisoformat(found.terms.assessed_on)
    return days


def _kinds(found: Sequence[Voucher]) -> dict[OrganisationId, str]:
    """The kinds of the institutions that verified the vouchers."""
    wanted = {one.terms.verified_by for one in found if one.terms.verified_by}
    return {each: organisations.load(each).kind.value for each in wanted}


def _earlier(found: Voucher, policy: Policy, on: date) -> tuple[Earlier, ...]:
    """What the person's other vouchers of the programme came to, paid or promised already.

    Each on the day that governs caps, so that one course counts in one year, whoever settles when;
    without what other funds stacked on it.
    """
    held = held_of(found.person_id, policy, on)
    others = [one for one in held if one.id != found.id and one.terms.proposal_id is not None]
    event = Event(policy.governed_by("caps") or Event.SETTLEMENT)
    courses = taught_facts.of(others, policy, frozenset({f"events.{event}"}), on)
    stacked = _stacking(policy)
    return tuple(
        Earlier(
            programme=one.programme,
            on=_days(one, courses.get(one.id)).get(event, _proposed_on(one)),
            amount_fen=sum(owed.amount_fen for owed in one.terms.owed if owed.fund not in stacked),
            fund=one.terms.fund,
            occupation=one.terms.occupation,
            level=one.terms.level,
        )
        for one in others
    )


def _stacking(policy: Policy) -> frozenset[str]:
    """The funds that ever top an amount up: caps are of the amount itself."""
    values = policy.parameters.get("top_ups", {"values": ()})["values"]
    return frozenset(line["fund"] for entry in values for line in entry.get("value", ()))


def _proposed_on(found: Voucher) -> date:
    last = [event for event in history.events(found.history) if event.do == Verb.PROPOSE][-1]
    return calendar.civil_date(calendar.instant(last.at))
