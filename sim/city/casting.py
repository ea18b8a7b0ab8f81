"""Who does what: which worker claims, is verified, learns, drops out or stays away.

A worker is drawn once, but for some learners who also earn a certificate. The learners of a class
come from several groups, so that its vouchers have different ratios.
"""

from dataclasses import dataclass

from sim.city.amounts import CERTIFICATE, CHECK_IN, TRAINING
from sim.city.classes import Timetables, TrainingClass
from sim.city.dice import Dice
from sim.city.organisations import Organisation, of_kind
from sim.city.people import Person
from sim.city.pool import NOT_ELIGIBLE, UNEMPLOYED, Pool
from sim.city.sizes import Size

Claim = tuple[Person, str]


@dataclass(frozen=True)
class Learner:
    """A seat taken: who sits there and who paid the fee."""

    person: Person
    training_class: TrainingClass
    paid_by: str
    enterprise: Organisation | None = None


@dataclass(frozen=True)
class Hopeful:
    """Somebody whose voucher was verified for a class that he never joins."""

    person: Person
    training_class: TrainingClass


@dataclass(frozen=True)
class Cast:
    """Everybody who acts. The first of the hopefuls is the learner registered too late."""

    learners: tuple[Learner, ...]
    hopefuls: tuple[Hopeful, ...]
    certified: tuple[Person, ...]
    idle_claims: tuple[Claim, ...]
    refused_claims: tuple[Claim, ...]

    @property
    def late_learner(self) -> Hopeful:
        """Who is to be registered two days before the class, and refused."""
        return self.hopefuls[0]

    @property
    def claims(self) -> list[Claim]:
        """Every claim that is granted."""
        made: list[Claim] = [(seat.person, seat.training_class.programme) for seat in self.learners]
        made += [(hopeful.person, TRAINING) for hopeful in self.hopefuls]
        made += [(person, CERTIFICATE) for person in self.certified]
        return made + list(self.idle_claims)

    @property
    def verifications(self) -> list[tuple[Person, str, Organisation]]:
        """Every voucher that an institution reads: whose, of which programme, where."""
        read = [(seat.person, seat.training_class) for seat in self.learners]
        read += [(hopeful.person, hopeful.training_class) for hopeful in self.hopefuls]
        return [(person, filed.programme, filed.institution) for person, filed in read]


def _sent_by_firms(
    pool: Pool, dice: Dice, size: Size, classes: list[TrainingClass], firms: list[Organisation]
) -> list[Learner]:
    """Firms send their employees to the first classes that are not paid by the school."""
    hosts = classes[: len(classes) - size.institution_paid_classes]
    return [
        Learner(person, hosts[number % len(hosts)], "enterprise", firm)
        for number, firm in enumerate(firms)
        for person in pool.take("employee", dice.between(*size.seats_per_enterprise))
    ]


def _seats(
    pool: Pool, dice: Dice, size: Size, timetables: Timetables, firms: list[Organisation]
) -> list[Learner]:
    """Fill the classes; the last of the subsidised ones are paid for by their institution."""
    subsidised = timetables.subsidised
    seats = _sent_by_firms(pool, dice, size, subsidised, firms)
    paid_by_school = subsidised[len(subsidised) - size.institution_paid_classes :]
    for filed in timetables.classes:
        free = filed.learners_wanted - sum(seat.training_class is filed for seat in seats)
        if filed.programme == CHECK_IN:
            people, payer = pool.take(NOT_ELIGIBLE, free), "worker"
        else:
            payer = "institution" if filed in paid_by_school else "worker"
            people = pool.take_mixed(free)
        seats += [Learner(person, filed, payer) for person in people]
    return seats


def _hopefuls(pool: Pool, dice: Dice, size: Size, timetables: Timetables) -> list[Hopeful]:
    """The late learner first, then drop-outs, then those of the class filed too late."""
    stay_away = pool.take_mixed(1 + size.drop_outs)
    hopefuls = [Hopeful(person, dice.pick(timetables.subsidised)) for person in stay_away]
    kept_out = pool.take_mixed(size.late_class_hopefuls)
    return hopefuls + [Hopeful(person, timetables.late_class) for person in kept_out]


def _idle_claims(pool: Pool, dice: Dice, size: Size) -> list[Claim]:
    """Vouchers claimed and never used: they expire."""
    of_batch = pool.take(UNEMPLOYED, dice.between(*size.claimed_only_of_batch))
    idle = [(person, TRAINING) for person in of_batch]
    own = pool.take_claimants(dice.between(*size.claimed_only))
    idle += [(person, TRAINING) for person in own]
    signing = pool.take(NOT_ELIGIBLE, dice.between(*size.check_in_claimed_only))
    idle += [(person, CHECK_IN) for person in signing]
    hoping = pool.take_mixed(dice.between(*size.certificate_claimed_only))
    return idle + [(person, CERTIFICATE) for person in hoping]


def _refused_claims(pool: Pool, size: Size) -> list[Claim]:
    """Claims for the wrong kind of voucher, one way and the other."""
    half = size.refused_claims // 2
    without = [(person, TRAINING) for person in pool.take(NOT_ELIGIBLE, half)]
    return without + [(person, CHECK_IN) for person in pool.take_claimants(half)]


def make_cast(
    seed: int,
    size: Size,
    organisations: tuple[Organisation, ...],
    people: list[Person],
    timetables: Timetables,
) -> Cast:
    """Return the whole cast of the story."""
    dice = Dice(seed, "casting")
    pool = Pool(dice, people)
    seats = _seats(pool, dice, size, timetables, of_kind(organisations, "enterprise"))
    subsidised = [seat.person for seat in seats if seat.training_class.programme == TRAINING]
    certified = dice.sample(subsidised, size.certificates_of_learners)
    certified += pool.take_mixed(dice.between(*size.certificates) - len(certified))
    return Cast(
        learners=tuple(seats),
        hopefuls=tuple(_hopefuls(pool, dice, size, timetables)),
        certified=tuple(certified),
        idle_claims=tuple(_idle_claims(pool, dice, size)),
        refused_claims=tuple(_refused_claims(pool, size)),
    )
