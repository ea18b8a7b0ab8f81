"""Dated parameters of the programmes: reading a folder, checking it, asking for a day's value."""

from .compiled import Policy
from .document import digest, read

__all__ = ["Policy", "digest", "read"]
