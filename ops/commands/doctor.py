"""`voucherctl doctor`: what is not as it must be, each with its mend.

Here: arguments and printing. Not here: the looks; they stand in ops.doctor.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from ops.doctor import Finding, Patient, State, examine
from ops.exits import REFUSED, told
from ops.operator import Json, operator
from ops.showing import show_json

Package = Annotated[
    Path | None,
    typer.Option(file_okay=False, help="compare with this package; default: build/package/STAGE"),
]
Policies = Annotated[
    Path, typer.Option(exists=True, file_okay=False, help="compare with these programmes")
]
_STYLES = {State.OK: "green", State.WARNING: "yellow", State.FAULT: "red", State.UNKNOWN: "dim"}


def doctor(
    context: typer.Context,
    package: Package = None,
    policies: Policies = Path("policies/shanghai"),
    as_json: Json = False,
) -> None:
    """Look at the standing city and say of each thing how it is and how it is mended.

    Changes nothing. Ends with 1 when anything is a fault.
    """
    patient = Patient(operator(context), package, policies)
    with told(as_json):
        _ = patient.described
        with Console(stderr=True, quiet=as_json).status("looking …") as shown:
            found = list(examine(patient, lambda look: shown.update(f"looking at: {look}")))
    if as_json:
        show_json([asdict(finding) for finding in found])
    else:
        _show(found)
    if any(finding.state is State.FAULT for finding in found):
        raise typer.Exit(REFUSED)


def _show(found: list[Finding]) -> None:
    console = Console(soft_wrap=True, highlight=False)
    for finding in found:
        mark = Text(f"{finding.state:8}", _STYLES[finding.state])
        console.print(mark, Text(f"{finding.look}: {finding.found}"))
        if finding.mend:
            # On a line of its own: most are commands to be copied.
            console.print(Text(f"         → {finding.mend}"))
    counts = {state: sum(f.state is state for f in found) for state in State}
    console.print(" · ".join(f"{count} {state}" for state, count in counts.items()))
