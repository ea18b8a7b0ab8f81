"""The city that is looked at: its stack as CloudFormation tells it, and who looks.

Here: what several looks need, asked for once. Not here: any judgement.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ops.operator import Operator


@dataclass(frozen=True)
class Patient:
    """A city, the operator who looks, and the folders of this checkout it is compared with."""

    who: Operator
    package: Path | None
    policies: Path

    def client(self, service: str) -> Any:
        """A client of an AWS service."""
        return self.who.client(service)

    @cached_property
    def described(self) -> Mapping[str, Any]:
        """The stack as CloudFormation describes it."""
        answer = self.client("cloudformation").describe_stacks(StackName=self.who.stack_name)
        stack: Mapping[str, Any] = answer["Stacks"][0]
        return stack

    @cached_property
    def outputs(self) -> Mapping[str, str]:
        """The stack's outputs."""
        return {o["OutputKey"]: o["OutputValue"] for o in self.described.get("Outputs", [])}

    @cached_property
    def parameters(self) -> Mapping[str, str]:
        """The values the stack was deployed with."""
        listed = self.described.get("Parameters", [])
        return {p["ParameterKey"]: p["ParameterValue"] for p in listed}

    @cached_property
    def template(self) -> Mapping[str, Any]:
        """The template as it was deployed, before CloudFormation's own transforms."""
        answer = self.client("cloudformation").get_template(
            StackName=self.who.stack_name, TemplateStage="Original"
        )
        template: Mapping[str, Any] = answer["TemplateBody"]
        return template

    @cached_property
    def stage(self) -> str:
        """The stage it was packaged for: local, dev or prod."""
        resources = self.template["Resources"].values()
        functions = [r for r in resources if r["Type"] == "AWS::Serverless::Function"]
        return str(functions[0]["Properties"]["Environment"]["Variables"]["STAGE"])

    def resources(self, kind: str) -> dict[str, str]:
        """The names that the stack's resources of a type have in the cloud, by logical id."""
        pages = self.client("cloudformation").get_paginator("list_stack_resources")
        return {
            resource["LogicalResourceId"]: resource["PhysicalResourceId"]
            for page in pages.paginate(StackName=self.who.stack_name)
            for resource in page["StackResourceSummaries"]
            if resource["ResourceType"] == kind
        }
