"""What is known of a claim when its course becomes known: who claimed, and on which day."""

from dataclasses import replace
from datetime import date

from chalicelib.rules import calendar, history
from chalicelib.rules.moves import Verb
from chalicelib.rules.situation import Event, Situation
from chalicelib.rules.voucher import Voucher
from chalicelib.store import people


def with_claim(found: Voucher, known: Situation) -> Situation:
    """The situation with the holder's facts and the day of his claim."""
    person = people.load(found.person_id).known
    return replace(known, person=person, events={**known.events, Event.CLAIM: claimed_on(found)})


def claimed_on(found: Voucher) -> date:
    """The day of the last claim; that of the issue where nobody has claimed yet."""
    told = history.events(found.history)
    claims = [event for event in told if event.do == Verb.CLAIM] or [told[0]]
    return calendar.civil_date(calendar.instant(claims[-1].at))
