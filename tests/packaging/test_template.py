"""What stands around the functions in the template for prod."""

import json
import re
from typing import Any

import pytest

from chalicelib.api import texts
from chalicelib.api.codes import GATEWAY, STATUS_OF
from chalicelib.settings import Settings
from infra import paths
from tests.packaging.packaged import Package

PROBLEM = "application/problem+json"


def test_the_api_is_regional(prod: Package) -> None:
    # EDGE, Chalice's own choice, does not exist in China.
    assert prod.resources["RestAPI"]["Properties"]["EndpointConfiguration"] == ("REGIONAL")


def test_every_table_can_be_restored_is_encrypted_and_cannot_be_deleted(prod: Package) -> None:
    tables = prod.of_type("AWS::DynamoDB::Table")
    assert len(tables) == 11
    for name, table in tables.items():
        assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
        assert table["SSESpecification"] == {
            "SSEEnabled": True,
            "SSEType": "KMS",
            "KMSMasterKeyId": {"Ref": "PeopleKey"},
        }, name
        assert table["DeletionProtectionEnabled"] is True, name


@pytest.mark.parametrize("kind", ["AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::KMS::Key"])
def test_what_holds_data_or_opens_them_outlives_the_stack(prod: Package, kind: str) -> None:
    kept = {n: r for n, r in prod.resources.items() if r["Type"] == kind}
    assert kept
    for name, resource in kept.items():
        assert resource["DeletionPolicy"] == resource["UpdateReplacePolicy"] == "Retain", name


def test_files_are_private_versioned_and_encrypted(prod: Package) -> None:
    bucket = prod.of_type("AWS::S3::Bucket")["FilesBucket"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    (rule,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "aws:kms"


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("UNAUTHORIZED", 401, "unauthenticated"),
        ("ACCESS_DENIED", 403, "forbidden"),
        ("MISSING_AUTHENTICATION_TOKEN", 404, "not_found"),
        ("RESOURCE_NOT_FOUND", 404, "not_found"),
        ("THROTTLED", 429, "too_many_requests"),
        ("QUOTA_EXCEEDED", 429, "too_many_requests"),
        ("REQUEST_TOO_LARGE", 400, "too_large"),
        ("DEFAULT_4XX", 400, "invalid"),
        ("DEFAULT_5XX", 503, "unavailable"),
    ],
)
def test_what_the_gateway_answers_by_itself_is_a_problem_too(
    prod: Package, kind: str, status: int, code: str
) -> None:
    answers = prod.resources["RestAPI"]["Properties"]["GatewayResponses"]
    answer: dict[str, Any] = answers[kind]
    body = json.loads(answer["ResponseTemplates"]["application/json"])
    assert answer["StatusCode"] == body["status"] == status == STATUS_OF[code]
    headers = answer["ResponseParameters"]["Headers"]
    assert headers["Content-Type"] == f"'{PROBLEM}'"
    assert headers["X-Request-Id"] == "context.requestId"
    assert ("Retry-After" in headers) == (status in (429, 503))
    assert body["code"] == code
    assert body["type"] == f"urn:voucher-city:problem:{code}"
    assert body["request_id"] == "$context.requestId"


def test_the_gateway_speaks_with_the_words_of_the_catalogues(prod: Package) -> None:
    spoken = {}
    for answer in prod.resources["RestAPI"]["Properties"]["GatewayResponses"].values():
        body = json.loads(answer["ResponseTemplates"]["application/json"])
        spoken[body["code"]] = body["title"]
    chinese, english = (texts.catalogue(language) for language in texts.LANGUAGES)
    assert set(spoken) >= set(GATEWAY)
    for code in GATEWAY:
        assert spoken[code] == f"{chinese.title(code)} / {english.title(code)}"


def test_the_page_of_the_deployment_names_every_parameter(prod: Package) -> None:
    page = (paths.ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert named == set(prod.unpacked.template["Parameters"])


def test_requests_are_throttled(prod: Package) -> None:
    (setting,) = prod.resources["RestAPI"]["Properties"]["MethodSettings"]
    assert (setting["ResourcePath"], setting["HttpMethod"]) == ("/*", "*")
    assert setting["ThrottlingRateLimit"] > 0


def test_logs_go_after_a_time(prod: Package) -> None:
    logging = prod.unpacked.template["Globals"]["Function"]["LoggingConfig"]
    assert logging == {"LogGroup": {"Ref": "FunctionsLog"}}
    assert prod.of_type("AWS::Logs::LogGroup")["FunctionsLog"]["RetentionInDays"] > 0


@pytest.mark.parametrize("name", ["CLOCK_OFFSET", "ClockOffset"])
def test_only_the_local_stage_has_a_clock_that_can_be_moved(
    prod: Package, local: Package, name: str
) -> None:
    assert name not in json.dumps(prod.unpacked.template)
    assert name in json.dumps(local.unpacked.template)


def test_every_name_the_settings_read_is_given(prod: Package) -> None:
    given = set(prod.unpacked.template["Globals"]["Function"]["Environment"]["Variables"])
    wanted = {name.upper() for name in Settings.__annotations__}
    assert wanted - {"STAGE", "CLOCK_OFFSET_S"} <= given
    assert {f["Environment"]["Variables"]["STAGE"] for f in prod.functions.values()} == {"prod"}
