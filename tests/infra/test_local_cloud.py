"""The local cloud as a place: who reaches it, what is enforced on it, what is left of it."""

import json
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import ClientError

from chalicelib.rules.voucher import Verb
from chalicelib.store import voucher_item
from infra import deploy, local_cloud, paths, runs
from infra.passing_city import City
from tests.builders import a_voucher

pytestmark = pytest.mark.xdist_group("infra")

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


def test_what_is_written_to_a_voucher_reaches_the_platform_s_queue(city: City) -> None:
    # Without its issue, whose event needs a registered person.
    born = a_voucher(verbs=[Verb.CLAIM])
    claimed = replace(born, history=born.history[1:])
    deploy.client(city.cloud, "dynamodb").put_item(
        TableName=city.stack.outputs["VouchersTable"],
        Item=voucher_item.written(claimed).serialize(),
    )
    (message,) = deploy.client(city.cloud, "sqs").receive_message(
        QueueUrl=city.stack.outputs["NationalQueue"], WaitTimeSeconds=20
    )["Messages"]
    event = json.loads(message["Body"])
    assert event["type"] == "city.voucher.voucher.claimed.v1"
    assert event["data"]["voucher_id"] == claimed.id


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
