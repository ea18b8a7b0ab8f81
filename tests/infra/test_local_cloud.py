"""The local cloud as a place: who reaches it, what is enforced on it, what is left of it."""

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from chalicelib.rules.ids import RunId
from chalicelib.rules.moves import Verb
from chalicelib.rules.run import Run, RunKind, RunState
from chalicelib.store import runs as runs_store
from chalicelib.store import voucher_item
from infra import deploy, events, local_cloud, paths, runs
from infra.passing_city import City
from tests.builders import a_voucher

A_RUN_THAT_WAITS = """
import sys
from pathlib import Path
from infra import runs
with runs.standing(Path(sys.argv[1])) as cloud:
    print(cloud.folder, flush=True)
    sys.stdin.read()
"""


def _waiting_run(root: Path) -> tuple[subprocess.Popen[str], Path]:
    run = subprocess.Popen(
        [sys.executable, "-c", A_RUN_THAT_WAITS, str(root)],
        cwd=paths.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None
    return run, Path(run.stdout.readline().strip())


def test_nobody_but_this_machine_reaches_it(city: City) -> None:
    # What listens on every interface answers on any loopback address as well.
    with socket.socket() as stranger:
        assert stranger.connect_ex(("127.0.0.2", city.cloud.port)) != 0


def test_a_function_may_do_what_its_policy_says_and_nothing_else(city: City) -> None:
    identity = deploy.client(city.cloud, "lambda").get_function_configuration(
        FunctionName=city.stack.functions["Authorize"]
    )
    session = deploy.client(city.cloud, "sts").assume_role(
        RoleArn=identity["Role"], RoleSessionName="test"
    )["Credentials"]
    kms = boto3.client(
        "kms",
        endpoint_url=city.cloud.endpoint_url,
        region_name=local_cloud.REGION,
        aws_access_key_id=session["AccessKeyId"],
        aws_secret_access_key=session["SecretAccessKey"],
        aws_session_token=session["SessionToken"],
    )
    kms.generate_mac(
        KeyId=city.stack.outputs["IdentityKey"], Message=b"-", MacAlgorithm="HMAC_SHA_256"
    )
    with pytest.raises(ClientError, match="AccessDenied"):
        kms.encrypt(KeyId=city.stack.outputs["PeopleKey"], Plaintext=b"-")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [("/me", 401, "unauthenticated"), ("/no/such/place", 404, "not_found")],
)
def test_the_gateway_answers_with_problems(city: City, path: str, status: int, code: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as answered:
        urllib.request.urlopen(city.stack.api_url + path)
    assert answered.value.code == status
    assert answered.value.headers["Content-Type"] == "application/problem+json"
    assert json.load(answered.value)["code"] == code


def _at_the_platform(city: City) -> dict[str, Any]:
    """The next event in the platform's queue, gone from it."""
    sqs, url = deploy.client(city.cloud, "sqs"), city.stack.outputs["NationalQueue"]
    # A function that starts anew on a busy machine may take longer than one wait.
    waits = (sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20) for _ in range(3))
    message = next(message for found in waits for message in found.get("Messages", []))
    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    event: dict[str, Any] = json.loads(message["Body"])
    return event


def _tell(city: City, queue: str, content: dict[str, Any]) -> None:
    deploy.client(city.cloud, "sqs").send_message(
        QueueUrl=city.stack.outputs[queue], MessageBody=json.dumps(content)
    )


def _row(city: City, event_id: str, *, until: str) -> str:
    """Where the outbox's row of an event stands, once it stands so or 40 seconds have passed."""
    tables, name = deploy.client(city.cloud, "dynamodb"), city.stack.outputs["OutboxTable"]
    for _ in range(200):
        item = tables.get_item(TableName=name, Key={"id": {"S": event_id}})["Item"]
        if item["delivery"]["S"] == until:
            break
        time.sleep(0.2)
    return str(item["delivery"]["S"])


