"""A simulator of the story, started as a program of its own.

Here: starting it and reading what it did. Not here: its arguments, or anything it does.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from ops.failures import StepFailedError

PATIENCE_S = 240


def run_program(
    module: str, arguments: Sequence[str], environment: Mapping[str, str]
) -> dict[str, int]:
    """Run `python -m module` to its end; what it says it did. Raises StepFailedError."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    if done.returncode != 0:
        raise StepFailedError(
            f"the simulator {module}",
            f"ended with {done.returncode}: {done.stderr.strip()[-800:]}",
            f"run it by hand with the same arguments: python -m {module} " + " ".join(arguments),
        )
    work: dict[str, int] = json.loads(done.stdout)
    return work
