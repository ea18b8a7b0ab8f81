"""The bank of the story: the simulator, started with what the template tells.

Here: its arguments. Not here: how it runs, or anything it does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ops.demo.program import run_program

IDLE_S = 2


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
        return run_program("sim.bank", arguments, self.environment)
