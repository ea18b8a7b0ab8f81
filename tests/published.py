"""Messages as the published schemas (docs/schemas) promise them; who reads queues asks here."""

from pathlib import Path
from typing import Any

from sim.channels.schemas import Schemas

SCHEMAS = Schemas(Path(__file__).parent.parent / "docs" / "schemas")


def as_promised(event: dict[str, Any]) -> dict[str, Any]:
    """The message itself; AssertionError where it is not as its schema says."""
    faults = SCHEMAS.faults(event)
    assert not faults, f"{event['type']}: {faults}"
    return event
