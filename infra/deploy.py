"""Deployment to the local cloud: the stack of stack.py, with what this cloud needs beside.

Its API answers under another address, and it does not read the gateway's own answers from the
template. How a package becomes a stack stands in stack.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

import boto3
from botocore.config import Config

from infra import gateway_answers
from infra.local_cloud import CREDENTIALS, REGION, Cloud
from infra.stack import Deployer, DeploymentError, prepare

__all__ = ["DeploymentError", "Stack", "client", "deploy", "update_parameters"]

STACK_NAME: Final = "voucher-city"
_ARTIFACTS: Final = "voucher-city-artifacts"


@dataclass(frozen=True)
class Stack:
    """A deployed stack: where its API answers, its outputs, its functions by logical name."""

    api_url: str
    outputs: Mapping[str, str]
    functions: Mapping[str, str]


def client(cloud: Cloud, service: str) -> Any:
    """A boto3 client of one of the local cloud's services; safe between threads."""
    return cast(Any, boto3.client)(
        service,
        endpoint_url=cloud.endpoint_url,
        region_name=REGION,
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        config=Config(max_pool_connections=32, read_timeout=330, retries={"total_max_attempts": 1}),
    )


def deploy(cloud: Cloud, package_folder: Path, parameters: dict[str, str]) -> Stack:
    """Create or update the stack from a package. Raises DeploymentError."""
    prepared = prepare(package_folder, _ARTIFACTS)
    stack = _described(cloud, _deployer(cloud).roll_out(prepared, parameters))
    api_id = stack.outputs["RestAPIId"]
    gateway_answers.put(client(cloud, "apigateway"), api_id, prepared.template)
    return stack


def update_parameters(cloud: Cloud, stack: Stack, parameters: dict[str, str]) -> Stack:
    """Change parameters of the deployed stack and leave the others as they are."""
    return _described(cloud, _deployer(cloud).change_parameters(parameters))


def _deployer(cloud: Cloud) -> Deployer:
    return Deployer(partial(client, cloud), STACK_NAME, poll_s=0.1, within_s=120)


def _described(cloud: Cloud, found: dict[str, Any]) -> Stack:
    outputs = {output["OutputKey"]: output["OutputValue"] for output in found["Outputs"]}
    # The local cloud has no DNS of its own: its gateway is found by path.
    api_url = f"{cloud.endpoint_url}/_aws/execute-api/{outputs['RestAPIId']}/v1"
    pages = client(cloud, "cloudformation").get_paginator("list_stack_resources")
    functions = {
        resource["LogicalResourceId"]: resource["PhysicalResourceId"]
        for page in pages.paginate(StackName=STACK_NAME)
        for resource in page["StackResourceSummaries"]
        if resource["ResourceType"] == "AWS::Lambda::Function"
    }
    return Stack(api_url, outputs | {"ApiUrl": api_url}, functions)
