"""Dated parameters of the programmes: reading a folder, checking it, asking for a day's value."""

from .compiled import Policy
from .document import digest
from .place import read, read_place

__all__ = ["Policy", "digest", "read", "read_place"]
