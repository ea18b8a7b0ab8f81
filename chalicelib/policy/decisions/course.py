"""Course: whether a claim stands for the course that became known after it (notice 二.(一)).

Who may claim is judged on the day of the claim; what a line says of the course, of who teaches it
and of who paid, is asked once that is known: at the enrolment, or when the certificate comes.
"""

from datetime import date

from chalicelib.errors import Refused
from chalicelib.policy.compiled import Policy
from chalicelib.rules.condition import OF_THE_COURSE
from chalicelib.rules.decision import Decision
from chalicelib.rules.eligibility import ELIGIBLE, eligible
from chalicelib.rules.situation import Event, Situation
from chalicelib.rules.trace import Trace

from .file import decided


def asked(policy: Policy, on: date) -> bool:
    """Whether who may claim on that day depends on the course too."""
    lines = policy.eligible(on)
    return any(word in OF_THE_COURSE for line in lines for word in line.condition.wanted)


def decide(policy: Policy, situation: Situation, on: date) -> Decision:
    """Yes where a line means this person with this course, else `not_for_this_course`."""
    return decided(policy, situation, on, (meant,))


def meant(policy: Policy, situation: Situation, on: date, trace: Trace) -> Refused | None:
    """What keeps the course from being his, judged on the day of the claim where that is known."""
    claimed_on = situation.events.get(Event.CLAIM, on)
    ruling = policy.ruling("eligible", claimed_on)
    if ruling is None or not asked(policy, claimed_on):
        return None
    open_to = eligible(ruling.value, situation, claimed_on)
    trace.add(ruling, {"occupation": situation.occupation, "level": situation.level}, open_to)
    facts = {"programme": policy.programme}
    return None if open_to else Refused("not_for_this_course", ELIGIBLE, facts=facts)
