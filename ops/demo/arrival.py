"""Arriving at a deployed city: the world its players see.

Here: clients and programs put together from what a deployment tells. Not here: deploying;
the demo and the tests each bring a city of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import boto3

from ops.api import Api
from ops.demo.bank import BankProgram
from ops.demo.clock import CityClock, SetOffset
from ops.demo.crew import CLIENTS
from ops.demo.doors import Doors
from ops.demo.national import NationalProgram
from ops.demo.screen import Screen
from ops.demo.story import read_story
from ops.demo.tokens import Tokens
from ops.demo.world import World
from sim.channels.inbox import Inbox
from sim.channels.schemas import Schemas
from sim.issuer import Issuer

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schemas"


@dataclass(frozen=True)
class DeployedCity:
    """Where a city is: its API, the template's outputs, its functions by logical name, and
    the environment in which AWS clients reach its cloud."""

    api_url: str
    outputs: Mapping[str, str]
    functions: Mapping[str, str]
    environment: Mapping[str, str]
    issuer: Issuer
    folder: Path


def arrive(
    city: DeployedCity,
    samples: Path,
    policies: Path,
    screen: Screen,
    set_offset: SetOffset,
    offset_s: int,
) -> World:
    """The world of a city that was deployed with its clock at `offset_s`."""
    clock = CityClock(set_offset, offset_s)
    return World(
        samples=samples,
        policies=policies,
        story=read_story(samples),
        api=Api(city.api_url, connections=CLIENTS),
        tokens=Tokens(city.issuer, clock.now),
        doors=Doors(
            sqs=client(city, "sqs"),
            functions_client=client(city, "lambda"),
            events=client(city, "events"),
            outputs=city.outputs,
            functions=city.functions,
        ),
        clock=clock,
        bank=BankProgram(city.outputs, city.folder / "bank.sqlite", city.environment),
        national=NationalProgram(city.outputs, city.folder / "national.sqlite", city.environment),
        inbox=Inbox(client(city, "sqs"), city.outputs["ChannelsQueue"], Schemas(SCHEMAS)),
        screen=screen,
    )


def client(city: DeployedCity, service: str) -> Any:
    """A client of an AWS service of the cloud on which the city stands."""
    environment = city.environment
    return cast(Any, boto3.client)(
        service,
        endpoint_url=environment["AWS_ENDPOINT_URL"],
        region_name=environment["AWS_DEFAULT_REGION"],
        aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
    )
