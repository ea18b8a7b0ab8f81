"""Dated parameters of the programmes: asked for a day's value, and for what they decide.

Here only what every function needs of them; reading a folder (place.py) and checking a document
(check.py) are imported by those who do it.
"""

from .compiled import Policy
from .document import digest

__all__ = ["Policy", "digest"]
