"""The bank of the story: the simulator, started as a program of its own.

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

IDLE_S = 2
PATIENCE_S = 180


@dataclass(frozen=True)
class BankProgram:
    """How the bank is started: all it gets is two queues, its key, its own file and a clock."""

    outputs: Mapping[str, str]
    ledger: Path
    environment: Mapping[str, str]

    def open_for_business(self, now: datetime) -> dict[str, int]:
        """Run the bank from `now` until it is idle; what it took and sent.

        Raises StepFailedError.
        """
        arguments = [
            *("--orders", self.outputs["BankQueue"], "--results", self.outputs["BankResultsQueue"]),
            *("--key", self.outputs["BankKey"], "--ledger", str(self.ledger)),
            *("--now", now.isoformat(), "--idle-s", str(IDLE_S)),
        ]
        done = subprocess.run(
            [sys.executable, "-m", "sim.bank", *arguments],
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        if done.returncode != 0:
            raise StepFailedError(
                "the bank simulator",
                f"ended with {done.returncode}: {done.stderr.strip()[-800:]}",
                "run it by hand with the same arguments: python -m sim.bank " + " ".join(arguments),
            )
        work: dict[str, int] = json.loads(done.stdout)
        return work
