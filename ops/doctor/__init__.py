"""The doctor: looks at a standing city from outside and names what is not as it must be.

Here: the order of the looks. Each look stands in a module of its own and gives findings, each with
its mend; none changes anything.
"""

from collections.abc import Callable, Iterator

from botocore.exceptions import BotoCoreError, ClientError

from ops.api import UnreachableError
from ops.doctor import clock, holidays, national, office, package, queues, stack, wiring
from ops.doctor.finding import Finding, State
from ops.doctor.patient import Patient
from ops.failures import StepFailedError

__all__ = ["Finding", "Patient", "State", "examine"]

Look = Callable[[Patient], Iterator[Finding]]

_LOOKS: tuple[tuple[str, Look], ...] = (
    ("stack", stack.status),
    ("drift", stack.drift),
    ("package", package.compared),
    ("parameters", stack.parameters),
    ("schedules", wiring.schedules),
    ("consumers", wiring.consumers),
    ("alarms", wiring.alarms),
    ("queues", queues.working),
    ("dead letters", queues.dead_letters),
    ("national", national.untold),
    ("clock", clock.clock),
    ("policies", office.policies),
    ("holidays", holidays.holidays),
)


def examine(patient: Patient, tell: Callable[[str], None]) -> Iterator[Finding]:
    """Everything found, look by look; `tell` hears which look is being taken.

    A look that cannot be taken is a finding itself.
    """
    for name, look in _LOOKS:
        tell(name)
        try:
            yield from look(patient)
        except (BotoCoreError, ClientError, UnreachableError, StepFailedError) as error:
            yield Finding(
                name,
                State.UNKNOWN,
                f"could not be looked at: {error}",
                "has this operator the right, and are address, token and region the city's?",
            )
