"""Deployment: a package's zips to a bucket, its template to CloudFormation.

The same calls serve AWS and the local cloud; only the API's address differs. How a package is made
stands in package.py.
"""

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from infra import gateway_answers
from infra.local_cloud import CREDENTIALS, REGION, Cloud
from infra.package import TEMPLATE

STACK_NAME: Final = "voucher-city"
_ARTIFACTS: Final = "voucher-city-artifacts"
_DONE: Final = ("CREATE_COMPLETE", "UPDATE_COMPLETE")
_WITHIN_S: Final = 120


class DeploymentError(Exception):
    """The stack did not reach its end; the message names the resources that failed, and why."""


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
    template = json.loads((package_folder / TEMPLATE).read_text())
    s3 = client(cloud, "s3")
    s3.create_bucket(Bucket=_ARTIFACTS)
    for resource in template["Resources"].values():
        for name in ("CodeUri", "ContentUri"):
            if name in resource.get("Properties", {}):
                zipped = package_folder / resource["Properties"][name]
                resource["Properties"][name] = (
                    f"s3://{_ARTIFACTS}/{_upload(s3, zipped.read_bytes(), 'zip')}"
                )
    # A template of this size goes by its address: in the call itself 51,200 bytes are the limit.
    written = _upload(s3, json.dumps(template).encode(), "json")
    address = f"{cloud.endpoint_url}/{_ARTIFACTS}/{written}"
    stack = _apply(cloud, {"TemplateURL": address}, parameters)
    gateway_answers.put(client(cloud, "apigateway"), stack.outputs["RestAPIId"], template)
    return stack


def update_parameters(cloud: Cloud, stack: Stack, parameters: dict[str, str]) -> Stack:
    """Change parameters of the deployed stack and leave the others as they are."""
    found = client(cloud, "cloudformation").describe_stacks(StackName=STACK_NAME)["Stacks"][0]
    before = {p["ParameterKey"]: p["ParameterValue"] for p in found["Parameters"]}
    return _apply(cloud, {"UsePreviousTemplate": True}, before | parameters)


def find(cloud: Cloud) -> Stack | None:
    """The stack that is deployed on the cloud, or None."""
    try:
        stacks = client(cloud, "cloudformation").describe_stacks(StackName=STACK_NAME)["Stacks"]
    except ClientError:
        return None
    return _described(cloud, stacks[0]["Outputs"]) if stacks[0]["StackStatus"] in _DONE else None


def _upload(s3: Any, content: bytes, ending: str) -> str:
    key = f"{hashlib.sha256(content).hexdigest()[:32]}.{ending}"
    s3.put_object(Bucket=_ARTIFACTS, Key=key, Body=content)
    return key


def _apply(cloud: Cloud, template: dict[str, Any], parameters: dict[str, str]) -> Stack:
    cloudformation = client(cloud, "cloudformation")
    stacks = cloudformation.describe_stacks()["Stacks"]
    exists = any(stack["StackName"] == STACK_NAME for stack in stacks)
    change = cloudformation.update_stack if exists else cloudformation.create_stack
    try:
        change(
            StackName=STACK_NAME,
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
            Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in parameters.items()],
            **template,
        )
    except ClientError as refusal:
        if "No updates are to be performed" not in str(refusal):
            raise
    return _described(cloud, _await(cloudformation)["Outputs"])


def _await(cloudformation: Any) -> dict[str, Any]:
    deadline = time.monotonic() + _WITHIN_S
    while time.monotonic() < deadline:
        found: dict[str, Any] = cloudformation.describe_stacks(StackName=STACK_NAME)["Stacks"][0]
        if found["StackStatus"] in _DONE:
            return found
        if not found["StackStatus"].endswith("_IN_PROGRESS") or "ROLL" in found["StackStatus"]:
            break
        time.sleep(0.1)
    events = cloudformation.describe_stack_events(StackName=STACK_NAME)["StackEvents"]
    failed = [e for e in events if e["ResourceStatus"].endswith("FAILED")]
    raise DeploymentError(
        f"{found['StackStatus']}: "
        + "; ".join(f"{e['LogicalResourceId']}: {e.get('ResourceStatusReason')}" for e in failed)
    )


def _described(cloud: Cloud, listed: list[dict[str, str]]) -> Stack:
    outputs = {output["OutputKey"]: output["OutputValue"] for output in listed}
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
