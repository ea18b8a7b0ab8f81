"""`make up`: a city that stays, with the sample city's offices in it, and how to speak to it.

How it stands up is infra/kept_city.py's affair; the story itself is played by `voucherctl demo`.
"""

import argparse
import sys
from pathlib import Path

import msgspec

from infra import background, deploy, held, kept_city, local_cloud, package, paths
from infra.kept_city import KeptCity
from ops.demo.arrival import DeployedCity, arrive
from ops.demo.clock import offset_to
from ops.demo.scenes import offices
from ops.demo.screen import Screen
from ops.demo.story import Story, read_story
from ops.demo.tokens import Tokens
from ops.demo.world import World
from ops.failures import StepFailedError

_SAMPLES = paths.ROOT / "samples"
_FAILURES = (
    background.StubbornError,
    deploy.DeploymentError,
    local_cloud.CloudError,
    package.PackagingError,
    StepFailedError,
)


def up(folder: Path, port: int) -> None:
    """Raise the city, fill it the first time, and print its address, tokens and examples."""
    screen, story = Screen(), read_story(_SAMPLES)
    with held.alone(folder / "lock"):
        with screen.step("the city stands up"):
            offset_s = offset_to(story.moments["S0"])
            manager = story.cast.first_permission_manager
            city = kept_city.raise_up(folder, port, offset_s, manager)
        world = _arrive(city, folder, screen)
        if not city.record.filled:
            offices.open_city(world)
            offices.register_channels(world)
            kept_city.write(folder, msgspec.structs.replace(city.record, filled=True))
    _explain(city, world.tokens, story)


def _arrive(city: KeptCity, folder: Path, screen: Screen) -> World:
    deployed = DeployedCity(
        api_url=f"{city.url}/v1",
        outputs=city.stack.outputs,
        functions=city.stack.functions,
        environment=city.cloud.environment(),
        issuer=city.issuer,
        folder=folder,
    )

    def set_offset(offset_s: int) -> None:
        deploy.update_parameters(city.cloud, city.stack, {"ClockOffset": str(offset_s)})

    policies = paths.ROOT / "policies" / "shanghai"
    return arrive(deployed, _SAMPLES, policies, screen, set_offset, city.record.offset_s)


def _explain(city: KeptCity, tokens: Tokens, story: Story) -> None:
    desk = story.cast.desks[story.verifications[0].institution]
    print(
        f"""
The city stands at {city.url}, its API under {city.url}/v1. Its data are kept in .city;
`make down` ends it, `make up` again brings it back, with your code and with fresh tokens.
Its clock reads {tokens.now():%Y-%m-%d %H:%M} UTC; the tokens are good for an hour of it.

Try it at {city.url}/v1/docs, or go on with docs/api.md after these lines.

# a worker in {story.channels[0].name_en}, the desk of an institution, an official of the city
CITY={city.url}/v1
WORKER={tokens.worker(story.people[0], story.channel_of(0))}
DESK={tokens.staff(desk)}
OFFICIAL={tokens.staff(story.cast.city_officer)}
curl -s $CITY/me -H "Authorization: Bearer $WORKER"
curl -s $CITY/programmes/skill-certificate/claims -d '{{}}' \\
  -H "Authorization: Bearer $WORKER" -H 'Content-Type: application/json' \\
  -H 'Idempotency-Key: my-first-claim'
curl -s $CITY/me/vouchers -H "Authorization: Bearer $WORKER"
curl -s $CITY/budgets -H "Authorization: Bearer $OFFICIAL"

# the operator's command, and AWS's own at the same cloud
export VOUCHERCTL_API_URL={city.url}/v1
export AWS_ENDPOINT_URL={city.cloud.endpoint_url} AWS_DEFAULT_REGION=us-east-1
export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local"""
    )


def main(arguments: list[str]) -> int:
    """`python -m ops.demo.up [--port PORT]`."""
    parser = argparse.ArgumentParser(prog="make up")
    parser.add_argument("--port", type=int, default=8080)
    port = parser.parse_args(arguments).port
    try:
        up(paths.CITY, port)
    except _FAILURES as failure:
        print(f"The city does not stand up: {failure}", file=sys.stderr)
        print("Nothing of its data is lost; `make down` ends what runs.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
