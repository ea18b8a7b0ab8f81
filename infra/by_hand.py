"""Runs a packaged function in a Python that has nothing but its zip, its layer and an event.

What a run tells is a fact about the package: which modules it loads, what it costs. Whether that
is well is decided by who asks.
"""

import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from infra import deploy
from infra.passing_city import City

_PROGRAM: Final = """
import importlib, json, sys, time

class Context:
    aws_request_id = "request-1"
    function_name = log_group_name = log_stream_name = "function"
    invoked_function_arn = "arn:aws:lambda:us-east-1:000000000000:function:function"
    memory_limit_in_mb = 512
    def get_remaining_time_in_millis(self): return 20_000

job = json.load(sys.stdin)
sys.path[:0] = job["path"]
told = {"answer": None, "failure": "", "before_s": time.process_time()}
module, handler = job["handler"].rsplit(".", 1)
function = getattr(importlib.import_module(module), handler)
told["imported"] = sorted(sys.modules)
if job["event"] is not None:
    try:
        told["answer"] = function(job["event"], Context())
    except Exception as failure:
        told["failure"] = f"{type(failure).__name__}: {failure}"
told["cpu_s"] = time.process_time() - told.pop("before_s")
told["used"] = sorted(sys.modules)
sys.stdout.write("\\n" + json.dumps(told))
"""


class Outcome(msgspec.Struct, frozen=True):
    """What a run told: modules after import and after the event, CPU seconds, its answer."""

    imported: list[str]
    used: list[str]
    cpu_s: float
    answer: Any
    failure: str


@dataclass(frozen=True)
class Unpacked:
    """The folders of a package's two zips, as a function finds them on its path."""

    template: Mapping[str, Any]
    app: Path
    site_packages: Path


def unpack(package_folder: Path, folder: Path) -> Unpacked:
    """Unpack a package's zips beneath `folder`."""
    for name in ("deployment", "layer-deployment"):
        with zipfile.ZipFile(package_folder / f"{name}.zip") as zipped:
            zipped.extractall(folder / name)
    (site_packages,) = (folder / "layer-deployment" / "python" / "lib").glob("*/site-packages")
    template = json.loads((package_folder / "template.json").read_text())
    return Unpacked(template, folder / "deployment", site_packages)


def environment_of(city: City, function: str) -> dict[str, str]:
    """The variables that the deployment gives a function, and those that lead to its cloud."""
    configuration = deploy.client(city.cloud, "lambda").get_function_configuration(
        FunctionName=city.stack.functions[function]
    )
    variables: dict[str, str] = configuration["Environment"]["Variables"]
    return {**variables, **city.cloud.environment(), "AWS_REGION": "us-east-1"}


def run(
    path: Sequence[Path], handler: str, event: Mapping[str, Any] | None, environment: dict[str, str]
) -> Outcome:
    """Import the handler and, given an event, call it once. Raises CalledProcessError."""
    job = {"path": [str(folder) for folder in path], "handler": handler, "event": event}
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _PROGRAM],
        input=json.dumps(job),
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Outcome)


def import_costs_us(path: Sequence[Path], module: str, environment: dict[str, str]) -> str:
    """What `python -X importtime` writes about importing a module."""
    program = f"import sys; sys.path[:0] = {[str(folder) for folder in path]!r}; import {module}"
    command = [sys.executable, "-I", "-S", "-X", "importtime", "-c", program]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True
    ).stderr
