"""Who has no right gets nothing: no token, a right that has ended.

Here: the two refusals. Not here: the refusal of one's own proposal; see settlement.
"""

from ops.demo.scenes.problems import look_at_problem
from ops.demo.world import World
from ops.failures import must_refuse, unexpected


def turned_away(world: World) -> None:
    """Without a token: 401. With a right that ended last year: 403."""
    with world.screen.step("without a token") as step:
        answer = world.api.get("/me", None)
        if answer.status != 401:
            raise unexpected(answer, "401")
        step.note = f"401 {answer.code or ''}".strip()
    with world.screen.step("with a right that has ended") as step:
        former = world.tokens.staff(world.story.cast.former)
        answer = must_refuse(world.api.get("/budgets", former, "zh-CN"), 403, "forbidden")
        step.note = f"403 forbidden · {look_at_problem(answer)}"
