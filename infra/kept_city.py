"""The city that `make up` keeps: a local cloud with its data, the issuer, the front door.

It lies in one folder and keeps its ports: the queues' addresses carry the cloud's. What it is
filled with is decided where the demo's players are, in ops/demo/up.py.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from infra import background, deploy, local_cloud, package, paths
from infra.deploy import Stack
from infra.local_cloud import Cloud
from sim.issuer import Issuer, open_issuer, write_documents

AUDIENCE: Final = "voucher-city"
_DOOR: Final = "door"


class Record(msgspec.Struct, frozen=True):
    """What is written down of the city between two calls."""

    cloud_port: int
    offset_s: int
    filled: bool = False


@dataclass(frozen=True)
class KeptCity:
    """The standing city: `url` is its one address, `/v1` of it the API."""

    url: str
    cloud: Cloud
    stack: Stack
    issuer: Issuer
    record: Record


def raise_up(folder: Path, port: int, offset_s: int, first_manager: str) -> KeptCity:
    """Start the city of `folder`, or bring the one that stands up to the checkout's code.

    `offset_s` sets the clock of a city that is new; one that was kept goes on with its own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    background.end(folder, _DOOR)
    local_cloud.refuse_taken(port)
    record = read(folder) or Record(local_cloud.free_port(), offset_s)
    cloud = _cloud(folder / "cloud", record)
    write(folder, record)
    url = f"http://localhost:{port}"
    issuer = open_issuer(folder / "issuer", url, AUDIENCE)
    write_documents(issuer, folder / "documents")
    parameters = {
        "OidcIssuer": url,
        "OidcAudience": AUDIENCE,
        "OidcJwksUrl": f"{url}/jwks.json",
        "FirstPermissionManager": first_manager,
        "PublicUrl": f"{url}/v1",
        "ClockOffset": str(record.offset_s),
    }
    stack = deploy.deploy(cloud, package.package("local", folder / "package"), parameters)
    command = [sys.executable, "-m", "infra.front_door"]
    command += [str(port), str(folder / "documents"), stack.api_url]
    background.launch(folder, _DOOR, command, {**os.environ, "PYTHONPATH": str(paths.ROOT)})
    return KeptCity(url, cloud, stack, issuer, record)


def take_down(folder: Path) -> bool:
    """End the city of `folder` and keep its data; False where none stood."""
    stood = background.runs(folder, _DOOR) or local_cloud.runs(folder / "cloud")
    background.end(folder, _DOOR)
    local_cloud.stop(folder / "cloud", save=True)
    return stood


def read(folder: Path) -> Record | None:
    """What was written down, or None of a city that is new."""
    path = folder / "city.json"
    return msgspec.json.decode(path.read_bytes(), type=Record) if path.exists() else None


def write(folder: Path, record: Record) -> None:
    """Write it down, whole or not at all."""
    draft = folder / "city.json.new"
    draft.write_bytes(msgspec.json.encode(record))
    draft.replace(folder / "city.json")


def _cloud(folder: Path, record: Record) -> Cloud:
    if local_cloud.runs(folder):
        return Cloud(folder, record.cloud_port, background.group(folder, "cloud"))
    return local_cloud.start(folder, record.cloud_port, keep=True)
