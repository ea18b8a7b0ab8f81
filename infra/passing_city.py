"""A deployed city that lives as long as a block: cloud, issuer, front door, stack.

Tests and bench stand on it. The city that stays is kept_city.py's; what is done in it, others'.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from infra import deploy, front_door, paths, runs
from infra.deploy import Stack
from infra.local_cloud import Cloud
from sim.issuer import Issuer, open_issuer, write_documents

AUDIENCE: Final = "voucher-city"
FIRST_PERMISSION_MANAGER: Final = "staff-city-permissions"


@dataclass
class City:
    """A deployed city; `stack` is the one of the last jump of its clock."""

    cloud: Cloud
    stack: Stack
    issuer: Issuer
    folder: Path
    offset_s: int = 0

    def now(self) -> datetime:
        """The city's time."""
        return datetime.now(UTC) + timedelta(seconds=self.offset_s)

    def set_offset(self, offset_s: int) -> None:
        """Set the city's clock to the machine's plus `offset_s` seconds."""
        parameters = {"ClockOffset": str(offset_s)}
        self.offset_s = offset_s
        self.stack = deploy.update_parameters(self.cloud, self.stack, parameters)


@contextmanager
def standing(package_folder: Path, offset_s: int = 0) -> Iterator[City]:
    """An empty city of a package made for the local stage."""
    with runs.standing(paths.RUNS) as cloud:
        documents = cloud.folder / "documents"
        with front_door.opened(0, documents) as door:
            issuer = open_issuer(cloud.folder / "issuer", door.url, AUDIENCE)
            write_documents(issuer, documents)
            parameters = {
                "OidcIssuer": issuer.url,
                "OidcAudience": AUDIENCE,
                "OidcJwksUrl": f"{door.url}/jwks.json",
                "FirstPermissionManager": FIRST_PERMISSION_MANAGER,
                "PublicUrl": f"{door.url}/v1",
                "ClockOffset": str(offset_s),
            }
            stack = deploy.deploy(cloud, package_folder, parameters)
            door.api_url = stack.api_url
            yield City(cloud, stack, issuer, cloud.folder, offset_s)
