"""What the city's own offices must have done: the programmes published, in this version."""

from collections.abc import Iterator

from chalicelib.policy import digest
from ops.doctor.finding import Finding, State
from ops.doctor.patient import Patient
from ops.failures import ADVICE, SERVER_ADVICE
from ops.policies import programmes


def policies(patient: Patient) -> Iterator[Finding]:
    """Whether each programme of the folder is in force, and as it stands there."""
    answer = patient.who.api().get("/policies", patient.who.token)
    if answer.status != 200:
        found = f"the city answered {answer.status} {answer.code}"
        yield Finding("policies", State.UNKNOWN, found, ADVICE.get(answer.status, SERVER_ADVICE))
        return
    in_force = {row["programme"]: row["hash"] for row in answer.json["in_force"]}
    wanted = {d["programme"]: digest(d) for d in programmes(patient.policies)}
    publish = f"voucherctl policy propose {patient.policies}; then another official: approve"
    for programme, hash_ in wanted.items():
        if programme not in in_force:
            found = f"{programme} has never been published"
            yield Finding("policies", State.FAULT, found, publish)
        elif in_force[programme] != hash_:
            found = f"{programme} is in force in another version than {patient.policies} has"
            yield Finding("policies", State.WARNING, found, f"is the folder newer? {publish}")
    if wanted.items() <= in_force.items():
        yield Finding("policies", State.OK, f"{len(wanted)} in force as in {patient.policies}")
