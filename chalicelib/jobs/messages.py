"""Messages of a queue, one by one: what fails comes back by itself, what is done is done."""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from chalice.app import SQSEvent

from chalicelib.observability import observed


def one_by_one(event: SQSEvent, work: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """The queue's answer: the messages whose work failed and is to be tried again."""

    @observed
    def message(record: SQSRecord) -> None:
        work(record.json_body)

    # Where all fail, an exception would write their tracebacks, with what they quote, to the log.
    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    return dict(
        process_partial_response(event=event.to_dict(), record_handler=message, processor=processor)
    )
