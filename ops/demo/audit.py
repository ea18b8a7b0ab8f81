"""The closing check of the story: every table dumped, counted and checked.

Here: how the checker reaches the story's city. Not here: what is checked; ops.check says that.
"""

from ops.check import Report, report
from ops.check.taking import take
from ops.demo.arrival import DeployedCity, client


def audit(city: DeployedCity) -> Report:
    """The checker's report on a city at rest."""
    return report(take(city.outputs, client(city, "dynamodb")))