def test_what_is_written_to_a_voucher_is_told_taken_and_told_again(city: City) -> None:
    # Without its issue, whose event needs a registered person.
    born = a_voucher(verbs=[Verb.CLAIM])
    claimed = replace(born, history=born.history[1:])
    tables, outputs = deploy.client(city.cloud, "dynamodb"), city.stack.outputs
    tables.put_item(
        TableName=outputs["VouchersTable"], Item=voucher_item.written(claimed).serialize()
    )
    first = _at_the_platform(city)
    assert first["id"] == f"{claimed.id}.2"
    assert first["type"] == "city.voucher.voucher.claimed.v1"

    taken = {"specversion": "1.0", "id": "m-1", "source": "urn:national:sample"}
    kind = {"type": "city.voucher.national.acknowledged.v1", "data": {"ids": [first["id"]]}}
    _tell(city, "NationalResultsQueue", {**taken, **kind})
    assert _row(city, first["id"], until="done") == "done"

    span = {"since": "2026-01-01T00:00:00+08:00", "until": "2027-01-01T00:00:00+08:00"}
    asked = ("staff-city", "city-office", "2026-03-02T09:00:00+08:00", "body", span)
    run = Run(RunId("r-resend"), RunKind.RESEND, RunState.WAITING, *asked)
    tables.put_item(TableName=outputs["RunsTable"], Item=runs_store._written(run).serialize())
    _tell(city, "BatchesQueue", {"run_id": run.id})
    assert _row(city, first["id"], until="due") == "due"
    deploy.client(city.cloud, "lambda").invoke(
        FunctionName=city.stack.functions["Repeat"], Payload=json.dumps(events.scheduled()).encode()
    )
    assert _at_the_platform(city) == first


def test_a_table_s_stream_tells_a_partiql_write_as_any_other_once(city: City) -> None:
    tables = deploy.client(city.cloud, "dynamodb")
    streams = deploy.client(city.cloud, "dynamodbstreams")
    name = city.stack.outputs["VouchersTable"]
    item = {"id": {"S": "v-partiql"}, "ver": {"N": "1"}}
    put = {"Statement": f"INSERT INTO \"{name}\" VALUE {{'id': ?, 'ver': ?}}"}
    moved = {"Statement": f'UPDATE "{name}" SET "ver"=? WHERE "id"=? AND "ver"=?'}
    tables.batch_execute_statement(Statements=[{**put, "Parameters": list(item.values())}])
    tables.batch_execute_statement(Statements=[{**put, "Parameters": list(item.values())}])
    changed = [{"N": "2"}, {"S": "v-partiql"}, {"N": "1"}]
    tables.batch_execute_statement(Statements=[{**moved, "Parameters": changed}])

    stream = tables.describe_table(TableName=name)["Table"]["LatestStreamArn"]
    (shard,) = streams.describe_stream(StreamArn=stream)["StreamDescription"]["Shards"]
    iterator = streams.get_shard_iterator(
        StreamArn=stream, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
    )["ShardIterator"]
    told = streams.get_records(ShardIterator=iterator)["Records"]
    mine = [each for each in told if each["dynamodb"]["Keys"]["id"] == item["id"]]
    assert [(each["eventName"], each["dynamodb"].get("OldImage")) for each in mine] == [
        ("INSERT", None),
        ("MODIFY", item),
    ]
    assert mine[1]["dynamodb"]["NewImage"]["ver"] == {"N": "2"}
    tables.delete_item(TableName=name, Key={"id": item["id"]})


def test_a_moved_clock_reaches_every_function(city: City) -> None:
    city.set_offset(86_400)
    lambdas = deploy.client(city.cloud, "lambda")
    for function in city.stack.functions.values():
        told = lambdas.get_function_configuration(FunctionName=function)
        assert told["Environment"]["Variables"]["CLOCK_OFFSET"] == "86400", function


def test_what_a_killed_run_left_is_ended_and_removed_by_the_next(tmp_path: Path) -> None:
    killed, folder = _waiting_run(tmp_path)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert local_cloud.runs(folder)
    assert runs.sweep(tmp_path) == 1
    assert not folder.exists()


def test_a_run_that_lives_is_not_swept(tmp_path: Path) -> None:
    living, folder = _waiting_run(tmp_path)
    assert runs.sweep(tmp_path) == 0
    assert local_cloud.runs(folder)
    living.communicate()
    assert not folder.exists()


def test_a_terminated_run_leaves_nothing(tmp_path: Path) -> None:
    terminated, folder = _waiting_run(tmp_path)
    terminated.send_signal(signal.SIGTERM)
    terminated.communicate()
    assert not folder.exists()


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(local_cloud.CloudError, match=f"port {port} of 127.0.0.1 is in use"):
            local_cloud.start(tmp_path / "city", port, keep=False)


def test_ending_what_does_not_run_is_no_fault(tmp_path: Path) -> None:
    local_cloud.stop(tmp_path)
    local_cloud.remove(tmp_path / "absent")
    assert list(tmp_path.iterdir()) == []
