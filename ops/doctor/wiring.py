"""What wakes the functions, and what cries: schedules, consumers, alarms."""

from collections.abc import Iterator

from ops.doctor.finding import Finding, State
from ops.doctor.patient import Patient


def schedules(patient: Patient) -> Iterator[Finding]:
    """Whether every schedule of the template is enabled."""
    events = patient.client("events")
    rules = patient.resources("AWS::Events::Rule")
    off = [n for n, rule in rules.items() if events.describe_rule(Name=rule)["State"] != "ENABLED"]
    for name in off:
        yield Finding(
            "schedules",
            State.FAULT,
            f"{name} is disabled",
            f"aws events enable-rule --name {rules[name]}",
        )
    if not off:
        yield Finding("schedules", State.OK, f"all {len(rules)} enabled")


def consumers(patient: Patient) -> Iterator[Finding]:
    """Whether every function that reads a queue or a stream is given what comes."""
    functions = patient.client("lambda")
    mappings = patient.resources("AWS::Lambda::EventSourceMapping")
    off = False
    for name, uuid in mappings.items():
        found = functions.get_event_source_mapping(UUID=uuid)["State"]
        if found not in ("Enabled", "Enabling", "Creating", "Updating"):
            off = True
            mend = f"aws lambda update-event-source-mapping --enabled --uuid {uuid}"
            yield Finding("consumers", State.FAULT, f"{name} is {found}", mend)
    if not off:
        yield Finding("consumers", State.OK, f"all {len(mappings)} enabled")


def alarms(patient: Patient) -> Iterator[Finding]:
    """Which alarms cry, with the page that says what to do."""
    named = {alarm: name for name, alarm in patient.resources("AWS::CloudWatch::Alarm").items()}
    pages = patient.client("cloudwatch").get_paginator("describe_alarms")
    crying = [
        alarm
        for page in pages.paginate(StateValue="ALARM")
        for alarm in page["MetricAlarms"]
        if alarm["AlarmName"] in named
    ]
    for alarm in crying:
        meaning, _, runbook = alarm["AlarmDescription"].partition("Runbook: ")
        found = f"{named[alarm['AlarmName']]}: {meaning.strip()}"
        yield Finding("alarms", State.FAULT, found, f"see {runbook}")
    if not crying:
        yield Finding("alarms", State.OK, f"none of {len(named)} cries")
