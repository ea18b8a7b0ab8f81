"""What ships: the project's code, its requirements, and bytecode for all of it."""

import importlib.util
from pathlib import Path

import pytest

from infra import paths
from tests.packaging.packaged import Package

UNCHECKED_HASH = (0b01).to_bytes(4, "little")


@pytest.mark.parametrize("part", ["app", "site_packages"])
def test_every_module_brings_bytecode_that_is_never_checked(prod: Package, part: str) -> None:
    folder: Path = getattr(prod.unpacked, part)
    modules = list(folder.rglob("*.py"))
    assert modules
    for module in modules:
        bytecode = Path(importlib.util.cache_from_source(str(module)))
        header = bytecode.read_bytes()[:8]
        assert header == importlib.util.MAGIC_NUMBER + UNCHECKED_HASH, module


def test_the_layer_holds_every_requirement_in_its_version(prod: Package) -> None:
    held = {
        _plain(folder.name.removesuffix(".dist-info"))
        for folder in prod.unpacked.site_packages.glob("*.dist-info")
    }
    lines = (paths.ROOT / "requirements.txt").read_text().splitlines()
    wanted = {_plain(line.replace("==", "-")) for line in lines if "==" in line}
    assert len(wanted) > 10
    assert wanted <= held


def test_the_app_ships_nothing_but_its_own_code_and_chalice(prod: Package) -> None:
    assert {path.name for path in prod.unpacked.app.iterdir() if path.name != "__pycache__"} == {
        "app.py",
        "chalice",
        "chalicelib",
    }


def test_the_layer_ships_nothing_of_the_tools(prod: Package) -> None:
    shipped = {path.name for path in prod.unpacked.site_packages.iterdir()}
    assert not shipped & {"boto3", "chalice", "pydantic", "aws_xray_sdk", "pytest", "rich"}


@pytest.mark.parametrize("service", ["dynamodb", "kms", "s3", "sqs"])
def test_the_layer_describes_every_service_a_function_calls(prod: Package, service: str) -> None:
    assert list(
        (prod.unpacked.site_packages / "botocore" / "data" / service).rglob("service-2.json*")
    )


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")
