"""How many of everything: the city of the demo and the small city of the tests.

Only counts live here. A pair is a range, both ends included, that the seed draws from.
"""

from dataclasses import dataclass

Range = tuple[int, int]

SMALLEST_CITY = 200
SMALLEST_LARGE_CITY = 5000


@dataclass(frozen=True)
class Size:
    """The counts of one city."""

    subsidised_classes: int
    check_in_classes: int
    learners: Range
    institution_paid_classes: int
    seats_per_enterprise: Range
    late_class_hopefuls: int
    drop_outs: int
    claimed_only_of_batch: Range
    claimed_only: Range
    check_in_claimed_only: Range
    certificates: Range
    certificates_of_learners: int
    certificate_claimed_only: Range
    refused_claims: int
    absent_percent: int
    abnormal_of_each_kind: Range
    failed: Range
    missed_exam: int
    kept_held: Range
    rejected: Range


LARGE = Size(
    subsidised_classes=10,
    check_in_classes=2,
    learners=(28, 31),
    institution_paid_classes=3,
    seats_per_enterprise=(18, 24),
    late_class_hopefuls=6,
    drop_outs=9,
    claimed_only_of_batch=(70, 90),
    claimed_only=(130, 160),
    check_in_claimed_only=(45, 60),
    certificates=(72, 84),
    certificates_of_learners=18,
    certificate_claimed_only=(50, 70),
    refused_claims=6,
    absent_percent=6,
    abnormal_of_each_kind=(18, 25),
    failed=(10, 15),
    missed_exam=3,
    kept_held=(4, 6),
    rejected=(4, 6),
)
SMALL = Size(
    subsidised_classes=2,
    check_in_classes=1,
    learners=(8, 9),
    institution_paid_classes=1,
    seats_per_enterprise=(2, 2),
    late_class_hopefuls=2,
    drop_outs=1,
    claimed_only_of_batch=(2, 4),
    claimed_only=(3, 5),
    check_in_claimed_only=(1, 2),
    certificates=(10, 12),
    certificates_of_learners=2,
    certificate_claimed_only=(2, 3),
    refused_claims=2,
    absent_percent=6,
    abnormal_of_each_kind=(2, 3),
    failed=(1, 1),
    missed_exam=1,
    kept_held=(1, 1),
    rejected=(1, 1),
)


def size_of(workers: int) -> Size:
    """Return the counts for so many workers; ValueError below the smallest city."""
    if workers < SMALLEST_CITY:
        raise ValueError(f"a city needs at least {SMALLEST_CITY} workers")
    return LARGE if workers >= SMALLEST_LARGE_CITY else SMALL
