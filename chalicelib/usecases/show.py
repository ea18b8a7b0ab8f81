"""Reading what concerns the caller; what is absent and what is not his answer alike."""

from datetime import date, datetime

from chalicelib.errors import NotFound
from chalicelib.policy import Policy
from chalicelib.policy.limits import ordinals
from chalicelib.rules import calendar, ids
from chalicelib.rules.ids import ClassId, PersonId, VoucherId
from chalicelib.rules.person import Person
from chalicelib.rules.principal import Principal, Right
from chalicelib.rules.teaching import TrainingClass
from chalicelib.rules.voucher import Voucher
from chalicelib.store import classes, people, programmes, vouchers


def me(principal: Principal) -> Person:
    """The caller's own profile, masked."""
    return people.load(principal.worker_id)


def mine(principal: Principal, now: datetime) -> list[Voucher]:
    """The caller's vouchers of every period so far, the newest period first."""
    return held_ever(principal.worker_id, now)


def held_ever(person_id: PersonId, now: datetime) -> list[Voucher]:
    """A person's vouchers of every period begun by now; their ids are computed, not searched."""
    today = calendar.civil_date(now)
    wanted = {
        ids.voucher_id(person_id, policy.programme, period, ordinal)
        for policy in map(programmes.by_hash, programmes.in_force(today).values())
        for period in policy.periods(today)
        for ordinal in ordinals(policy)
    }
    found = vouchers.load_all(wanted)
    by_programme = sorted(found, key=lambda voucher: (voucher.programme, voucher.ordinal))
    return sorted(by_programme, key=lambda voucher: voucher.period, reverse=True)


def one(principal: Principal, voucher_id: VoucherId) -> tuple[Voucher, Person]:
    """A voucher with its holder, for those it concerns; NotFound for everybody else."""
    found = vouchers.load(voucher_id)
    if not _concerns(principal, found):
        raise NotFound("voucher")
    return found, people.load(found.person_id)


def held_of(person_id: PersonId, policy: Policy, on: date) -> list[Voucher]:
    """A person's vouchers of one programme, of every period begun by that day, in no order."""
    return vouchers.load_all(
        ids.voucher_id(person_id, policy.programme, period, ordinal)
        for period in policy.periods(on)
        for ordinal in ordinals(policy)
    )


def holder(voucher: Voucher) -> Person:
    """Who holds a voucher that the caller has just moved, masked."""
    return people.load(voucher.person_id)


def held_by(principal: Principal, voucher_id: VoucherId) -> Voucher:
    """A voucher of the caller's own; NotFound for any other."""
    found = vouchers.load(voucher_id)
    if found.person_id != principal.worker_id:
        raise NotFound("voucher")
    return found


def _concerns(principal: Principal, voucher: Voucher) -> bool:
    if principal.person_id is not None:
        return voucher.person_id == principal.person_id
    organisation = principal.organisation
    if organisation is not None and voucher.terms.verified_by == organisation.id:
        return True
    return Right.VOUCHER_VIEW in principal.rights and principal.supervises(voucher.terms.district)


def training_class(principal: Principal, class_id: ClassId) -> TrainingClass:
    """A class, for its institution and those who supervise it; NotFound for everybody else."""
    found = classes.load(class_id)
    own = principal.organisation is not None and found.institution_id == principal.organisation.id
    if not own and not principal.supervises(found.district):
        raise NotFound("class")
    return found
