"""The API's function called as the gateway calls it: events made here, no gateway in between."""

import json
from base64 import b64encode
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import requests
from schemathesis import Response

import app
from chalicelib.rules.principal import Principal

BASE = "http://city.test/v1"


class Context:
    """What Lambda would tell the function of its own run."""

    function_name = "api-handler"
    memory_limit_in_mb = 512
    invoked_function_arn = "arn"
    aws_request_id = "invocation"


def call(request: requests.PreparedRequest, resource: str, caller: Principal) -> Response:
    """The function's answer to the request, which the authorizer let in as this caller."""
    address = urlsplit(str(request.url))
    path = address.path.removeprefix("/v1")
    names = zip(resource.split("/"), path.split("/"), strict=True)
    named = {name[1:-1]: unquote(value) for name, value in names if name.startswith("{")}
    query = parse_qs(address.query, keep_blank_values=True)
    authorizer = {"subject": caller.subject}
    if caller.person_id:
        authorizer["person_id"] = caller.person_id
    body = request.body.encode() if isinstance(request.body, str) else request.body or b""
    event = {
        "resource": resource,
        "path": path,
        "httpMethod": request.method,
        "headers": dict(request.headers),
        "multiValueQueryStringParameters": query or None,
        "pathParameters": named,
        "stageVariables": None,
        "requestContext": {
            "resourcePath": resource,
            "httpMethod": request.method,
            "path": address.path,
            "stage": "v1",
            "domainName": "city.test",
            "requestId": "11111111-2222-4333-8444-555555555555",
            "authorizer": authorizer,
            "identity": {"sourceIp": "127.0.0.1"},
        },
        "body": b64encode(body).decode() if body else None,
        "isBase64Encoded": bool(body),
    }
    answer: Any = app.app(json.loads(json.dumps(event)), Context())
    headers = {name: [value] for name, value in answer["headers"].items()}
    for name, values in answer["multiValueHeaders"].items():
        headers[name] = values
    return Response(answer["statusCode"], headers, answer["body"].encode(), request, 0.01, True)
