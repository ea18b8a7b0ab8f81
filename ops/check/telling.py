"""The checker's number for the alarm: how many breaches a check found.

Here: writing it to CloudWatch. Not here: the alarm; infra/watch.yaml has it.
"""

from typing import Any

NAMESPACE = "VoucherCity"
METRIC = "Breaches"


def tell(cloudwatch: Any, breaches: int) -> None:
    """Write the number, also when it is 0: that ends the alarm. Raises botocore's errors."""
    number = {"MetricName": METRIC, "Value": breaches, "Unit": "Count"}
    cloudwatch.put_metric_data(Namespace=NAMESPACE, MetricData=[number])
