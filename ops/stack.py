"""The city's stack as an operator sees it: the outputs of its template.

Here: reading them. Not here: deploying or changing a stack.
"""

from collections.abc import Mapping
from typing import Any

StackOutputs = Mapping[str, str]


def read_outputs(cloudformation: Any, stack_name: str) -> StackOutputs:
    """The outputs of a stack by their names. Raises botocore's ClientError if it is absent."""
    (stack,) = cloudformation.describe_stacks(StackName=stack_name)["Stacks"]
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}
