"""The sample city: invented people, offices, classes and what is to become of their vouchers.

Made from a seed alone, byte for byte the same on every machine. Nothing here imports chalicelib:
the expectations are a second opinion on the rules, worked out again from plain tables.
Nobody in the city exists: numbers stand under the unassigned prefix 3199, names carry a canary.
"""

from sim.city.samples import make_city

__all__ = ["make_city"]
