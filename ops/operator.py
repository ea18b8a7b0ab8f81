"""Who the operator is and which city he means: options and environment of voucherctl.

Here: the settings shared by every command. Not here: any command.
"""

from dataclasses import dataclass
from typing import Annotated, Any, cast

import boto3
import typer

from ops.api import Api
from ops.stack import StackOutputs, read_outputs

ApiUrl = Annotated[
    str | None,
    typer.Option(envvar="VOUCHERCTL_API_URL", help="URL of the API; default: the stack's output"),
]
Token = Annotated[
    str | None, typer.Option(envvar="VOUCHERCTL_TOKEN", help="access token of the operator")
]
Endpoint = Annotated[
    str | None, typer.Option(envvar="AWS_ENDPOINT_URL", help="AWS endpoint; only the local cloud")
]
StackName = Annotated[
    str, typer.Option("--stack", envvar="VOUCHERCTL_STACK", help="name of the city's stack")
]
Json = Annotated[bool, typer.Option("--json", help="answer with one JSON document")]


@dataclass(frozen=True)
class Operator:
    """The settings of one call of voucherctl; nothing is asked for before it is needed."""

    api_url: str | None
    token: str | None
    endpoint_url: str | None
    stack_name: str

    def outputs(self) -> StackOutputs:
        """The stack's outputs: where its bucket and its API are."""
        return read_outputs(self.client("cloudformation"), self.stack_name)

    def api(self) -> Api:
        """The city's API, at the URL given or else at the stack's."""
        return Api(self.api_url or self.outputs()["ApiUrl"])

    def client(self, service: str) -> Any:
        """A client of an AWS service at the operator's endpoint."""
        return cast(Any, boto3.client)(service, endpoint_url=self.endpoint_url)


def operator(context: typer.Context) -> Operator:
    """The operator of a command that is running."""
    found = context.find_object(Operator)
    if found is None:
        raise RuntimeError("a command of voucherctl runs beneath its main callback")
    return found
