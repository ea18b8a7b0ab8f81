"""What the city aims at in its year, by programme, and in the courses by district.

The notice's own proportion: ten used of a hundred issued (一、工作目标: 50 万张, 5 万张).
"""

from dataclasses import dataclass

from sim.city.amounts import CERTIFICATE, CHECK_IN, TRAINING
from sim.city.places import DISTRICTS

YEAR = "2026"
ISSUED_PERCENT = {TRAINING: 60, CERTIFICATE: 3, CHECK_IN: 2}
USED_PERCENT = 10


@dataclass(frozen=True)
class Target:
    """Vouchers to be issued and used in the year; of the whole city where no district is named."""

    programme: str
    district: str
    year: str
    issued: str
    used: str


def make_targets(workers: int) -> tuple[Target, ...]:
    """Return the targets of a city of so many workers."""
    wanted = {programme: workers * percent // 100 for programme, percent in ISSUED_PERCENT.items()}
    city = [_target(programme, "", issued) for programme, issued in wanted.items()]
    share, left = divmod(wanted[TRAINING], len(DISTRICTS))
    districts = [
        _target(TRAINING, district.code, share + (number < left))
        for number, district in enumerate(DISTRICTS)
    ]
    return (*city, *districts)


def _target(programme: str, district: str, issued: int) -> Target:
    return Target(programme, district, YEAR, str(issued), str(issued * USED_PERCENT // 100))
