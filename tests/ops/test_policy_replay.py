"""`voucherctl policy replay`: what the past would have come to under a draft; writes nothing."""

import json
import stat
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import boto3
import pytest
from boto3.dynamodb.types import TypeSerializer
from typer.testing import CliRunner

from chalicelib.store import dump
from chalicelib.store.dump import OWNERS
from infra.bench import policy as bench
from ops import operator
from ops.voucherctl import app
from ops.whatif.history import Settled, Span, of_file, written
from tests import replaying, settled_past
from tests.builders import POLICIES
from tests.drafts import edit
from tests.ops import city_at_rest

COUNT = 40
EMPLOYEE = '{ groups = ["employee"], percent = 80 }'


def call(*arguments: str) -> tuple[int, str]:
    command = ["--api-url", "http://unused", "--token", "t", "policy", *arguments]
    result = CliRunner().invoke(app, command, env={"COLUMNS": "120"})
    return result.exit_code, result.stdout or result.output


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of settled vouchers."""
    file = tmp_path_factory.mktemp("past") / "past.jsonl"
    file.write_text("".join(map(written, settled_past.settled(COUNT))))
    return file


def replayed(policy: Path, past: Path, *more: str) -> dict[str, Any]:
    code, printed = call("replay", "--policy", str(policy), "--dump", str(past), "--json", *more)
    assert code == 0, printed
    return dict(json.loads(printed))


def row(told: dict[str, Any], by: str, name: str) -> dict[str, Any]:
    (found,) = (each for each in told["rows"][by] if each["name"] == name)
    return dict(found)


def test_the_policy_that_paid_changes_nothing(past: Path) -> None:
    told = replayed(POLICIES, past)
    total = told["total"]
    assert (total["vouchers"], total["people"]) == (COUNT, COUNT // 2)
    assert total["before_fen"] == total["after_fen"] > 0
    assert (told["gaining"], told["losing"], told["refused"], told["undecided"]) == (0, 0, [], [])


def test_who_gains_is_counted_by_programme_district_and_group(past: Path, draft: Path) -> None:
    edit(draft / "skill-certificate" / "amount.toml", EMPLOYEE, EMPLOYEE.replace("80", "90"))
    told = replayed(draft, past)
    by_programme = row(told, "programme", "skill-certificate")
    by_group = row(told, "group", "employee")
    employees = COUNT // 4 // 2
    assert by_programme["more"] == by_group["more"] == told["gaining"] == employees
    assert by_programme["difference_fen"] == told["total"]["difference_fen"] > 0
    assert row(told, "programme", "social-training")["difference_fen"] == 0
    for rows in told["rows"].values():
        for figure in told["total"].keys() - {"name", "people"}:
            assert sum(each[figure] for each in rows) == told["total"][figure]


def test_who_would_not_have_been_let_in_loses_all(past: Path, draft: Path) -> None:
    edit(draft / "social-training" / "eligibility.toml", '"disabled", ', "")
    told = replayed(draft, past)
    disabled = COUNT // 4 // 2
    [refused] = told["refused"]
    assert (refused["reason"], refused["vouchers"]) == ("not_eligible", disabled)
    assert told["losing"] == disabled
    assert told["total"]["difference_fen"] == -refused["before_fen"]


def test_who_found_work_between_issue_and_claim_is_let_in_by_what_he_was_at_the_issue(
    tmp_path: Path, draft: Path
) -> None:
    [first] = settled_past.settled(1)
    told = json.loads(written(first))
    told["inputs"]["events"] |= {"issue": "2026-02-10"}
    told["inputs"]["person"]["groups"] = [
        {"name": "registered-unemployed", "since": "2025-01-01", "until": "2026-02-20"},
        {"name": "employee", "since": "2026-02-21"},
    ]
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps(told))
    assert replayed(POLICIES, file)["total"]["after_fen"] == first.amount_fen
    eligible = '"registered-unemployed", "agreement-insured"'
    edit(draft / first.programme / "eligibility.toml", eligible, '"agreement-insured"')
    [refused] = replayed(draft, file)["refused"]
    assert refused["reason"] == "not_eligible"


def test_a_fact_that_nobody_kept_is_counted_by_its_name(past: Path, draft: Path) -> None:
    aged = EMPLOYEE.replace("percent", "age_at_least = 50, percent")
    edit(draft / "skill-certificate" / "amount.toml", EMPLOYEE, f"{aged},\n    {EMPLOYEE}")
    told = replayed(draft, past)
    [undecided] = told["undecided"]
    employees = COUNT // 4 // 2
    assert (undecided["reason"], undecided["vouchers"]) == ("person.born_on", employees)
    assert told["total"]["vouchers"] == COUNT - employees
    assert told["total"]["difference_fen"] == 0


def test_what_a_gate_keeps_back_waits(past: Path, draft: Path) -> None:
    gate = 'unit = "flag"\ngoverned_by = "certificate"\n[[rating_needed.values]]\n'
    gate += 'from = 2024-01-01\nvalue = true\nsource = "a draft"\n'
    file = draft / "skill-certificate" / "amount.toml"
    file.write_text(f"{file.read_text()}\n[rating_needed]\n{gate}")
    told = replayed(draft / "skill-certificate", past)
    [held] = told["held"]
    assert (held["reason"], held["vouchers"]) == ("rating_needed", COUNT // 2)
    assert told["outside"] == COUNT // 2
    assert told["total"]["after_fen"] == 0
    assert told["total"]["waiting_fen"] == told["total"]["before_fen"] > 0


def test_values_of_a_later_day_are_tried_as_of_that_day(past: Path, draft: Path) -> None:
    more = '[[ratio.values]]\nfrom = 2027-03-01\nsource = "a draft"\nvalue = [{ percent = 10 }]\n'
    for programme in settled_past.PROGRAMMES:
        file = draft / programme / "amount.toml"
        file.write_text(f"{file.read_text()}\n{more}")
    told = replayed(draft, past)
    assert told["total"]["difference_fen"] == 0
    assert told["rules_otherwise_from"] == "2027-03-01"
    told = replayed(draft, past, "--as-of", "2027-03-01")
    assert told["losing"] == COUNT // 2
    assert told["total"]["after_fen"] < told["total"]["before_fen"] / 5
    assert replayed(draft, past, "--as-of", "2027-02-28")["total"]["difference_fen"] == 0


def test_the_days_of_settlement_are_both_counted(past: Path) -> None:
    days = sorted(settled.on for settled in of_file(past, Span()))
    first, last = days[2], days[-3]
    told = replayed(POLICIES, past, "--from", str(first), "--to", str(last))
    assert told["total"]["vouchers"] == sum(first <= day <= last for day in days)
    assert told["last_on"] == str(last)


def test_people_read_tables_bars_and_sentences_in_their_language(
    past: Path, draft: Path, tmp_path: Path
) -> None:
    edit(draft / "skill-certificate" / "amount.toml", EMPLOYEE, EMPLOYEE.replace("80", "90"))
    chart = tmp_path / "chart.svg"
    words = ("replay", "--policy", str(draft), "--dump", str(past), "--chart", str(chart))
    code, printed = call(*words)
    assert code == 0
    assert "人员类别（元）" in printed
    assert "黄浦区" in printed
    assert "█" in printed
    assert "5 人增加，0 人减少" in printed
    labels = [text.text for text in ElementTree.parse(chart).iter() if text.tag.endswith("text")]
    assert {"黄浦区", "试算"} <= set(labels)
    _, printed = call(*words, "--language", "en")
    assert "5 people are paid more, 0 less" in printed


@pytest.mark.parametrize(
    ("line", "said"),
    [("{", "line 2"), ('{"voucher_id": "v-1"}', "is missing"), ('{"name": "n"}', "is unknown")],
)
def test_a_line_that_is_no_voucher_is_named(
    past: Path, tmp_path: Path, line: str, said: str
) -> None:
    file = tmp_path / "broken.jsonl"
    file.write_text(past.read_text().splitlines()[0] + "\n" + line + "\n")
    code, printed = call("replay", "--policy", str(POLICIES), "--dump", str(file), "--json")
    assert code == 1
    assert "line 2" in json.loads(printed)["failed"]
    assert said in json.loads(printed)["failed"]


@pytest.mark.parametrize("day", ["soon", "2026-02-30"])
def test_a_day_that_is_none_is_a_wrong_call(past: Path, day: str) -> None:
    words = ("replay", "--policy", str(POLICIES), "--dump", str(past), "--to", day)
    assert call(*words)[0] == 2


def test_a_voucher_is_read_from_its_line_as_it_was_written(past: Path) -> None:
    assert list(of_file(past, Span())) == list(settled_past.settled(COUNT))


def test_a_voucher_whose_inputs_nobody_kept_cannot_be_decided(tmp_path: Path) -> None:
    file = tmp_path / "old.jsonl"
    file.write_text(written(Settled("v-1", "social-training", "d", 7, "h", date(2026, 3, 2))))
    told = replayed(POLICIES, file)
    assert told["undecided"] == [{"reason": "inputs", "vouchers": 1, "before_fen": 7}]
    assert told["total"]["vouchers"] == 0


def test_the_bench_takes_a_replay_apart_into_parts_that_cost_something(tmp_path: Path) -> None:
    file = tmp_path / "past.jsonl"
    replaying.make(file, COUNT)
    assert all(cost > 0 for cost in replaying.apart(file, rounds=1).values())
    assert replaying.whole(file).total.vouchers == COUNT
    assert bench._trace().ratio > 0


def test_the_bench_shows_each_cost_beside_what_it_is_set_against() -> None:
    shown = bench.table([bench.Figure("a thing", 3.0, "µs", "another", 2.0, 1.5, 3.0)])
    assert "| a thing | 3 µs | another | 2 µs | 1.5 | 3 |" in shown


@pytest.fixture
def standing(shared_city: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A city whose table of payments holds what a lived year left there."""
    client, serialise = boto3.client("dynamodb"), TypeSerializer().serialize
    for item in city_at_rest.lived().dump.payments:
        kept = {name: serialise(value) for name, value in item.items()}
        client.put_item(TableName="payments_table", Item=kept)
    outputs = {f"{owner.capitalize()}Table": f"{owner}_table" for owner in OWNERS}
    monkeypatch.setattr(operator, "read_outputs", lambda client, stack: outputs)


