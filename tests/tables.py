"""The template's tables, made without its functions: use cases run on them in process."""

from functools import cache
from pathlib import Path
from typing import Any

import boto3
import yaml

TEMPLATE = Path(__file__).parent.parent / "infra" / "template.yaml"
ENVIRONMENT = {
    "STAGE": "local",
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local",
    "AWS_DEFAULT_REGION": "us-east-1",
    "FILES_BUCKET": "city-files",
    "OIDC_ISSUER": "http://issuer.test",
    "OIDC_AUDIENCE": "voucher-city",
    "OIDC_JWKS_URL": "http://issuer.test/jwks.json",
    "FIRST_PERMISSION_MANAGER": "staff-city-permissions",
    "POWERTOOLS_SERVICE_NAME": "voucher-city",
}
TABLES = {
    f"{name}Table": f"{name}_TABLE".upper()
    for name in (
        *("People", "Organisations", "Programmes", "Classes", "Vouchers"),
        *("Checkins", "Payments", "Cases", "Runs", "Figures", "Outbox"),
    )
}
QUEUES = (
    *("IMPORTS", "BATCHES", "SETTLEMENTS", "BANK", "BANK_RESULTS"),
    *("NATIONAL", "NATIONAL_RESULTS", "CHANNELS"),
)
KEYS: dict[str, dict[str, Any]] = {
    "IDENTITY": {"KeyUsage": "GENERATE_VERIFY_MAC", "KeySpec": "HMAC_256"},
    "PEOPLE": {},
    "BANK": {},
    "NATIONAL": {},
}
PROPERTIES = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")


class _Loader(yaml.SafeLoader):
    """Reads CloudFormation's short intrinsics as plain values."""


def _intrinsic(loader: _Loader, suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node)
    assert isinstance(node, yaml.MappingNode)
    return loader.construct_mapping(node)


_Loader.add_multi_constructor("!", _intrinsic)


@cache
def resources() -> dict[str, Any]:
    """The template's resources."""
    with TEMPLATE.open(encoding="utf-8") as stream:
        content: dict[str, Any] = yaml.load(stream, _Loader)["Resources"]
    return content


def make_tables() -> None:
    """Creates every table of the template, empty, under its environment variable's name."""
    client = boto3.client("dynamodb")
    for logical, variable in TABLES.items():
        properties = resources()[logical]["Properties"]
        wanted = {key: value for key, value in properties.items() if key in PROPERTIES}
        client.create_table(TableName=variable.lower(), **wanted)


def drop_tables() -> None:
    """Removes them again."""
    client = boto3.client("dynamodb")
    for variable in TABLES.values():
        client.delete_table(TableName=variable.lower())
