"""Cases beside a policy (cases/*.toml): a situation, a day, what must come of it.

They are run against the very decisions that the city's use cases take.
"""

from .case import Case, FaultyCases
from .read import read_cases
from .run import Verdict, run

__all__ = ["Case", "FaultyCases", "Verdict", "read_cases", "run"]
