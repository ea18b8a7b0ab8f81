"""The dashboard of a packaged template: the funnel, money's way out, queues, the API, functions.

It is made from the template, so that no queue and no function is ever missing on it. What raises
an alarm stands in watch.yaml.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from infra.queue_names import collects

Metric = list[Any]
Widget = dict[str, Any]

_FUNNEL: Final = ("Issued", "Claimed", "Verified", "Used", "Settled", "Expired")  # watch.yaml's
_API: Final = ("ApiName", "voucher-city", "Stage", "v1")
_HALF: Final = 12
_HEIGHT: Final = 6
_DAY_S: Final = 86_400


def add(template: dict[str, Any]) -> None:
    """Put the dashboard of everything in the template into it."""
    template["Resources"]["Dashboard"] = {
        "Type": "AWS::CloudWatch::Dashboard",
        "Properties": {"DashboardBody": {"Fn::Sub": json.dumps(body(template["Resources"]))}},
    }


def body(resources: Mapping[str, Any]) -> dict[str, Any]:
    """The dashboard's body; names of queues and functions stand in it as references."""
    queues = sorted(n for n, r in resources.items() if r["Type"] == "AWS::SQS::Queue")
    collecting = [name for name in queues if collects(name)]
    working = [name for name in queues if name not in collecting]
    functions = sorted(n for n, r in resources.items() if r["Type"] == "AWS::Serverless::Function")
    shown = [
        _widget("Vouchers a day", _ours(_FUNNEL), stat="Sum", period_s=_DAY_S),
        _widget("Oldest due line (s), breaches", _ours(("OldestDueLine", "Breaches"))),
        _widget("Oldest event the platform has not answered (s)", _ours(("OldestUntold",))),
        _widget("Messages waiting", _of_queues("ApproximateNumberOfMessagesVisible", working)),
        _widget("Oldest message (s)", _of_queues("ApproximateAgeOfOldestMessage", working)),
        _widget("Dead letters", _of_queues("ApproximateNumberOfMessagesVisible", collecting)),
        _widget("Broken, tried again, quarantined", _ours(("Broken", "Retried", "Quarantined"))),
        _widget("Requests and errors", _of_api(("Count", "4XXError", "5XXError")), stat="Sum"),
        _widget("Latency of the API (ms)", _latencies()),
        _widget("Functions: errors", _of_functions("Errors", functions), stat="Sum"),
        _widget("Functions: throttles", _of_functions("Throttles", functions), stat="Sum"),
        _widget("Functions: duration (ms)", _of_functions("Duration", functions), stat="p95"),
    ]
    for place, widget in enumerate(shown):
        widget |= {"x": place % 2 * _HALF, "y": place // 2 * _HEIGHT}
    return {"widgets": shown}


def _widget(
    title: str, metrics: Sequence[Metric], *, stat: str = "Maximum", period_s: int = 60
) -> Widget:
    return {
        "type": "metric",
        "width": _HALF,
        "height": _HEIGHT,
        "properties": {
            "title": title,
            "region": "${AWS::Region}",
            "view": "timeSeries",
            "stat": stat,
            "period": period_s,
            "metrics": list(metrics),
        },
    }


def _ours(names: Sequence[str]) -> list[Metric]:
    return [["VoucherCity", name] for name in names]


def _of_queues(name: str, queues: Sequence[str]) -> list[Metric]:
    return [
        ["AWS/SQS", name, "QueueName", f"${{{queue}.QueueName}}", {"label": queue}]
        for queue in queues
    ]


def _of_functions(name: str, functions: Sequence[str]) -> list[Metric]:
    return [
        ["AWS/Lambda", name, "FunctionName", f"${{{function}}}", {"label": function}]
        for function in functions
    ]


def _of_api(names: Sequence[str]) -> list[Metric]:
    return [["AWS/ApiGateway", name, *_API] for name in names]


def _latencies() -> list[Metric]:
    stats = ("p50", "p95", "p99")
    return [["AWS/ApiGateway", "Latency", *_API, {"stat": s, "label": s}] for s in stats]
