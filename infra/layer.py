"""The layer that every function shares: what it holds, what it leaves out, its cache.

A layer is made once per requirements.txt, Python and machine; packaging again takes it from
build/layers. How Chalice is called stands in package.py.
"""

import hashlib
import platform
import re
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Final

from infra import bytecode, paths

_CACHE: Final = paths.BUILD / "layers"
# The services a function calls; botocore carries the descriptions of 400 others.
_SERVICES: Final = ("dynamodb", "kms", "s3", "sqs", "sts")
_DATA: Final = re.compile(r".*/botocore/data/([^/]+)/")
_RUNTIME: Final = f"python{sys.version_info.major}.{sys.version_info.minor}"


class IncompleteLayerError(Exception):
    """A requirement found no wheel that Lambda can run; the layer would lack it."""


def architecture() -> str:
    """This machine's architecture, in Lambda's words."""
    return "arm64" if platform.machine() in ("arm64", "aarch64") else "x86_64"


def lend(project: Path, arch: str) -> None:
    """Put the cached layer, where there is one, to the place where Chalice looks for its own."""
    kept = _kept(project, arch)
    if kept.exists():
        deployments = project / ".chalice" / "deployments"
        deployments.mkdir(exist_ok=True)
        shutil.copyfile(kept, deployments / _chalice_name(project, arch))


def finish(project: Path, made: Path, arch: str) -> None:
    """Turn the layer Chalice has `made` into the one that ships, and keep it."""
    kept = _kept(project, arch)
    if not kept.exists():
        _CACHE.mkdir(parents=True, exist_ok=True)
        _must_hold_all(project / "requirements.txt", made)
        bytecode.compile_zip(made, kept, _ships, scratch=project)
    shutil.copyfile(kept, made)


def _ships(name: str) -> bool:
    data = _DATA.match(name)
    return not name.endswith(".pyc") and (data is None or data[1] in _SERVICES)


def _must_hold_all(requirements: Path, layer: Path) -> None:
    with zipfile.ZipFile(layer) as packed:
        held = {_plain(n.split(".dist-info/")[0]) for n in packed.namelist() if ".dist-info/" in n}
    lines = requirements.read_text().splitlines()
    wanted = [line for line in lines if "==" in line and not line.startswith("#")]
    missing = [w for w in wanted if _plain(w.replace("==", "-")) not in held]
    if missing:
        raise IncompleteLayerError(f"no wheel for Lambda found for: {', '.join(missing)}")


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.rsplit("/", 1)[-1]).lower()


def _kept(project: Path, arch: str) -> Path:
    recipe = (project / "requirements.txt").read_bytes() + Path(__file__).read_bytes()
    return _CACHE / f"{hashlib.sha256(recipe).hexdigest()[:16]}-{_RUNTIME}-{arch}.zip"


def _chalice_name(project: Path, arch: str) -> str:
    content = (project / "requirements.txt").read_bytes()
    digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
    suffix = "" if arch == "x86_64" else f"-{arch}"
    return f"managed-layer-{digest}-{_RUNTIME}{suffix}.zip"
