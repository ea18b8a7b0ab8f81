"""Cold starts: CPU of importing each function's handler, against a bare botocore client.

Both are measured in turn in fresh processes on the packaged code, so that drift hits both alike.
"""

import json
import os
import statistics
import subprocess
import sys
import zipfile
from pathlib import Path

from infra import paths
from tests.tables import ENVIRONMENT, TABLES

ROUNDS = 7
_BARE = "import botocore.session as s; s.get_session().create_client('dynamodb')"
_HANDLER = """
import importlib
importlib.import_module({module!r})
import sys
table = sys.modules.get("chalicelib.store.table")
if table:
    table.connection().client
"""
_TIMED = """
import os, sys
exec(sys.argv[1])
spent = os.times()
print(spent.user + spent.system)
"""


def unpacked(package: Path, folder: Path) -> list[Path]:
    """The function's own path: the app's zip and the layer's, unpacked."""
    for name in ("deployment", "layer-deployment"):
        with zipfile.ZipFile(package / f"{name}.zip") as packed:
            packed.extractall(folder / name)
    layer = folder / "layer-deployment" / "python"
    site = next(layer.rglob("site-packages"), layer)
    return [folder / "deployment", site]


def handlers(package: Path) -> dict[str, str]:
    """Logical name and handler module of every function of the template."""
    template = json.loads((package / "template.json").read_text(encoding="utf-8"))
    return {
        name: resource["Properties"]["Handler"].rsplit(".", 1)[0]
        for name, resource in template["Resources"].items()
        if resource["Type"] == "AWS::Serverless::Function"
    }


def cpu_s(code: str, path: list[Path]) -> float:
    """CPU seconds of a fresh isolated interpreter that runs the code."""
    environment = {
        **ENVIRONMENT,
        **{variable: variable.lower() for variable in TABLES.values()},
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(map(str, path)),
    }
    done = subprocess.run(
        [sys.executable, "-S", "-c", _TIMED, code],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def ratios(package: Path) -> dict[str, float]:
    """For each function the median of its CPU over the bare client's of the same round."""
    path = unpacked(package, paths.BUILD / "bench" / "unpacked")
    empty = cpu_s("pass", path)
    found: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, module in handlers(package).items():
            bare = cpu_s(_BARE, path) - empty
            spent = cpu_s(_HANDLER.format(module=module), path) - empty
            found.setdefault(name, []).append(spent / bare)
    return {name: round(statistics.median(each), 2) for name, each in found.items()}
