"""Where a class is taught, and where a phone says it is; geofence.py says how far apart."""

from dataclasses import dataclass

from .datum import Datum, Degrees


@dataclass(frozen=True)
class Position:
    """A reported position: its numbers, their system, and the accuracy it claims in metres."""

    point: Degrees
    datum: Datum
    accuracy_m: float


@dataclass(frozen=True)
class Site:
    """A teaching site; `radius_m` None means the policy's."""

    point: Degrees
    datum: Datum
    radius_m: int | None
