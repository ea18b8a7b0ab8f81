"""The stack: whether it is whole, as its template made it, and given all its values."""

import time
from collections.abc import Iterator

from ops.doctor.finding import Finding, State
from ops.doctor.patient import Patient

POLL_S = 1.0
_PATIENCE_S = 300.0
_HEALTHY = ("CREATE_COMPLETE", "UPDATE_COMPLETE")


def status(patient: Patient) -> Iterator[Finding]:
    """Whether the last deployment came to its end."""
    found = patient.described["StackStatus"]
    if found in _HEALTHY:
        yield Finding("stack", State.OK, f"{patient.who.stack_name} {found}, stage {patient.stage}")
        return
    yield Finding(
        "stack",
        State.FAULT,
        f"{patient.who.stack_name} {found}: {patient.described.get('StackStatusReason', '')}",
        "wait while it is in progress; else mend what the stack's events name and deploy again "
        "(docs/deploy.md)",
    )


def drift(patient: Patient) -> Iterator[Finding]:
    """Whether somebody changed by hand what the template made. Takes a minute on AWS."""
    cloudformation, name = patient.client("cloudformation"), patient.who.stack_name
    detection = cloudformation.detect_stack_drift(StackName=name)["StackDriftDetectionId"]
    give_up_at = time.monotonic() + _PATIENCE_S
    while True:
        told = cloudformation.describe_stack_drift_detection_status(StackDriftDetectionId=detection)
        if told["DetectionStatus"] != "DETECTION_IN_PROGRESS" or time.monotonic() > give_up_at:
            break
        time.sleep(POLL_S)
    if told["DetectionStatus"] != "DETECTION_COMPLETE":
        reason = told.get("DetectionStatusReason", f"not done after {_PATIENCE_S:.0f} s")
        yield Finding("drift", State.UNKNOWN, reason, "run it again")
        return
    drifted = cloudformation.describe_stack_resource_drifts(
        StackName=name, StackResourceDriftStatusFilters=["MODIFIED", "DELETED"]
    )["StackResourceDrifts"]
    if not drifted:
        yield Finding("drift", State.OK, "every resource that can be compared is as deployed")
    for resource in drifted:
        where = ", ".join(d["PropertyPath"] for d in resource.get("PropertyDifferences", []))
        yield Finding(
            "drift",
            State.FAULT,
            f"{resource['LogicalResourceId']} is {resource['StackResourceDriftStatus']}: {where}",
            "was it meant? then write it into infra/template.yaml; else put it back as it was",
        )


def parameters(patient: Patient) -> Iterator[Finding]:
    """Whether every value is given, and none that belongs to another stage."""
    given, known = patient.parameters, patient.template["Parameters"]
    needed = [name for name, parameter in known.items() if "Default" not in parameter]
    if empty := [name for name in needed if not given.get(name)]:
        yield Finding(
            "parameters",
            State.FAULT,
            f"empty: {', '.join(empty)}",
            f"voucherctl deploy FOLDER {' '.join(f'{name}=…' for name in empty)}",
        )
    else:
        manager = given["FirstPermissionManager"]
        yield Finding("parameters", State.OK, f"all given; first permission manager {manager}")
    if not given.get("AlarmsEmail") and patient.stage != "local":
        mend = "voucherctl deploy FOLDER AlarmsEmail=…"
        yield Finding("parameters", State.WARNING, "alarms are mailed to nobody", mend)
