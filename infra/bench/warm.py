"""A program that sends events to a packaged handler and then asks DynamoDB the same by itself.

It runs in a Python that has nothing but the package (`python -I -S warm.py`), reads its job from
standard input and tells what each took. What a request is and what the figures mean is told by
requests.py, which starts it.
"""

import json
import sys
import time
from importlib import import_module
from typing import Any


class Context:
    """What Lambda tells a function of its invocation."""

    aws_request_id = "request-1"
    function_name = log_group_name = log_stream_name = "function"
    invoked_function_arn = "arn:aws:lambda:us-east-1:000000000000:function:function"
    memory_limit_in_mb = 512

    def get_remaining_time_in_millis(self) -> int:
        """The whole of the function's time."""
        return 20_000


def serve(job: dict[str, Any]) -> dict[str, Any]:
    """Each event answered, its items put back as they were, its calls made again: A B A B."""
    module, name = job["handler"].rsplit(".", 1)
    handler = getattr(import_module(module), name)
    ours = import_module("chalicelib.store.table").connection().client
    plain = import_module("botocore.session").get_session().create_client("dynamodb")
    asked: list[tuple[str, dict[str, Any]]] = []
    ours.meta.events.register_first(
        "provide-client-params.dynamodb.*",
        lambda params, model, **_: asked.append((model.name, params)),
    )
    methods = {
        op: getattr(plain, method) for method, op in plain.meta.method_to_api_mapping.items()
    }
    told: dict[str, Any] = {"request_s": [], "calls_s": [], "calls": [], "answers": []}
    for event, before in zip(job["events"], job["before"], strict=True):
        asked.clear()
        begun_s = time.process_time()
        answer = handler(event, Context())
        told["request_s"].append(time.process_time() - begun_s)
        told["answers"].append(answer["statusCode"])
        calls = [(methods[operation], dict(params)) for operation, params in asked]
        told["calls"].append([operation for operation, _ in asked])
        put_back(plain, before)
        begun_s = time.process_time()
        for call, params in calls:
            call(**params)
        told["calls_s"].append(time.process_time() - begun_s)
    return told


def put_back(client: Any, before: dict[str, Any]) -> None:
    """The item that the request changes, as it was before it; bytes come as base64 text."""
    if before["item"] is None:
        client.delete_item(TableName=before["table"], Key=before["key"])
    else:
        client.put_item(TableName=before["table"], Item=before["item"])


def bytes_again(value: dict[str, Any]) -> dict[str, Any]:
    """DynamoDB's binary values out of the job's JSON."""
    return {"B": bytes.fromhex(value["B"])} if set(value) == {"B"} else value


def main() -> None:
    """One job, one answer in JSON on the last line; the handler's log lines come before it."""
    job = json.load(sys.stdin, object_hook=bytes_again)
    sys.path[:0] = job["path"]
    told = serve(job)
    sys.stdout.write("\n" + json.dumps(told))


if __name__ == "__main__":
    main()
