"""A package becomes a stack: the calls to CloudFormation and S3 that AWS and the local cloud share.

Here: what goes up, what is changed, how its end is awaited. Not here: which cloud, or printing.
"""

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from botocore.exceptions import ClientError

from infra.package import TEMPLATE

_DONE: Final = ("CREATE_COMPLETE", "UPDATE_COMPLETE")
_CAPABILITIES: Final = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]

Clients = Callable[[str], Any]
Described = dict[str, Any]


class DeploymentError(Exception):
    """The stack did not reach its end; the message says what failed, why, and what to do."""


@dataclass(frozen=True)
class Prepared:
    """A package on its way: its template with the addresses of its zips, and what goes up."""

    bucket: str
    template: dict[str, Any]
    uploads: Mapping[str, bytes]

    @property
    def written(self) -> bytes:
        """The template as it goes up."""
        return json.dumps(self.template).encode()


@dataclass(frozen=True)
class Deployer:
    """Deploys one stack of one cloud; asks every `poll_s` and gives up after `within_s`."""

    clients: Clients
    name: str
    poll_s: float = 5.0
    within_s: float = 3600.0
    tell: Callable[[str], None] = field(default=lambda status: None)

    def find(self) -> Described | None:
        """The stack as CloudFormation describes it, or None."""
        try:
            stacks = self.clients("cloudformation").describe_stacks(StackName=self.name)["Stacks"]
        except ClientError as absent:
            if "does not exist" in str(absent):
                return None
            raise
        described: Described = stacks[0]
        return described

    def roll_out(self, prepared: Prepared, parameters: Mapping[str, str]) -> Described:
        """Create the stack, or bring it to the package. Raises DeploymentError.

        A parameter that is not named keeps its value.
        """
        standing = self.find()
        if standing and standing["StackStatus"] == "ROLLBACK_COMPLETE":
            raise DeploymentError(
                f"the first deployment of {self.name} failed and left its remains; remove them: "
                f"aws cloudformation delete-stack --stack-name {self.name}"
            )
        given = _given(prepared.template, standing, parameters)
        address = _upload(self.clients("s3"), prepared)
        return self._change(standing, {"TemplateURL": address}, given)

    def change_parameters(self, parameters: Mapping[str, str]) -> Described:
        """Change parameters of the standing stack and leave the others, and its template."""
        standing = self.find()
        if standing is None:
            raise DeploymentError(f"there is no stack {self.name}")
        known: dict[str, Any] = {p["ParameterKey"]: {} for p in standing["Parameters"]}
        given = _given({"Parameters": known}, standing, parameters)
        return self._change(standing, {"UsePreviousTemplate": True}, given)

    def _change(
        self, standing: Described | None, template: dict[str, Any], parameters: list[dict[str, Any]]
    ) -> Described:
        cloudformation = self.clients("cloudformation")
        change = cloudformation.update_stack if standing else cloudformation.create_stack
        request = {"StackName": self.name, "Capabilities": _CAPABILITIES, "Parameters": parameters}
        try:
            change(**request, **template)
        except ClientError as refusal:
            if "No updates are to be performed" not in str(refusal):
                raise DeploymentError(refusal.response["Error"]["Message"]) from refusal
        return self._await()

    def _await(self) -> Described:
        deadline = time.monotonic() + self.within_s
        while time.monotonic() < deadline:
            found = self.find()
            if found is None:
                raise DeploymentError(f"the stack {self.name} has gone")
            status = found["StackStatus"]
            self.tell(status)
            if status in _DONE:
                return found
            if not status.endswith("_IN_PROGRESS") or "ROLL" in status:
                raise DeploymentError(f"{status}: {self._failures()}")
            time.sleep(self.poll_s)
        raise DeploymentError(f"{status} for {self.within_s:.0f} s; look at the stack's events")

    def _failures(self) -> str:
        events = self.clients("cloudformation").describe_stack_events(StackName=self.name)
        return "; ".join(
            f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason')}"
            for event in events["StackEvents"]
            if event["ResourceStatus"].endswith("FAILED")
        )


def prepare(package_folder: Path, bucket: str) -> Prepared:
    """What of a package goes to a bucket, under keys that follow from the content."""
    template = json.loads((package_folder / TEMPLATE).read_text())
    uploads: dict[str, bytes] = {}
    for resource in template["Resources"].values():
        for name in ("CodeUri", "ContentUri"):
            if name in resource.get("Properties", {}):
                content = (package_folder / resource["Properties"][name]).read_bytes()
                key = f"{_digest(content)}.zip"
                uploads[key] = content
                resource["Properties"][name] = f"s3://{bucket}/{key}"
    return Prepared(bucket, template, uploads)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def _upload(s3: Any, prepared: Prepared) -> str:
    """Put up what is not there yet; the template's address."""
    region = s3.meta.region_name
    # us-east-1 is the one region that may not be named as a place.
    place = {"CreateBucketConfiguration": {"LocationConstraint": region}}
    with suppress(s3.exceptions.BucketAlreadyOwnedByYou):
        s3.create_bucket(Bucket=prepared.bucket, **(place if region != "us-east-1" else {}))
    for key, content in prepared.uploads.items():
        s3.put_object(Bucket=prepared.bucket, Key=key, Body=content)
    # A template of this size goes by its address: in the call itself 51,200 bytes are the limit.
    key = f"{_digest(prepared.written)}.json"
    s3.put_object(Bucket=prepared.bucket, Key=key, Body=prepared.written)
    return f"{s3.meta.endpoint_url}/{prepared.bucket}/{key}"


def _given(
    template: Mapping[str, Any], standing: Described | None, parameters: Mapping[str, str]
) -> list[dict[str, Any]]:
    """CloudFormation's list of parameters. Raises DeploymentError for one unknown or missing."""
    known = template["Parameters"]
    if unknown := sorted(set(parameters) - set(known)):
        raise DeploymentError(
            f"no such parameter: {', '.join(unknown)}. There are: {', '.join(sorted(known))}"
        )
    kept = {p["ParameterKey"] for p in (standing or {}).get("Parameters", [])} & set(known)
    missing = [n for n, p in known.items() if "Default" not in p and n not in {*parameters, *kept}]
    if missing:
        raise DeploymentError(f"these parameters have no value yet: {', '.join(missing)}")
    return [{"ParameterKey": name, "ParameterValue": v} for name, v in parameters.items()] + [
        {"ParameterKey": name, "UsePreviousValue": True} for name in sorted(kept - set(parameters))
    ]
