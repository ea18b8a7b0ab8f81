"""Packaging: one template and two zips for a stage, made by Chalice and completed here.

Chalice works on a copy, so that the checkout's caches and strangers' files never ship. Where the
package goes from here is deploy.py's affair.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from chalice.package import TemplateDeepMerger, YAMLTemplateSerializer

from infra import bytecode, dashboard, layer, local_stage, paths

STAGES: Final = ("local", "dev", "prod")
TEMPLATE: Final = "template.json"


class PackagingError(Exception):
    """Chalice could not package; the message is its own."""


def package(stage: str, folder: Path) -> Path:
    """Package the checkout for `stage` into `folder`, which is replaced as a whole.

    It then holds template.json, deployment.zip and layer-deployment.zip.
    """
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="packaging-", dir=folder.parent) as scratch:
        project, made = Path(scratch) / "project", Path(scratch) / "made"
        arch = _copy_project(project, stage)
        layer.lend(project, arch)
        _run_chalice(project, stage, made)
        layer.finish(project, made / "layer-deployment.zip", arch)
        app = made / "deployment.zip"
        bytecode.compile_zip(app, app, lambda name: True, scratch=Path(scratch))
        _complete(made / "sam.json", made / TEMPLATE)
        shutil.rmtree(folder, ignore_errors=True)
        made.rename(folder)
    return folder


def _copy_project(project: Path, stage: str) -> str:
    """Copy what ships, join the stage's templates, and say for which architecture."""
    ignore = shutil.ignore_patterns("__pycache__", "deployments", "deployed")
    for name in ("chalicelib", ".chalice"):
        shutil.copytree(paths.ROOT / name, project / name, ignore=ignore)
    for name in ("app.py", "requirements.txt"):
        shutil.copyfile(paths.ROOT / name, project / name)
    (project / "merge.json").write_text(json.dumps(_templates_of(stage)))
    if stage == "local":
        local_stage.adapt(project / ".chalice")
    config = json.loads((project / ".chalice" / "config.json").read_text())
    return str(config.get("lambda_architecture", "x86_64"))


def _templates_of(stage: str) -> dict[str, Any]:
    """The template to merge, with infra/local.yaml in stage local only."""
    names = ["template.yaml", "watch.yaml", *(["local.yaml"] if stage == "local" else [])]
    whole: dict[str, Any] = {}
    for name in names:
        path = paths.ROOT / "infra" / name
        part = YAMLTemplateSerializer().load_template(path.read_text(), str(path))
        whole = TemplateDeepMerger().merge(part, whole)
    return whole


def _complete(chalices: Path, completed: Path) -> None:
    template = json.loads(chalices.read_text())
    dashboard.add(template)
    completed.write_text(json.dumps(template, indent=2))
    chalices.unlink()


def _run_chalice(project: Path, stage: str, made: Path) -> None:
    environment = {"AWS_DEFAULT_REGION": "us-east-1", **os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    environment["TMPDIR"] = str(project)
    command = [sys.executable, "-c", "from chalice.cli import main; main()"]
    command += ["--project-dir", str(project), "package", "--stage", stage]
    command += ["--merge-template", str(project / "merge.json"), str(made)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=project)
    if done.returncode != 0:
        raise PackagingError(done.stdout + done.stderr)


def main(arguments: list[str]) -> int:
    """`python -m infra.package STAGE`: package into build/package/STAGE."""
    if len(arguments) != 1 or arguments[0] not in STAGES:
        print(f"usage: python -m infra.package {{{','.join(STAGES)}}}", file=sys.stderr)
        return 2
    folder = package(arguments[0], paths.BUILD / "package" / arguments[0])
    for path in sorted(folder.iterdir()):
        print(f"{path.stat().st_size:>12,}  {path.relative_to(paths.ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
