"""`voucherctl demo`, which `make demo` calls.

Here: its options, its exit code, what is said when it cannot go on. Not here: the story.
"""

import shutil
import time
from pathlib import Path
from typing import Annotated

import typer
from botocore.exceptions import BotoCoreError, ClientError

from infra.background import StubbornError
from infra.deploy import DeploymentError
from infra.local_cloud import CloudError
from infra.package import PackagingError
from ops import exits
from ops.api import UnreachableError
from ops.demo import verdict as closing
from ops.demo.performance import Places, perform
from ops.demo.screen import Screen, plain_or_live
from ops.failures import StepFailedError
from ops.operator import Json
from ops.showing import show_json
from sim.city import make_city

ROOT = Path(__file__).resolve().parents[2]
CLOUD_FAILURES = (
    *(CloudError, DeploymentError, PackagingError, StubbornError),
    *(BotoCoreError, ClientError),
)
LONGEST_FAILURE = 2000
SEE_LOG = "the cloud's own log of this run, if it came so far, is build/demo-failure.log"

Seed = Annotated[int | None, typer.Option(help="play another city, made from this seed")]
Workers = Annotated[int, typer.Option(help="how many live in a city made from --seed")]
Result = Annotated[Path, typer.Option(help="where the result is written")]


def demo(
    seed: Seed = None,
    workers: Workers = 5000,
    result: Result = ROOT / "build" / "demo.json",
    as_json: Json = False,
) -> None:
    """Play the sample city's whole year on a local cloud of its own and check the books.

    Ends with 0 only when every count is the expected one and the checker finds no breach.
    """
    started = time.monotonic()
    screen = Screen(plain_or_live(stderr=as_json))
    verdict = None
    try:
        samples = ROOT / "samples" if seed is None else _another_city(seed, workers, screen)
        verdict = perform(Places(ROOT, samples, ROOT / "policies" / "shanghai"), screen)
    except StepFailedError as failure:
        screen.failure(f"{failure.step}: {failure.found}", f"{failure.advice}; {SEE_LOG}")
    except (UnreachableError, *CLOUD_FAILURES) as failure:
        screen.failure(str(failure)[:LONGEST_FAILURE], SEE_LOG)
    except KeyboardInterrupt as stopped:
        screen.failure("stopped by Ctrl-C", "what it started is ended; nothing is left to mend")
        raise typer.Exit(exits.INTERRUPTED) from stopped
    if verdict is None:
        raise typer.Exit(exits.REFUSED)
    seconds = time.monotonic() - started
    closing.write_result(result, verdict, seconds)
    closing.show_verdict(screen, verdict, seconds)
    if as_json:
        show_json({**verdict.counts, "breaches": list(verdict.breaches), "seconds": seconds})
    raise typer.Exit(exits.DONE if verdict.passed else exits.REFUSED)


def _another_city(seed: int, workers: int, screen: Screen) -> Path:
    folder = ROOT / "build" / f"samples-{seed}"
    with screen.step(f"a city of {workers} is made from seed {seed}"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, content in make_city(seed=seed, workers=workers).items():
            (folder / name).write_bytes(content)
    return folder
