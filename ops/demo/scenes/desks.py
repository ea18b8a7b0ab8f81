"""Workers show their codes at the institutions' desks.

Here: reading the sixty-second code and verifying it. Not here: enrolment.
"""

from ops.demo.story import Verification
from ops.demo.world import World
from ops.failures import must, must_refuse


def verify_all(world: World) -> None:
    """Every desk scans its workers' codes, each within its minute."""

    def verify(row: Verification) -> None:
        _verify(world, row)

    world.all_together("codes shown and verified", verify, world.story.verifications[1:])


def code_shown_twice(world: World) -> None:
    """The first worker's code, photographed and shown again, opens nothing."""
    row = world.story.verifications[0]
    with world.screen.step("a code shown again") as step:
        code = _verify(world, row)
        path, desk = _desk(world, row)
        again = must_refuse(world.api.post(path, desk, {"code": code}), 409, "code_spent")
        step.note = world.note_refusal(again)


def _verify(world: World, row: Verification) -> str:
    voucher_id = world.notebook.vouchers[row.person, row.programme]
    shown = must(world.api.get(f"/vouchers/{voucher_id}/code", world.worker(row.person)), 200)
    path, desk = _desk(world, row)
    must(world.api.post(path, desk, {"code": shown.json["code"]}), 201)
    return str(shown.json["code"])


def _desk(world: World, row: Verification) -> tuple[str, str]:
    voucher_id = world.notebook.vouchers[row.person, row.programme]
    desk = world.tokens.staff(world.story.cast.desks[row.institution])
    return f"/vouchers/{voucher_id}/verification", desk
