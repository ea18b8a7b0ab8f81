"""The demo's own city: empty, in a folder and on a port of its own, gone at the end.

Here: starting, packaging and deploying it, and keeping the cloud's log of a failed run.
Not here: how a cloud is started; infra says that. Nor the story.
"""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from infra import deploy, front_door, package, runs
from infra.local_cloud import Cloud
from ops.demo.arrival import DeployedCity
from ops.demo.clock import SetOffset, offset_to
from ops.demo.screen import Screen
from ops.demo.story import Story
from sim.issuer import open_issuer, write_documents

AUDIENCE = "voucher-city"


@dataclass(frozen=True)
class StandingCity:
    """A city that stands at the story's first moment, and how to move its clock."""

    deployed: DeployedCity
    set_offset: SetOffset
    offset_s: int


@contextmanager
def standing_city(root: Path, story: Story, screen: Screen, log: Path) -> Iterator[StandingCity]:
    """Raise a city under `root` for the length of the block.

    What killed runs left under `root` is ended and removed first. When the block fails, the
    cloud's log is kept as `log`. Raises infra's errors when the city does not stand up.
    """
    with screen.step("what an earlier run left is removed") as step:
        step.note = f"{runs.sweep(root)} found"
    with ExitStack() as ending:
        with screen.step("the local cloud starts") as step:
            cloud = ending.enter_context(runs.standing(root))
            step.note = cloud.endpoint_url
        with _log_kept(cloud.folder / "cloud.log", log):
            documents = cloud.folder / "documents"
            door = ending.enter_context(front_door.opened(0, documents))
            yield _deploy(cloud, door.url, documents, story, screen)


def _deploy(
    cloud: Cloud, issuer_url: str, documents: Path, story: Story, screen: Screen
) -> StandingCity:
    issuer = open_issuer(cloud.folder / "issuer", issuer_url, AUDIENCE)
    write_documents(issuer, documents)
    with screen.step("the functions are packaged"):
        packaged = package.package("local", cloud.folder / "package")
    with screen.step("the template is deployed") as step:
        offset_s = offset_to(story.moments["S0"])
        parameters = {
            "OidcIssuer": issuer.url,
            "OidcAudience": AUDIENCE,
            "OidcJwksUrl": f"{issuer.url}/jwks.json",
            "FirstPermissionManager": story.cast.first_permission_manager,
            "ClockOffset": str(offset_s),
        }
        stack = deploy.deploy(cloud, packaged, parameters)
        step.note = f"{len(stack.functions)} functions"

    def set_offset(offset_s: int) -> None:
        deploy.update_parameters(cloud, stack, {"ClockOffset": str(offset_s)})

    city = DeployedCity(
        api_url=stack.api_url,
        outputs=stack.outputs,
        functions=stack.functions,
        environment=cloud.environment(),
        issuer=issuer,
        folder=cloud.folder,
    )
    return StandingCity(city, set_offset, offset_s)


@contextmanager
def _log_kept(written: Path, log: Path) -> Iterator[None]:
    try:
        yield
    except Exception:
        with suppress(OSError):
            shutil.copyfile(written, log)
        raise
