"""The demo's clients: a handful of threads, each with kept-alive connections.

Here: doing many like things at once, and stopping at the first that fails.
Not here: what is done.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from typing import TypeVar

from ops.demo.screen import Step

CLIENTS = 4

Job = TypeVar("Job")
Result = TypeVar("Result")


def together(
    act: Callable[[Job], Result], jobs: Iterable[Job], step: Step, weight: Callable[[Job], int]
) -> list[Result]:
    """Do `act` on every job with four clients; results stand in the order of the jobs.

    The first failure, or Ctrl-C, drops what has not begun and is raised here.
    """
    queue = list(jobs)
    crew = ThreadPoolExecutor(CLIENTS, thread_name_prefix="client")
    try:
        futures = {crew.submit(act, job): index for index, job in enumerate(queue)}
        return _gather(futures, queue, step, weight)
    finally:
        crew.shutdown(wait=True, cancel_futures=True)


def one_each(job: object) -> int:
    """The weight of a job that counts as one."""
    return 1


def _gather(
    futures: dict[Future[Result], int],
    queue: Sequence[Job],
    step: Step,
    weight: Callable[[Job], int],
) -> list[Result]:
    results: dict[int, Result] = {}
    for future in as_completed(futures):
        index = futures[future]
        results[index] = future.result()
        step.advance(weight(queue[index]))
    return [results[index] for index in range(len(queue))]
