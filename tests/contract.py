"""What schemathesis holds an answer to, wherever it came from."""

import requests
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def campaign(examples: int) -> settings:
    """So many cases, the same ones in each run."""
    return settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def sent(case: Case, url: str) -> requests.PreparedRequest:
    """The request as it goes over the wire."""
    parts = case.as_transport_kwargs(base_url=url)
    named = {name: parts[name] for name in ("headers", "params", "json", "data") if name in parts}
    return requests.Request(parts["method"], parts["url"], **named).prepare()
