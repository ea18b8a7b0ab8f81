"""The national platform of the story: the simulator, started with what the template tells.

Here: its arguments. Not here: how it runs, or anything it does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ops.demo.program import run_program


@dataclass(frozen=True)
class NationalProgram:
    """How it is started: it gets two queues, its key, the city's, its own file and a clock."""

    outputs: Mapping[str, str]
    memory: Path
    environment: Mapping[str, str]

    def answer(self, now: datetime, idle_s: float) -> dict[str, int]:
        """Run it from `now` until it is idle so long; what it heard, said, and still owes.

        Raises StepFailedError.
        """
        arguments = [
            *("--events", self.outputs["NationalQueue"]),
            *("--results", self.outputs["NationalResultsQueue"]),
            *("--key", self.outputs["NationalKey"], "--city-key", self.outputs["PeopleKey"]),
            *("--memory", str(self.memory), "--now", now.isoformat(), "--idle-s", str(idle_s)),
        ]
        return run_program("sim.national", arguments, self.environment)
