"""A register of any size, and a programme that no limit across vouchers slows.

People come by DynamoDB's own import of a table from S3: half a million rows in one call.
"""

import gzip
import json
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from time import sleep
from typing import Any

import boto3

from chalicelib import settings
from chalicelib.policy.place import read
from chalicelib.rules import ids, voucher
from chalicelib.rules.person import Person
from chalicelib.rules.run import Run, RunKind, RunState
from chalicelib.rules.voucher import Voucher
from chalicelib.store import people, programmes, runs, table, vouchers
from chalicelib.usecases import issue
from chalicelib.usecases.blank import blank
from tests import groups, seeding
from tests.builders import MONDAY, POLICIES, a_command, a_person
from tests.tables import PROPERTIES, resources

GROUP = groups.REGISTERED_UNEMPLOYED
PROGRAMME = "social-training"
_COMMAND = a_command("r-bulk", actor="staff-city", role="city-office")
_SEALED = bytes(range(256))  # about as long as a sealed record
_LINES_PER_OBJECT = 50_000


def publish_without_limit() -> None:
    """The policy of Shanghai's 社会化职业技能培训, but for its limit of vouchers per year."""
    document = read(POLICIES / PROGRAMME)
    del document["parameters"]["subsidy_vouchers_per_year"]
    seeding.put_in_force(document)


def members(first: int, count: int) -> list[Person]:
    """So many people of the group, by their numbers."""
    return [a_person(GROUP, person_id=_person_id(n)) for n in range(first, first + count)]


def _person_id(n: int) -> str:
    return ids.person_id(sha256(str(n).encode()).digest())


def issue_to(people: list[Person]) -> None:
    """A batch's block over these people, all of whom must be new."""
    tally = issue.issue_to(people, PROGRAMME, _COMMAND)
    assert (tally.applied, tally.rows) == (len(people), len(people))


def made(first: int, count: int) -> list[Voucher]:
    """The vouchers that people of these numbers would be issued; in no table yet."""
    found = programmes.current(PROGRAMME, MONDAY.date())
    period = found.period(MONDAY.date())
    assert period is not None
    return [
        voucher.issue(blank(person, found, period, 1, GROUP, MONDAY.date()), _COMMAND)
        for person in members(first, count)
    ]


def put_one_by_one(made: list[Voucher]) -> None:
    """Each kept by a conditional PutItem of its own."""
    for one in made:
        vouchers.create(one)


def register(count: int) -> None:
    """An empty people's table made anew with so many people of the group."""
    s3, dynamodb = boto3.client("s3"), boto3.client("dynamodb")
    bucket, name = settings.load().files_bucket, settings.load().people_table
    lines = _lines(count)
    part = 0
    while content := "".join(islice(lines, _LINES_PER_OBJECT)):
        key, body = f"register/{part:04}.json.gz", gzip.compress(content.encode(), 1)
        s3.put_object(Bucket=bucket, Key=key, Body=body)
        part += 1
    dynamodb.delete_table(TableName=name)
    declared = resources()["PeopleTable"]["Properties"]
    wanted = {key: value for key, value in declared.items() if key in PROPERTIES}
    begun = dynamodb.import_table(
        S3BucketSource={"S3Bucket": bucket, "S3KeyPrefix": "register/"},
        InputFormat="DYNAMODB_JSON",
        InputCompressionType="GZIP",
        TableCreationParameters={"TableName": name, **wanted},
    )["ImportTableDescription"]
    while begun["ImportStatus"] == "IN_PROGRESS":
        sleep(1)
        begun = dynamodb.describe_import(ImportArn=begun["ImportArn"])["ImportTableDescription"]
    assert (begun["ImportStatus"], begun["ImportedItemCount"]) == ("COMPLETED", count), begun


def _lines(count: int) -> Iterator[str]:
    """One registered person's item as the store writes it, again and again under other ids."""
    [pattern] = members(0, 1)
    people.register([(pattern, _SEALED, ids.run_id(RunKind.ROSTER, "seed", "1"), 2)])
    key = {"id": {"S": pattern.id}, "part": {"S": "profile"}}
    client: Any = table.connection().client
    item = client.get_item(TableName=settings.load().people_table, Key=key)["Item"]
    written = json.dumps({"Item": item}, default=_base64)
    # In the order of a read: the local cloud sorts a whole table for each page of it, DynamoDB
    # does not, and what stands in order already is sorted soon.
    for person_id in sorted(_person_id(n) for n in range(count)):
        yield written.replace(pattern.id, person_id) + "\n"


def _base64(value: bytes) -> str:
    return b64encode(value).decode()


def batch() -> Run:
    """A batch over the register that waits for its worker."""
    run = Run(
        id=ids.run_id(RunKind.BATCH, "staff-city", "bench"),
        kind=RunKind.BATCH,
        state=RunState.WAITING,
        subject="staff-city",
        role="city-office",
        asked_at=MONDAY.isoformat(),
        body="body",
        source={"programme": PROGRAMME, "group": GROUP},
    )
    runs.create(run)
    return run
