"""What the story's players have at hand, and what they wrote down so far.

Here: the doors into the city and the players' notebook. Not here: what they do.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from ops.api import Answer, Api
from ops.demo.bank import BankProgram
from ops.demo.clock import CityClock
from ops.demo.crew import one_each, together
from ops.demo.doors import Doors
from ops.demo.national import NationalProgram
from ops.demo.screen import Screen
from ops.demo.story import Story
from ops.demo.tokens import Tokens
from ops.runs import Run
from sim.channels.inbox import Inbox

Job = TypeVar("Job")
Result = TypeVar("Result")


@dataclass
class Notebook:
    """What the players learned from the city's answers; refusals by their code."""

    vouchers: dict[tuple[int, str], str] = field(default_factory=dict)
    class_ids: dict[str, str] = field(default_factory=dict)
    proposals: list[str] = field(default_factory=list)
    runs: dict[str, Run] = field(default_factory=dict)
    refusals: dict[str, list[Answer]] = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    """One city, from outside."""

    samples: Path
    policies: Path
    story: Story
    api: Api
    tokens: Tokens
    doors: Doors
    clock: CityClock
    bank: BankProgram
    national: NationalProgram
    inbox: Inbox
    screen: Screen
    notebook: Notebook = field(default_factory=Notebook)

    def worker(self, person: int) -> str:
        """The token of a person of the story."""
        return self.tokens.worker(self.story.people[person], self.story.channel_of(person))

    def jump_to(self, moment: str) -> None:
        """Make it that moment of the story's calendar; tokens are minted anew."""
        self.clock.jump(self.story.moments[moment])
        self.tokens.forget()

    def note_refusal(self, answer: Answer) -> str:
        """Write a refusal down and word it for the audience."""
        code = answer.code or "refused"
        self.notebook.refusals.setdefault(code, []).append(answer)
        return f"{answer.status} {code}: {answer.json.get('title', '')}"

    def all_together(
        self,
        title: str,
        act: Callable[[Job], Result],
        jobs: Iterable[Job],
        weight: Callable[[Job], int] = one_each,
    ) -> list[Result]:
        """Show a step in which the clients do `act` on every job, in parallel."""
        queue = list(jobs)
        with self.screen.step(title, total=sum(map(weight, queue))) as step:
            return together(act, queue, step, weight)
