"""The package: whether what runs is what this checkout packaged."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from infra import paths
from infra.package import TEMPLATE
from infra.stack import prepare
from ops.doctor.finding import Finding, State
from ops.doctor.patient import Patient

_SHOWN = 8
_CODE = ("CodeUri", "ContentUri")


def compared(patient: Patient) -> Iterator[Finding]:
    """Where the deployed template differs from the package's, resource by resource."""
    folder = patient.package or paths.BUILD / "package" / patient.stage
    if not (folder / TEMPLATE).exists():
        mend = f"make package STAGE={patient.stage}, or name its folder by --package"
        yield Finding("package", State.UNKNOWN, f"no package in {_short(folder)}", mend)
        return
    deployed = patient.template
    packaged = prepare(folder, _bucket(deployed)).template
    if deployed == packaged:
        yield Finding("package", State.OK, f"what runs is what lies in {_short(folder)}")
        return
    different = sorted(_differing(deployed["Resources"], packaged["Resources"]))
    parts = [part for part in packaged if packaged[part] != deployed.get(part)]
    others = [part for part in parts if part != "Resources"]
    named = ", ".join([*different[:_SHOWN], *(["…"] if len(different) > _SHOWN else []), *others])
    yield Finding(
        "package",
        State.WARNING,
        f"{len(different)} resources of {_short(folder)} are not what runs: {named}",
        f"voucherctl deploy {_short(folder)}, or check out the version that was deployed",
    )


def _differing(deployed: Mapping[str, Any], packaged: Mapping[str, Any]) -> Iterator[str]:
    for name in deployed.keys() | packaged.keys():
        if name not in packaged:
            yield f"-{name}"
        elif name not in deployed:
            yield f"+{name}"
        elif deployed[name] != packaged[name]:
            yield f"{name} (code)" if _plain(deployed[name]) == _plain(packaged[name]) else name


def _plain(resource: Mapping[str, Any]) -> dict[str, Any]:
    """The resource without the addresses of its code."""
    properties = resource.get("Properties", {})
    return {**resource, "Properties": {k: v for k, v in properties.items() if k not in _CODE}}


def _bucket(template: Mapping[str, Any]) -> str:
    """The bucket from which the deployed functions came."""
    uris = (r.get("Properties", {}).get("CodeUri") for r in template["Resources"].values())
    found = next(uri for uri in uris if uri is not None)
    return str(found).removeprefix("s3://").split("/")[0]


def _short(folder: Path) -> str:
    return str(folder.relative_to(paths.ROOT) if folder.is_relative_to(paths.ROOT) else folder)
