"""The city's doors beside HTTP: its queues' depths, its schedules.

Here: asking whether the queues are quiet, waking a schedule's function with
the event that EventBridge would send. Not here: any table.
"""

import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ops.failures import StepFailedError

QUEUES = ("ImportsQueue", "BatchesQueue", "SettlementsQueue", "BankQueue", "BankResultsQueue")
DEPTHS = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)
PATIENCE_S = 90.0
POLL_EVERY_S = 0.4


@dataclass(frozen=True)
class Doors:
    """Clients of the local cloud, with the stack's outputs and functions by logical name."""

    sqs: Any
    functions_client: Any
    events: Any
    outputs: Mapping[str, str]
    functions: Mapping[str, str]

    def depth(self, queue: str) -> int:
        """Messages in a queue: waiting, delayed, or being worked on."""
        told = self.sqs.get_queue_attributes(
            QueueUrl=self.outputs[queue], AttributeNames=list(DEPTHS)
        )["Attributes"]
        return sum(int(told[name]) for name in DEPTHS)

    def wait_until_quiet(self, *queues: str) -> None:
        """Wait until these queues are empty, twice in a row. Raises StepFailedError.

        A message whose work failed lies hidden until its queue shows it again: so long it waits.
        """
        patience_s = PATIENCE_S + max(map(self._hidden_s, queues))
        give_up_at = time.monotonic() + patience_s
        quiet = 0
        while quiet < 2:
            quiet = quiet + 1 if all(self.depth(queue) == 0 for queue in queues) else 0
            if time.monotonic() > give_up_at:
                depths = {queue: self.depth(queue) for queue in queues}
                raise StepFailedError(
                    "waiting for the queues",
                    f"still not empty after {patience_s:.0f} s: {depths}",
                    "look at the consumers' log lines in the cloud's log",
                )
            time.sleep(POLL_EVERY_S)

    def _hidden_s(self, queue: str) -> int:
        told = self.sqs.get_queue_attributes(
            QueueUrl=self.outputs[queue], AttributeNames=["VisibilityTimeout"]
        )["Attributes"]
        return int(told["VisibilityTimeout"])

    def take_over_schedules(self) -> None:
        """Stop the cloud's own timers: from now on a schedule runs when the story wakes it.

        The timers follow the machine's time, not the city's; one that fires into a jump of the
        clock would also hold the jump up for a minute.
        """
        for rule in self.events.list_rules()["Rules"]:
            if "ScheduleExpression" in rule:
                self.events.disable_rule(Name=rule["Name"])

    def wake(self, schedule: str, now: datetime) -> Any:
        """Invoke a schedule's function with EventBridge's event. Raises StepFailedError."""
        reply = self.functions_client.invoke(
            FunctionName=self.functions[schedule],
            InvocationType="RequestResponse",
            Payload=json.dumps(scheduled_event(schedule, now)).encode(),
        )
        told = json.loads(reply["Payload"].read() or b"null")
        if reply.get("FunctionError"):
            raise StepFailedError(
                f"schedule {schedule}",
                f"the function failed: {json.dumps(told, ensure_ascii=False)[:800]}",
                "look at its log lines in the cloud's log",
            )
        return told


def scheduled_event(schedule: str, now: datetime) -> dict[str, Any]:
    """The event of a schedule as EventBridge sends it at `now`.

    Source: Amazon EventBridge user guide, "Scheduled Event".
    """
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "000000000000",
        "time": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": "us-east-1",
        "resources": [f"arn:aws:events:us-east-1:000000000000:rule/{schedule}"],
        "detail": {},
    }
