"""What must have happened by the end of the story, counted from the city alone.

Issued to approved, and expired, count vouchers of all three programmes that ever reached the
state; a failed examination closes a voucher, which then was never assessed. checked_in counts
records of a lesson and a learner; abnormal those that no tap made good. paid counts vouchers ever
paid in full, written_off and paid_fen what stands at the end, less returns. A voucher is used once
enrolled, or assessed where there is no class; all others expire.
"""

from collections import Counter

from sim.city.amounts import CERTIFICATE, CHECK_IN, FUNDS, TRAINING, is_eligible
from sim.city.city import City
from sim.city.files import Json
from sim.city.moments import CLAIM_DAY
from sim.city.pool import UNEMPLOYED
from sim.city.settlement import abnormal_records

PAID = ("paid", "returned")


def batch_issued(city: City) -> set[tuple[str, str]]:
    """Return the vouchers of the proactive batch: the eligible registered unemployed (二.(一))."""
    return {
        (person.document_number, TRAINING)
        for person in city.people
        if person.group == UNEMPLOYED and is_eligible(person, CLAIM_DAY)
    }


def _by_programme(city: City) -> dict[str, dict[str, int]]:
    """The funnel of each programme, from issued to expired."""
    claims = {(person.document_number, programme) for person, programme in city.cast.claims}
    reached = {
        "issued": Counter(programme for _, programme in batch_issued(city) | claims),
        "claimed": Counter(programme for _, programme in claims),
        "verified": Counter(programme for _, programme, _ in city.cast.verifications),
        "enrolled": Counter(seat.training_class.programme for seat in city.cast.learners),
        "assessed": Counter(result.programme for result in city.results if result.passed),
        "approved": Counter(payment.programme for payment in city.payments),
        "paid": Counter(each.programme for each in city.payments if each.fate in PAID),
        "written_off": Counter(each.programme for each in city.payments if each.fate == "paid"),
    }
    funnels = {}
    for programme in (TRAINING, CERTIFICATE, CHECK_IN):
        funnel = {stage: counts[programme] for stage, counts in reached.items()}
        used = funnel["assessed"] if programme == CERTIFICATE else funnel["enrolled"]
        funnels[programme] = funnel | {"expired": funnel["issued"] - used}
    return funnels


def expected(city: City) -> dict[str, int]:
    """Return the figures that a run of the story must show."""
    funnels = _by_programme(city).values()
    totals = {stage: sum(funnel[stage] for funnel in funnels) for stage in next(iter(funnels))}
    records = {(tap.learner.person.document_number, tap.lesson_no) for tap in city.check_ins}
    return totals | {
        "refused_rows": len(city.roster.refusals),
        "checked_in": len(records),
        "abnormal": len(abnormal_records(city.check_ins)),
        "returned": sum(each.fate == "returned" for each in city.payments),
        "paid_fen": sum(each.amount_fen for each in city.payments if each.fate == "paid"),
    }


def summary(city: City) -> Json:
    """Return what the figures are made of, for whoever must find out why one differs."""
    taps = Counter(tap.outcome for tap in abnormal_records(city.check_ins).values())
    funds = {}
    for programme, fund in FUNDS.items():
        lines = [each for each in city.payments if each.programme == programme]
        funds[fund] = {
            f"{fate}_fen": sum(each.amount_fen for each in lines if each.fate == fate)
            for fate in ("paid", "returned", "rejected", "kept")
        }
    return {
        "refusals": [vars(refusal) for refusal in city.roster.refusals],
        "programmes": _by_programme(city),
        "abnormal": dict(taps),
        "fates": dict(Counter(each.fate for each in city.payments)),
        "paid_to": dict(Counter(each.payee for each in city.payments if each.fate in PAID)),
        "held": sum(each.is_held for each in city.payments),
        "failed": sum(not result.passed for result in city.results),
        "groups": dict(Counter(person.group for person in city.people)),
        "funds": funds,
    }
