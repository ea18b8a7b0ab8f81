"""One performance of the story, from an empty machine to the verdict.

Here: the order of its parts. Not here: any part.
"""

from dataclasses import dataclass
from pathlib import Path

from ops.demo import verdict as closing
from ops.demo.arrival import arrive
from ops.demo.audit import audit
from ops.demo.city import standing_city
from ops.demo.play import play
from ops.demo.precheck import precheck
from ops.demo.scenes import explaining, figures
from ops.demo.screen import Screen
from ops.demo.story import read_story
from ops.demo.verdict import Verdict
from ops.demo.world import World
from ops.failures import must


@dataclass(frozen=True)
class Places:
    """Where a performance finds and leaves its things."""

    root: Path
    samples: Path
    policies: Path

    @property
    def build(self) -> Path:
        """What the project makes lies here, and is never committed."""
        return self.root / "build"


def perform(places: Places, screen: Screen) -> Verdict:
    """Raise a city, play the story in it, have it checked, show the tables, end the city.

    Raises StepFailedError, UnreachableError and infra's errors; the city is ended even then.
    """
    precheck(places.root, places.samples)
    story = read_story(places.samples)
    log = places.build / "demo-failure.log"
    screen.scene("an empty city")
    with standing_city(places.build / "demo-city", story, screen, log) as city:
        world = arrive(
            city.deployed,
            places.samples,
            places.policies,
            screen,
            city.set_offset,
            city.offset_s,
        )
        play(world)
        screen.scene("the books are checked")
        with screen.step("every table dumped and checked"):
            report = audit(city.deployed)
        expected = closing.read_expected(places.samples)
        verdict = Verdict(report.counts, expected, tuple(map(str, report.breaches)))
        _show_tables(world, verdict)
    return verdict


def _show_tables(world: World, verdict: Verdict) -> None:
    closing.show_funnel(world.screen, verdict)
    token = world.tokens.staff(world.story.cast.approver)
    budgets = must(world.api.get("/budgets", token), 200).json["budgets"]
    closing.show_money(world.screen, budgets)
    closing.show_figures(world.screen, figures.of_the_year(world))
    closing.show_explanation(world.screen, *explaining.of_a_payment(world))