@pytest.mark.usefixtures("standing")
def test_a_citys_own_past_is_replayed_and_nothing_of_it_is_written(tmp_path: Path) -> None:
    names = {owner: f"{owner}_table" for owner in OWNERS}
    before = dump.read(boto3.client("dynamodb"), names)
    code, printed = call("replay", "--policy", str(POLICIES), "--json")
    assert code == 0
    told = json.loads(printed)
    approved = sum(
        item["approved_entries"] for item in before.payments if item["id"].startswith("s-")
    )
    assert told["total"]["vouchers"] == told["total"]["people"] == approved > 3
    assert told["total"]["difference_fen"] == 0
    assert (told["undecided"], told["refused"], told["outside"]) == ([], [], 0)
    assert dump.read(boto3.client("dynamodb"), names) == before

    file = tmp_path / "past.jsonl"
    code, printed = call("dump", str(file), "--json")
    assert (code, json.loads(printed)["vouchers"]) == (0, approved)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert replayed(POLICIES, file) == told


@pytest.mark.usefixtures("standing")
def test_a_proposal_that_cannot_be_read_is_named_without_what_stands_in_it() -> None:
    client = boto3.client("dynamodb")
    [item, *_] = dump.items(client, "payments_table", "s-")
    key = {"id": {"S": item["id"]}}
    broken = [{**json.loads(item["entries"])[0], "inputs": {"person": {"born_on": "1990"}}}]
    client.update_item(
        TableName="payments_table",
        Key=key,
        UpdateExpression="SET entries = :broken",
        ExpressionAttributeValues={":broken": {"S": json.dumps(broken)}},
    )
    code, printed = call("replay", "--policy", str(POLICIES), "--json")
    assert code == 1
    assert item["id"] in json.loads(printed)["failed"]
    assert "1990" not in printed


def test_a_stack_that_is_no_city_is_said_to_be_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operator, "read_outputs", lambda client, stack: {})
    code, printed = call("replay", "--policy", str(POLICIES), "--json")
    assert (code, "no output PaymentsTable" in json.loads(printed)["failed"]) == (1, True)
