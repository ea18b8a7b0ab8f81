"""A city without its functions: the use cases run in this process, on a local cloud's tables.

It sets the environment as it is imported, so it stands before anything of the city. Tests have
it by the fixtures of conftest.py, the bench by itself.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import boto3
import pytest

from tests.tables import ENVIRONMENT, KEYS, QUEUES, TABLES, drop_tables, make_tables

os.environ.update(ENVIRONMENT)
os.environ.update({variable: variable.lower() for variable in TABLES.values()})

from chalicelib import settings
from chalicelib.store import aws, channels, organisations, programmes, timelines
from infra import paths, runs
from infra.local_cloud import Cloud


def forget() -> None:
    """Drops every client and cache, so that the next call meets the cloud of this test."""
    settings.load.cache_clear()
    aws.client.cache_clear()
    programmes.by_hash.cache_clear()
    timelines._known.clear()
    organisations._offices.clear()
    channels._known.clear()


@contextmanager
def cloud() -> Iterator[Cloud]:
    """A local cloud without the city's functions: keys, queues, a bucket, room for tables."""
    with runs.standing(paths.RUNS) as started, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", started.endpoint_url)
        sqs, kms = boto3.client("sqs"), boto3.client("kms")
        for queue in QUEUES:
            name = queue.lower().replace("_", "-")
            patch.setenv(f"{queue}_QUEUE_URL", sqs.create_queue(QueueName=name)["QueueUrl"])
        for key, usage in KEYS.items():
            made = kms.create_key(**usage)["KeyMetadata"]["KeyId"]
            patch.setenv(f"{key}_KEY_ID", made)
        boto3.client("s3").create_bucket(Bucket=ENVIRONMENT["FILES_BUCKET"])
        forget()
        yield started
    forget()


@contextmanager
def city() -> Iterator[None]:
    """The template's tables on the cloud, empty, and no message in any queue."""
    make_tables()
    for queue in QUEUES:
        boto3.client("sqs").purge_queue(QueueUrl=os.environ[f"{queue}_QUEUE_URL"])
    forget()
    yield
    drop_tables()
