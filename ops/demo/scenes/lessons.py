"""Learners check in at the teaching place, lesson by lesson.

Here: the taps of one moment. Not here: what an outcome leads to.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from ops.demo.story import CheckIn
from ops.demo.world import World
from ops.failures import must, unexpected


def check_in_all(world: World, moment: str) -> None:
    """All taps of this moment; each must have the outcome that the story tells."""

    def tap_in_turn(taps: Sequence[CheckIn]) -> list[str]:
        return [_tap(world, tap) for tap in taps]

    rows = sorted(
        (row for row in world.story.check_ins if row.moment == moment),
        key=lambda row: (row.person, row.programme, row.lesson_no, row.attempt),
    )
    # One person's taps stay in their order: a second try follows the first.
    by_person = [tuple(taps) for _, taps in groupby(rows, key=lambda row: row.person)]
    outcomes: Counter[str] = Counter()
    for told in world.all_together("check-ins", tap_in_turn, by_person, weight=len):
        outcomes.update(told)
    world.screen.tell(" · ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common()))


def _tap(world: World, row: CheckIn) -> str:
    voucher_id = world.notebook.vouchers[row.person, row.programme]
    body = {
        "position": {
            "longitude": row.longitude,
            "latitude": row.latitude,
            "datum": row.datum,
            "accuracy_m": row.accuracy_m,
        },
        "device_time": row.device_time,
    }
    path = f"/vouchers/{voucher_id}/lessons/{row.lesson_no}/check-ins"
    answer = must(world.api.post(path, world.worker(row.person), body), 201)
    outcome = answer.json["attempt_outcome"]
    if outcome != row.expected:
        raise unexpected(answer, f"the outcome {row.expected}")
    return str(outcome)
