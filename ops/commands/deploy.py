"""`voucherctl deploy FOLDER NAME=VALUE…`: a package becomes the city's stack.

Here: arguments and printing. Not here: the calls; infra.stack makes them for every cloud.
"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from infra import gateway_answers
from infra.package import TEMPLATE
from infra.stack import Deployer, DeploymentError, prepare
from ops.exits import told
from ops.failures import StepFailedError
from ops.operator import Json, Operator, operator
from ops.showing import show_json

LOCAL_POLL_S = 0.2
AWS_POLL_S = 5.0

Folder = Annotated[
    Path, typer.Argument(exists=True, file_okay=False, help="what `make package` made")
]
Parameters = Annotated[
    list[str] | None,
    typer.Argument(help="the template's parameters, NAME=VALUE; one not named keeps its value"),
]
Bucket = Annotated[
    str | None, typer.Option(help="for template and zips; made if absent; default: a name of ours")
]


def deploy(
    context: typer.Context,
    folder: Folder,
    parameters: Parameters = None,
    bucket: Bucket = None,
    as_json: Json = False,
) -> None:
    """Create the city's stack, or bring it to the package in FOLDER, and wait for the end."""
    who = operator(context)
    named = _named(parameters or [])
    with told(as_json):
        if not (folder / TEMPLATE).exists():
            advice = "make one first: make package STAGE=prod"
            raise StepFailedError(f"reading {folder}", f"no {TEMPLATE} in it", advice)
        prepared = prepare(folder, bucket or _bucket(who))
        with Console(stderr=True, quiet=as_json).status("deploying …") as shown:
            poll_s = LOCAL_POLL_S if who.endpoint_url else AWS_POLL_S
            deployer = Deployer(who.client, who.stack_name, poll_s, tell=shown.update)
            try:
                found = deployer.roll_out(prepared, named)
            except DeploymentError as failure:
                advice = "mend it and deploy again; the city runs on as it was"
                raise StepFailedError(f"deploying {who.stack_name}", str(failure), advice) from None
        outputs = {output["OutputKey"]: output["OutputValue"] for output in found["Outputs"]}
        if who.endpoint_url:
            # AWS reads them from the template; the local cloud does not.
            api_id = outputs["RestAPIId"]
            gateway_answers.put(who.client("apigateway"), api_id, prepared.template)
    if as_json:
        show_json({"stack": who.stack_name, "status": found["StackStatus"], "outputs": outputs})
    else:
        typer.echo(f"{who.stack_name}: {found['StackStatus']}")
        typer.echo(f"the API: {outputs['ApiUrl']}")


def _named(parameters: list[str]) -> dict[str, str]:
    pairs = [parameter.partition("=") for parameter in parameters]
    if wrong := [name for name, equals, _ in pairs if not (name and equals)]:
        raise typer.BadParameter(f"not of the form NAME=VALUE: {', '.join(wrong)}")
    return {name: value for name, _, value in pairs}


def _bucket(who: Operator) -> str:
    # Names of buckets are the whole world's: the account and the region make this one ours.
    account = who.client("sts").get_caller_identity()["Account"]
    region = who.client("s3").meta.region_name
    return f"{who.stack_name}-artifacts-{account}-{region}"
