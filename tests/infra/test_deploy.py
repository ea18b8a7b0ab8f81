"""`voucherctl deploy`: the one command of docs/deploy.md, on the local cloud."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from infra import deploy
from infra.passing_city import City
from infra.stack import Deployer, DeploymentError, Prepared, prepare
from ops.voucherctl import app

NAMED = (
    "OidcIssuer=https://issuer.test",
    "OidcJwksUrl=https://issuer.test/jwks.json",
    "FirstPermissionManager=staff-first",
)
Call = Callable[..., Result]


@pytest.fixture
def call(city: City, monkeypatch: pytest.MonkeyPatch) -> Call:
    """The command against another stack of the city's cloud."""
    for name, value in city.cloud.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("VOUCHERCTL_STACK", "second-city")
    return lambda *arguments: CliRunner().invoke(app, ["deploy", *arguments])


def parameters(city: City) -> dict[str, str]:
    cloudformation = deploy.client(city.cloud, "cloudformation")
    (stack,) = cloudformation.describe_stacks(StackName="second-city")["Stacks"]
    return {p["ParameterKey"]: p["ParameterValue"] for p in stack["Parameters"]}


def test_a_package_becomes_a_city_and_a_parameter_not_named_keeps_its_value(
    city: City, call: Call, local_package: Path
) -> None:
    made = call(str(local_package), *NAMED, "--json")
    assert made.exit_code == 0, made.stderr
    told = json.loads(made.stdout)
    assert told["status"] == "CREATE_COMPLETE"
    gateway = f"{city.cloud.endpoint_url}/_aws/execute-api/{told['outputs']['RestAPIId']}/v1/me"
    with pytest.raises(urllib.error.HTTPError) as answered:
        urllib.request.urlopen(gateway)
    assert json.load(answered.value)["code"] == "unauthenticated"

    changed = call(str(local_package), "FirstPermissionManager=staff-second")
    assert changed.exit_code == 0, changed.stderr
    assert "second-city: UPDATE_COMPLETE" in changed.stdout
    assert parameters(city)["FirstPermissionManager"] == "staff-second"
    assert parameters(city)["OidcIssuer"] == "https://issuer.test"

    again = call(str(local_package))
    assert again.exit_code == 0, again.stderr


def test_a_value_that_is_missing_is_named(city: City, local_package: Path) -> None:
    deployer = Deployer(partial(deploy.client, city.cloud), "third-city")
    with pytest.raises(DeploymentError, match="no value yet: OidcJwksUrl, FirstPermissionManager"):
        deployer.roll_out(prepare(local_package, "third-city"), {"OidcIssuer": "x"})
    assert deployer.find() is None


def test_a_parameter_that_the_template_has_not_is_answered_with_those_it_has(
    call: Call, local_package: Path
) -> None:
    wrong = call(str(local_package), *NAMED, "OidcIssue=x")
    assert wrong.exit_code == 1
    assert "no such parameter: OidcIssue. There are: " in wrong.stderr
    assert "OidcIssuer" in wrong.stderr


def test_a_folder_without_a_package_is_told_how_to_make_one(call: Call, tmp_path: Path) -> None:
    wrong = call(str(tmp_path), *NAMED)
    assert wrong.exit_code == 1
    assert "make package STAGE=prod" in wrong.stderr


def test_a_parameter_without_a_value_is_a_wrong_call(call: Call, local_package: Path) -> None:
    assert call(str(local_package), "OidcIssuer").exit_code == 2


def test_a_stack_that_does_not_come_up_says_which_resource_failed_and_why(city: City) -> None:
    template = {
        "Parameters": {},
        "Resources": {"Odd": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": -1}}},
    }
    deployer = Deployer(partial(deploy.client, city.cloud), "odd-city", poll_s=0.1, within_s=20)
    odd = Prepared("odd-city", template, {})
    with pytest.raises(DeploymentError, match="Odd"):
        deployer.roll_out(odd, {})
    with pytest.raises(DeploymentError, match="delete-stack --stack-name odd-city"):
        deployer.roll_out(odd, {})
