"""A worker of one batch, alone in its process, that tells at the end what it took.

`python -m infra.bench.batch_worker RUN_ID`, in the environment of the city that register.py opens.
"""

import json
import sys
import time

from chalicelib.rules.ids import RunId
from chalicelib.usecases import work_run
from infra.bench.memory import peak_mb
from tests.builders import MONDAY


def main(run_id: str) -> None:
    """Works the run to its end."""
    begun_s, begun_cpu_s = time.perf_counter(), time.process_time()
    run = work_run.work_run(RunId(run_id), MONDAY, lambda: False)
    told = {
        "state": run.state.value,
        "issued": run.applied,
        "seconds": time.perf_counter() - begun_s,
        "cpu_s": time.process_time() - begun_cpu_s,
        "peak_mb": peak_mb(),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1])
