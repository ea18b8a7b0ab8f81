"""The national platform of the story: the simulator, started as a program of its own.

Here: its arguments and its end. Not here: anything it does.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ops.failures import StepFailedError

PATIENCE_S = 240


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
        done = subprocess.run(
            [sys.executable, "-m", "sim.national", *arguments],
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        if done.returncode != 0:
            raise StepFailedError(
                "the national platform's simulator",
                f"ended with {done.returncode}: {done.stderr.strip()[-800:]}",
                "run it by hand with the same arguments: "
                "python -m sim.national " + " ".join(arguments),
            )
        work: dict[str, int] = json.loads(done.stdout)
        return work
