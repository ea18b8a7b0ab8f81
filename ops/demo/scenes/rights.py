"""Who has no right gets nothing: no token, a right that has ended.

Here: the two refusals. Not here: the refusal of one's own proposal; see settlement.
"""

from ops.demo.scenes.problems import look_at_problem
from ops.demo.world import World
from ops.failures import must_refuse


def turned_away(world: World) -> None:
    """Without a token: 401. With a right that ended last year: 403."""
    with world.screen.step("without a token") as step:
        answer = world.api.get("/me", None)
        step.note = world.note_refusal(must_refuse(answer, 401, "unauthenticated"))
    with world.screen.step("with a right that has ended") as step:
        former = world.tokens.staff(world.story.cast.former)
        path = f"/lines?work=held:{world.story.districts[0]}"
        answer = must_refuse(world.api.get(path, former, "zh-CN"), 403, "not_in_office")
        look_at_problem(answer)
        step.note = world.note_refusal(answer)
