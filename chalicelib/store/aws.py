"""Clients of the services that PynamoDB does not speak to: KMS, SQS, S3, through botocore."""

from functools import cache
from typing import Any

from botocore.config import Config
from botocore.session import get_session

# The key service and the queues answer in milliseconds; a caller waits for none of them long.
_CONFIG = Config(
    connect_timeout=1,
    read_timeout=3,
    retries={"mode": "standard", "total_max_attempts": 3},
    max_pool_connections=16,
)


@cache
def client(service: str) -> Any:
    """The process's client of a service; botocore's clients are safe between threads."""
    return get_session().create_client(service, config=_CONFIG)
