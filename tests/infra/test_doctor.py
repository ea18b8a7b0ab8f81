"""`voucherctl doctor` on a deployed city: each fault made by hand is named, with its mend."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from chalicelib.policy import digest
from infra import deploy, events
from infra.passing_city import City
from ops.doctor import (
    Finding,
    Patient,
    State,
    clock,
    national,
    office,
    package,
    queues,
    stack,
    wiring,
)
from ops.operator import Operator
from ops.policies import programmes
from ops.voucherctl import app
from tests.ops.fake_city import Asked, Reply, fake_city, problem

POLICIES = Path("policies/shanghai")


@pytest.fixture(autouse=True)
def _at_this_cloud(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in city.cloud.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("VOUCHERCTL_API_URL", city.stack.api_url)


@pytest.fixture
def patient(city: City, local_package: Path) -> Patient:
    who = Operator(city.stack.api_url, None, city.cloud.endpoint_url, "voucher-city")
    return Patient(who, local_package, POLICIES)


@pytest.fixture
def undo() -> Iterator[list[Callable[[], object]]]:
    """What a test puts right again when it is over."""
    steps: list[Callable[[], object]] = []
    yield steps
    for step in steps:
        step()


def faults(found: Iterator[Finding], state: State = State.FAULT) -> list[Finding]:
    return [finding for finding in found if finding.state is state]


def wake_repeat(city: City) -> None:
    functions = deploy.client(city.cloud, "lambda")
    event = json.dumps(events.scheduled()).encode()
    answer = functions.invoke(FunctionName=city.stack.functions["Repeat"], Payload=event)
    assert "FunctionError" not in answer


def call(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["doctor", *arguments])
    return result.exit_code, result.stdout


def test_a_sound_city_is_told_so_thing_by_thing(city: City, local_package: Path) -> None:
    wake_repeat(city)
    code, printed = call("--package", str(local_package), "--json")
    found = {row["look"]: row["state"] for row in json.loads(printed)}
    assert found.pop("policies") == "unknown"  # no token was given
    # In November and December next year's may be missing; tests/ops/test_doctor_holidays.py.
    assert found.pop("holidays") in {"ok", "warning"}
    assert set(found.values()) == {"ok"}
    assert {"stack", "drift", "package", "schedules", "dead letters", "clock"} < set(found)
    assert code == 0


def test_a_fault_ends_with_1_and_its_mend_is_a_command_to_be_copied(
    city: City, undo: list[Callable[[], object]]
) -> None:
    sqs, url = deploy.client(city.cloud, "sqs"), city.stack.outputs["BankQueueDLQ"]
    sqs.send_message(QueueUrl=url, MessageBody="{}")
    undo.append(lambda: sqs.purge_queue(QueueUrl=url))
    code, printed = call()
    assert code == 1
    assert "fault    dead letters: BankQueueDLQ: 1, the oldest" in printed
    assert "→ voucherctl dlq show BankQueueDLQ; mend the cause; voucherctl dlq redrive" in printed
    assert "1 fault" in printed


def test_a_stack_that_is_not_there_ends_with_4() -> None:
    result = CliRunner().invoke(app, ["--stack", "no-such-city", "doctor", "--json"])
    assert result.exit_code == 4
    assert "no-such-city" in json.loads(result.stdout)["failed"]


def test_what_was_changed_by_hand_is_drift(
    city: City, patient: Patient, undo: list[Callable[[], object]]
) -> None:
    sqs, url = deploy.client(city.cloud, "sqs"), city.stack.outputs["ImportsQueue"]

    def put(seconds: str) -> None:
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": seconds})

    put("30")
    undo.append(lambda: put("720"))
    (found,) = faults(stack.drift(patient))
    assert found.found == "ImportsQueue is MODIFIED: /VisibilityTimeout"


def test_a_schedule_that_is_switched_off_is_found(
    city: City, patient: Patient, undo: list[Callable[[], object]]
) -> None:
    events = deploy.client(city.cloud, "events")
    rule = patient.resources("AWS::Events::Rule")["RelayRelayEvent"]
    events.disable_rule(Name=rule)
    undo.append(lambda: events.enable_rule(Name=rule))
    (found,) = faults(wiring.schedules(patient))
    assert found.found == "RelayRelayEvent is disabled"
    assert found.mend == f"aws events enable-rule --name {rule}"


def test_a_consumer_that_is_switched_off_is_found(
    city: City, patient: Patient, undo: list[Callable[[], object]]
) -> None:
    functions = deploy.client(city.cloud, "lambda")
    mappings = patient.resources("AWS::Lambda::EventSourceMapping")
    name, uuid = next((n, u) for n, u in mappings.items() if n.startswith("ConsumeBankResults"))
    functions.update_event_source_mapping(UUID=uuid, Enabled=False)
    undo.append(lambda: functions.update_event_source_mapping(UUID=uuid, Enabled=True))
    (found,) = faults(wiring.consumers(patient))
    assert found.found == f"{name} is Disabled"


def test_an_alarm_that_cries_leads_to_its_runbook(
    city: City, patient: Patient, undo: list[Callable[[], object]]
) -> None:
    cloudwatch = deploy.client(city.cloud, "cloudwatch")
    name = patient.resources("AWS::CloudWatch::Alarm")["BreachAlarm"]

    def cry(state: str) -> None:
        cloudwatch.set_alarm_state(AlarmName=name, StateValue=state, StateReason="a test")

    cry("ALARM")
    undo.append(lambda: cry("OK"))
    (found,) = faults(wiring.alarms(patient))
    assert found.found.startswith("BreachAlarm: `voucherctl check` found something")
    assert found.mend == "see docs/runbooks/breach.md"


def test_a_queue_whose_oldest_message_waits_too_long_is_behind(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queues, "_oldest_s", lambda p, url: 3_700 if "BankQueue-" in url else None)
    (found,) = faults(queues.working(patient))
    assert found.found == "BankQueue: 0 wait, the oldest for 1 h 1 min"
    assert found.mend == "does the other side fetch?"


def test_what_the_schedule_says_of_the_platform_is_read_from_its_line(
    city: City, patient: Patient
) -> None:
    wake_repeat(city)
    (found,) = national.untold(patient)
    assert (found.state, found.found) == (State.OK, "every event is acknowledged or refused")


@pytest.mark.parametrize(
    ("oldest_s", "state", "said"),
    [
        (None, State.UNKNOWN, "Repeat has told nothing for 30 minutes"),
        (600, State.OK, "the oldest unacknowledged event waits 10 min 0 s"),
        (90_000, State.FAULT, "the oldest event has been unacknowledged for 1 d 1 h"),
    ],
)
def test_an_event_unacknowledged_for_over_a_day_is_a_fault_with_its_runbook(
    patient: Patient,
    monkeypatch: pytest.MonkeyPatch,
    oldest_s: int | None,
    state: State,
    said: str,
) -> None:
    monkeypatch.setattr(national, "latest_logged", lambda patient, name, within: oldest_s)
    (found,) = national.untold(patient)
    assert (found.state, found.found) == (state, said)
    assert found.mend.endswith("docs/runbooks/oldest-untold.md") == (state is not State.OK)


def test_on_aws_the_number_is_the_one_of_the_alarm(city: City, patient: Patient) -> None:
    number = {"MetricName": "OldestUntold", "Value": 90_000, "Unit": "Seconds"}
    cloudwatch = deploy.client(city.cloud, "cloudwatch")
    cloudwatch.put_metric_data(Namespace="VoucherCity", MetricData=[number])
    patient.__dict__["stage"] = "prod"
    (found,) = faults(national.untold(patient))
    assert "1 d 1 h" in found.found


def test_a_package_that_is_not_what_runs_is_told_resource_by_resource(
    patient: Patient, local_package: Path, tmp_path: Path
) -> None:
    newer = tmp_path / "package"
    newer.mkdir()
    for path in local_package.iterdir():
        (newer / path.name).write_bytes(path.read_bytes())
    template = json.loads((newer / "template.json").read_text())
    template["Resources"]["BankQueue"]["Properties"]["VisibilityTimeout"] = 61
    del template["Resources"]["BreachAlarm"]
    (newer / "template.json").write_text(json.dumps(template))
    (newer / "deployment.zip").write_bytes(b"another")
    compared = Patient(patient.who, newer, POLICIES)
    (found,) = faults(package.compared(compared), State.WARNING)
    assert "-BreachAlarm" in found.found
    assert "APIHandler (code)" in found.found
    assert "BankQueue," in found.found


def test_without_a_package_it_says_how_to_make_one(patient: Patient, tmp_path: Path) -> None:
    (found,) = package.compared(Patient(patient.who, tmp_path, POLICIES))
    assert found.state is State.UNKNOWN
    assert "make package STAGE=local" in found.mend


def test_the_clock_of_the_local_stage_is_told_and_a_machine_that_is_aside(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient.__dict__["parameters"] = {**patient.parameters, "ClockOffset": "-86400"}
    monkeypatch.setattr(clock, "_aside_s", lambda url: 120)
    aside, elsewhere = clock.clock(patient)
    assert aside.state is State.WARNING
    assert aside.found == "this machine is 2 min 0 s behind the API"
    assert "the local stage lives at" in elsewhere.found


def test_a_clock_that_can_be_moved_is_a_fault_in_every_other_stage(patient: Patient) -> None:
    patient.__dict__["stage"] = "prod"
    (found,) = faults(clock.clock(patient))
    assert found.found == "stage prod has a clock that can be moved"


def test_a_value_that_was_left_empty_is_named_with_its_command(patient: Patient) -> None:
    patient.__dict__["parameters"] = {**patient.parameters, "FirstPermissionManager": ""}
    (found,) = faults(stack.parameters(patient))
    assert found.found == "empty: FirstPermissionManager"
    assert found.mend == "voucherctl deploy FOLDER FirstPermissionManager=…"


@pytest.mark.parametrize(
    ("kept", "states"),
    [
        ({}, {State.OK}),
        ({"check-in": None}, {State.FAULT}),
        ({"check-in": "another"}, {State.WARNING}),
    ],
)
def test_the_programmes_in_force_are_compared_with_the_folder(
    patient: Patient, kept: dict[str, Any], states: set[State]
) -> None:
    hashes = {d["programme"]: digest(d) for d in programmes(POLICIES)} | kept
    told = [{"programme": p, "hash": h} for p, h in hashes.items() if h is not None]

    def answer(asked: Asked) -> Reply:
        return 200, {"policies": [], "in_force": told}

    with fake_city(answer) as fake:
        who = Operator(fake.url, "t", patient.who.endpoint_url, "voucher-city")
        found = list(office.policies(Patient(who, None, POLICIES)))
    assert {finding.state for finding in found} == states


def test_an_operator_without_the_right_is_told_so(patient: Patient) -> None:
    with fake_city(lambda asked: problem(403, "right_missing")) as fake:
        who = Operator(fake.url, "t", None, "voucher-city")
        (found,) = office.policies(Patient(who, None, POLICIES))
    assert (found.state, found.found) == (State.UNKNOWN, "the city answered 403 right_missing")
