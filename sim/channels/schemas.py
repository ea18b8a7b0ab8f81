"""The published schemas (docs/schemas), one per CloudEvent type and version.

Here: whether a message is what its type promises. Not here: how the schemas are made.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema_rs


class UnknownMessageError(Exception):
    """No schema is published for the type of this message."""


@dataclass(frozen=True)
class Schemas:
    """The schemas in a folder, each read when first needed."""

    folder: Path
    _read: dict[str, jsonschema_rs.Validator] = field(default_factory=dict)

    def faults(self, event: Mapping[str, Any]) -> list[str]:
        """What of the message is not as its schema says: where and which rule, never a value.

        Raises UnknownMessageError.
        """
        validator = self._validator(str(event.get("type")))
        return [
            f"{_place(fault.instance_path)}: {_place(fault.schema_path)}"
            for fault in validator.iter_errors(dict(event))
        ]

    def _validator(self, event_type: str) -> jsonschema_rs.Validator:
        if event_type not in self._read:
            path = self.folder / f"{event_type}.json"
            if path.parent != self.folder or not path.is_file():
                raise UnknownMessageError(event_type)
            schema = json.loads(path.read_text(encoding="utf-8"))
            self._read[event_type] = jsonschema_rs.validator_for(schema)
        return self._read[event_type]


def _place(path: Sequence[str | int]) -> str:
    return "/".join(map(str, path)) or "the message"
