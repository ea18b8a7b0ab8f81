"""Events as AWS sends them to functions; what a function does with one is its own affair.

Source: AWS Lambda developer guide, the sample events of its services.
"""

from typing import Any

_METHOD = "arn:aws:execute-api:us-east-1:000000000000:api/v1/GET/me"


def to_authorize(token: str) -> dict[str, Any]:
    """The gateway asks its authorizer."""
    return {"type": "TOKEN", "authorizationToken": token, "methodArn": _METHOD}


def request(
    method: str,
    resource: str,
    authorizer: dict[str, Any],
    *,
    named: dict[str, str] | None = None,
    key: str | None = None,
    body: str | None = None,
) -> dict[str, Any]:
    """The gateway passes a request on; `named` fills the places of the resource's path."""
    path = resource.format_map(named or {})
    headers = {"Accept": "application/json", "Accept-Language": "zh-CN"}
    if body is not None:
        headers["Content-Type"] = "application/json"
    if key is not None:
        headers["Idempotency-Key"] = key
    return {
        "resource": resource,
        "path": path,
        "httpMethod": method,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "pathParameters": named,
        "stageVariables": None,
        "requestContext": {
            "resourcePath": resource,
            "httpMethod": method,
            "path": f"/v1{path}",
            "stage": "v1",
            "requestId": "request-1",
            "identity": {"sourceIp": "127.0.0.1"},
            "authorizer": authorizer,
        },
        "body": body,
        "isBase64Encoded": False,
    }


def messages(bodies: list[str]) -> dict[str, Any]:
    """A queue hands over a batch."""
    return {
        "Records": [
            {
                "messageId": f"message-{number}",
                "receiptHandle": f"handle-{number}",
                "body": body,
                "attributes": {"ApproximateReceiveCount": "1"},
                "messageAttributes": {},
                "md5OfBody": "",
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:queue",
                "awsRegion": "us-east-1",
            }
            for number, body in enumerate(bodies)
        ]
    }


def of_a_stream(*images: dict[str, Any]) -> dict[str, Any]:
    """A table's stream hands over new items, each as DynamoDB types it."""
    return {
        "Records": [
            {
                "eventID": f"event-{number}",
                "eventName": "INSERT",
                "eventVersion": "1.1",
                "eventSource": "aws:dynamodb",
                "awsRegion": "us-east-1",
                "dynamodb": {
                    "ApproximateCreationDateTime": 1772413200,
                    "Keys": {"id": image["id"]},
                    "NewImage": image,
                    "SequenceNumber": f"{number:021}",
                    "SizeBytes": 26,
                    "StreamViewType": "NEW_AND_OLD_IMAGES",
                },
                "eventSourceARN": "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/s",
            }
            for number, image in enumerate(images)
        ]
    }


def scheduled() -> dict[str, Any]:
    """EventBridge wakes a schedule."""
    return {
        "version": "0",
        "id": "event-1",
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "000000000000",
        "time": "2026-03-02T01:00:00Z",
        "region": "us-east-1",
        "resources": ["arn:aws:events:us-east-1:000000000000:rule/schedule"],
        "detail": {},
    }
