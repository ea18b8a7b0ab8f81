"""The classes: where, when and what is taught, before anybody sits in them.

Twelve in the large city, on the same three days at staggered hours, each at another institution;
the last ones are for holders of the check-in voucher. One more would begin too soon and is
refused.
"""

from dataclasses import dataclass

from sim.city.amounts import CHECK_IN, TRAINING
from sim.city.dice import Dice
from sim.city.moments import FIRST_LESSONS, LATE_CLASS_DAYS, LESSON_DAYS, Lesson, timetable
from sim.city.organisations import Organisation, training_institutions
from sim.city.sites import Site
from sim.city.sizes import Size
from sim.city.trades import ORDINARY_OCCUPATIONS, URGENT_OCCUPATIONS

CLASS_LEVELS = ("五级", "四级", "三级", "四级", "五级", "二级", "三级", "四级", "五级", "一级")


@dataclass(frozen=True)
class TrainingClass:
    """A class as it is filed. `learners_wanted` of its `capacity` seats will be taken."""

    class_no: str
    programme: str
    institution: Organisation
    site: Site
    occupation: str
    level: str
    capacity: int
    learners_wanted: int
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True)
class Timetables:
    """All classes of the city, and the one that is filed too late."""

    classes: tuple[TrainingClass, ...]
    late_class: TrainingClass

    @property
    def subsidised(self) -> list[TrainingClass]:
        """The classes that money follows."""
        return [each for each in self.classes if each.programme == TRAINING]


def _occupations(dice: Dice, count: int) -> list[str]:
    """Urgent and ordinary occupations in turn."""
    urgent, ordinary = dice.shuffled(URGENT_OCCUPATIONS), dice.shuffled(ORDINARY_OCCUPATIONS)
    return [(ordinary if n % 2 else urgent)[n // 2 % 4] for n in range(count)]


def make_timetables(
    seed: int, size: Size, organisations: tuple[Organisation, ...], sites: tuple[Site, ...]
) -> Timetables:
    """Return the city's classes; levels and occupations are spread whatever the seed."""
    dice = Dice(seed, "classes")
    count = size.subsidised_classes + size.check_in_classes + 1
    hosts = dice.sample(training_institutions(organisations), count)
    occupations = _occupations(dice, count)
    turn = dice.between(0, 2)
    made = []
    for number, host in enumerate(hosts, start=1):
        wanted = dice.between(*size.learners)
        is_late = number == count
        made.append(
            TrainingClass(
                class_no=f"SH2026-{number:02d}",
                programme=TRAINING if number <= size.subsidised_classes or is_late else CHECK_IN,
                institution=host,
                site=dice.pick([site for site in sites if site.organisation_code == host.code]),
                occupation=occupations[number - 1],
                level=CLASS_LEVELS[(number - 1) % len(CLASS_LEVELS)],
                capacity=wanted + dice.between(1, 4),
                learners_wanted=wanted,
                lessons=timetable(
                    LATE_CLASS_DAYS if is_late else LESSON_DAYS,
                    FIRST_LESSONS[(number + turn) % len(FIRST_LESSONS)],
                ),
            )
        )
    return Timetables(tuple(made[:-1]), made[-1])
