"""Each function may do what it does, and nothing else."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.packaging.packaged import Package

OBJECTS_BENEATH_A_PREFIX = re.compile(r"\$\{FilesBucket\.Arn\}/(incoming|reports)/\*")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _statements(prod: Package) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, role in prod.of_type("AWS::IAM::Role").items():
        for policy in role["Policies"]:
            for statement in policy["PolicyDocument"]["Statement"]:
                yield name, statement


def test_every_function_has_a_role_of_its_own(prod: Package) -> None:
    roles = [json.dumps(function["Role"]) for function in prod.functions.values()]
    assert len(set(roles)) == len(roles) == len(prod.of_type("AWS::IAM::Role"))


def test_no_action_is_a_pattern(prod: Package) -> None:
    for role, statement in _statements(prod):
        assert not [a for a in _listed(statement["Action"]) if "*" in a or "?" in a], role


def test_every_resource_is_one_of_the_template(prod: Package) -> None:
    for role, statement in _statements(prod):
        for resource in _listed(statement["Resource"]):
            assert isinstance(resource, dict), (role, resource)
            assert set(resource) <= {"Fn::GetAtt", "Fn::Sub"}, (role, resource)
            text = json.dumps(resource)
            assert "arn:" not in text, (role, resource)
            pattern = OBJECTS_BENEATH_A_PREFIX.fullmatch(str(resource.get("Fn::Sub")))
            assert "*" not in text or pattern, (role, resource)


def test_no_role_brings_a_managed_policy(prod: Package) -> None:
    for name, role in prod.of_type("AWS::IAM::Role").items():
        assert not role.get("ManagedPolicyArns"), name


@pytest.mark.parametrize("key", ["BankKey", "NationalKey"])
def test_nobody_may_read_what_is_sealed_for_others(prod: Package, key: str) -> None:
    theirs = {"Fn::GetAtt": [key, "Arn"]}
    for role, statement in _statements(prod):
        if theirs in _listed(statement["Resource"]):
            assert statement["Action"] == ["kms:Encrypt"], role


def test_nothing_may_be_deleted_from_a_table(prod: Package) -> None:
    for role, statement in _statements(prod):
        deletes = {"dynamodb:DeleteItem", "dynamodb:PartiQLDelete", "dynamodb:DeleteTable"}
        assert not deletes & set(_listed(statement["Action"])), role
