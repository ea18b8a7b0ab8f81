"""A package as the tests read it: its template, its zips unpacked, its functions by what wakes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra import by_hand, package
from infra.by_hand import Unpacked

Resource = dict[str, Any]


@dataclass(frozen=True)
class Package:
    """What `make package` makes for a stage."""

    folder: Path
    unpacked: Unpacked

    @property
    def resources(self) -> dict[str, Resource]:
        """The template's resources by logical id."""
        resources: dict[str, Resource] = self.unpacked.template["Resources"]
        return resources

    def of_type(self, kind: str) -> dict[str, Resource]:
        """Properties of the resources of a type, by logical id."""
        return {n: r["Properties"] for n, r in self.resources.items() if r["Type"] == kind}

    @property
    def functions(self) -> dict[str, Resource]:
        """The functions' properties."""
        return self.of_type("AWS::Serverless::Function")

    def woken_by(self, kind: str) -> dict[str, Resource]:
        """The functions that an event of this kind wakes."""
        return {
            name: properties
            for name, properties in self.functions.items()
            if any(event["Type"] == kind for event in properties.get("Events", {}).values())
        }


def packaged(stage: str, folder: Path) -> Package:
    """Package the checkout for a stage and unpack it, all beneath `folder`."""
    made = package.package(stage, folder / "made")
    return Package(made, by_hand.unpack(made, folder))
