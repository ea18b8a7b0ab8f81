"""The city's numbers as CloudWatch tells them; the local cloud makes none out of log lines.

Here: the latest of a number, whoever asks. Not here: what is too much of it.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from ops.doctor.patient import Patient


def latest(
    patient: Patient, namespace: str, name: str, dimensions: Mapping[str, str], within: timedelta
) -> int | None:
    """The newest value of a metric, the greatest of its minute, or None where it has none."""
    now = datetime.now(UTC)
    told = patient.client("cloudwatch").get_metric_statistics(
        Namespace=namespace,
        MetricName=name,
        Dimensions=[{"Name": key, "Value": value} for key, value in dimensions.items()],
        StartTime=now - within,
        EndTime=now,
        Period=60,
        Statistics=["Maximum"],
    )
    points = sorted(told["Datapoints"], key=lambda point: point["Timestamp"])
    return int(points[-1]["Maximum"]) if points else None


def latest_logged(patient: Patient, name: str, within: timedelta) -> int | None:
    """The newest value of a number that a metric filter of the template takes from the log.

    In the local stage it is taken from the line itself.
    """
    taken = patient.template["Resources"][name]["Properties"]
    (made,) = taken["MetricTransformations"]
    if patient.stage != "local":
        return latest(patient, made["MetricNamespace"], made["MetricName"], {}, within)
    field = made["MetricValue"].removeprefix("$.")
    told = patient.client("logs").filter_log_events(
        logGroupName=patient.resources("AWS::Logs::LogGroup")[taken["LogGroupName"]["Ref"]],
        filterPattern=f'"{field}"',
        startTime=int((datetime.now(UTC) - within).timestamp() * 1_000),
    )["events"]
    newest = max(told, key=lambda line: line["timestamp"], default=None)
    return int(json.loads(newest["message"])[field]) if newest else None
