"""What the first event of a fresh function costs, against a bare botocore client's first call.

CPU seconds of this machine mean little by themselves; the ratio to the same machine's bare client
holds elsewhere too.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import msgspec

from infra import by_hand, events, package, passing_city, paths
from infra.by_hand import Unpacked
from infra.passing_city import FIRST_PERMISSION_MANAGER, City
from sim.issuer import mint

BARE: Final = "a bare botocore DynamoDB client"
# CPU against the bare client; the authorizer is reported without a goal.
_GOALS: Final = {"APIHandler": "1.60", "Authorize": "", BARE: ""}
_GOAL: Final = "1.35"
_RUNS: Final = 5
_IMPORT: Final = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+([\w.]+)")
_BARE_CLIENT: Final = """
import os
import botocore.session

def handler(event, context):
    client = botocore.session.get_session().create_client("dynamodb")
    client.get_item(TableName=os.environ["RUNS_TABLE"], Key={"id": {"S": "-"}, "part": {"S": "-"}})
"""


class ColdStart(msgspec.Struct, frozen=True):
    """CPU of import and first event, as a ratio to the bare client; dearest imports in ms."""

    function: str
    cpu_ms: float
    ratio: float
    imports_ms: dict[str, float]


def measure() -> list[ColdStart]:
    """Every function of the package, and the bare client itself as the first of the list."""
    with standing() as (city, unpacked, folder):
        return _every_function(city, unpacked, folder)


@contextmanager
def standing() -> Iterator[tuple[City, Unpacked, Path]]:
    """The checkout's package on a city of its own, and a folder for what is made beside it."""
    paths.BUILD.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="bench-", dir=paths.BUILD) as name:
        folder = Path(name)
        made = package.package("local", folder / "made")
        unpacked = by_hand.unpack(made, folder)
        with passing_city.standing(made) as city:
            yield city, unpacked, folder


def first_event_ms(city: City, package: Unpacked, function: str) -> float:
    """CPU of a function's import and first event, the least of a few."""
    told = package.template["Resources"][function]["Properties"]
    environment = by_hand.environment_of(city, function)
    event = _first_event(city, package, function, told)
    return best_ms([package.app, package.site_packages], told["Handler"], event, environment)


def table(measured: list[ColdStart]) -> str:
    """The measurements as a table in Markdown."""
    lines = ["| function | CPU ms | ratio | goal | dearest imports, ms |", "|---|--:|--:|--:|---|"]
    for start in measured:
        goal = _GOALS.get(start.function, _GOAL)
        dearest = ", ".join(f"{name} {cost_ms}" for name, cost_ms in start.imports_ms.items())
        lines.append(
            f"| {start.function} | {start.cpu_ms:.0f} | {start.ratio:.2f} | {goal} | {dearest} |"
        )
    return "\n".join(lines) + "\n"


def _every_function(city: City, package: Unpacked, scratch: Path) -> list[ColdStart]:
    (scratch / "bare.py").write_text(_BARE_CLIENT)
    layer, app = package.site_packages, package.app
    environment = by_hand.environment_of(city, "Relay")
    bare_ms = best_ms([scratch, layer], "bare.handler", {}, environment)
    costs = _import_costs_ms([scratch, layer], "bare", environment)
    measured = [ColdStart(BARE, bare_ms, 1.0, costs)]
    for name, resource in package.template["Resources"].items():
        if resource["Type"] == "AWS::Serverless::Function":
            handler, environment = (
                resource["Properties"]["Handler"],
                by_hand.environment_of(city, name),
            )
            cpu_ms = first_event_ms(city, package, name)
            costs = _import_costs_ms([app, layer], handler.rpartition(".")[0], environment)
            measured.append(ColdStart(name, cpu_ms, round(cpu_ms / bare_ms, 2), costs))
    return measured


def best_ms(
    path: list[Path], handler: str, event: dict[str, Any], environment: dict[str, str]
) -> float:
    """CPU of a handler's import and its event in a fresh process, the least of a few."""
    outcomes = [by_hand.run(path, handler, event, environment) for _ in range(_RUNS)]
    return round(min(outcome.cpu_s for outcome in outcomes) * 1000, 1)


def _import_costs_ms(
    path: list[Path], module: str, environment: dict[str, str]
) -> dict[str, float]:
    costs: Counter[str] = Counter()
    for own_us, name in _IMPORT.findall(by_hand.import_costs_us(path, module, environment)):
        costs[name.split(".")[0]] += int(own_us)
    return {name: round(own_us / 1000, 1) for name, own_us in costs.most_common(6)}


def _first_event(
    city: City, package: Unpacked, name: str, function: dict[str, Any]
) -> dict[str, Any]:
    kinds = {event["Type"] for event in function.get("Events", {}).values()}
    if "SQS" in kinds:
        return events.messages(["{}"])
    if "Schedule" in kinds:
        return events.scheduled()
    token = mint(city.issuer, FIRST_PERMISSION_MANAGER, datetime.now(UTC))
    authorization = events.to_authorize(f"Bearer {token}")
    if name == "Authorize":
        return authorization
    authorizer = package.template["Resources"]["Authorize"]["Properties"]["Handler"]
    path, environment = (
        [package.app, package.site_packages],
        by_hand.environment_of(city, "Authorize"),
    )
    allowed = by_hand.run(path, authorizer, authorization, environment).answer
    return events.request("GET", "/me", allowed["context"])
