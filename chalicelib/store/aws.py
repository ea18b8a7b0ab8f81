"""The process's clients of AWS, all botocore's: DynamoDB for the tables; KMS, SQS, S3."""

from functools import cache
from typing import Any

from botocore.config import Config
from botocore.session import get_session

# The services answer in milliseconds; a caller waits for none of them long.
_CONFIG = Config(
    connect_timeout=1,
    read_timeout=3,
    retries={"mode": "standard", "total_max_attempts": 3},
    max_pool_connections=16,
    # Botocore would word its own anew, twice for every call: a tenth of the call's CPU.
    user_agent="voucher-city",
)
# PynamoDB makes sound parameters by itself; what is tried again is for table.py and transact.py.
_TABLES = Config(
    parameter_validation=False,
    retries={"mode": "standard", "total_max_attempts": 1},
    max_pool_connections=32,
)
# An address that is given away is signed in the one way that every partition takes.
_FILES = Config(signature_version="s3v4")
_OWN = {"dynamodb": _TABLES, "s3": _FILES}


@cache
def client(service: str) -> Any:
    """The process's client of a service; botocore's clients are safe between threads."""
    return get_session().create_client(service, config=_CONFIG.merge(_OWN.get(service, Config())))
