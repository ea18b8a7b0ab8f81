"""The whole city from one seed: every part made once, in the order in which it depends."""

from dataclasses import dataclass

from sim.city.accounts import make_accounts
from sim.city.casting import Cast, make_cast
from sim.city.check_ins import CheckIn, make_check_ins
from sim.city.classes import Timetables, make_timetables
from sim.city.organisations import Organisation, make_organisations
from sim.city.people import Person, make_people
from sim.city.results import Result, make_results
from sim.city.roster import Roster, make_roster
from sim.city.settlement import Payment, make_payments
from sim.city.sites import Site, make_sites
from sim.city.sizes import size_of
from sim.city.spoiling import STRANGERS
from sim.city.staff import StaffMember, make_staff


@dataclass(frozen=True)
class City:
    """All that the files are written from."""

    seed: int
    organisations: tuple[Organisation, ...]
    sites: tuple[Site, ...]
    staff: tuple[StaffMember, ...]
    people: tuple[Person, ...]
    roster: Roster
    timetables: Timetables
    cast: Cast
    check_ins: tuple[CheckIn, ...]
    results: tuple[Result, ...]
    payments: tuple[Payment, ...]


def build_city(seed: int, workers: int) -> City:
    """Return the city of a seed; ValueError for fewer workers than a story needs."""
    size = size_of(workers)
    organisations = make_organisations(seed)
    sites = make_sites(seed, organisations)
    people, strangers = make_people(seed, workers, STRANGERS)
    timetables = make_timetables(seed, size, organisations, sites)
    cast = make_cast(seed, size, organisations, people, timetables)
    results = make_results(seed, size, cast)
    passed = [each.learner for each in results if each.passed and each.learner is not None]
    check_ins = make_check_ins(seed, size, cast.learners, passed)
    payments = make_payments(seed, size, results, check_ins)
    accounts = make_accounts(seed, people + strangers, payments)
    return City(
        seed=seed,
        organisations=organisations,
        sites=sites,
        staff=make_staff(organisations),
        people=tuple(people),
        roster=make_roster(seed, people, strangers, accounts),
        timetables=timetables,
        cast=cast,
        check_ins=check_ins,
        results=results,
        payments=payments,
    )
