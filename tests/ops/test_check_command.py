"""`voucherctl check`, told by what it prints and how it ends; and how a dump is taken."""

import json
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from typer.testing import CliRunner

from chalicelib.store.dump import OWNERS, plain
from ops import operator
from ops.check import taking, telling
from ops.commands import check as command
from ops.voucherctl import app
from tests.ops import city_at_rest
from tests.ops.breaking import Lived

OUTPUTS = {f"{owner.capitalize()}Table": f"{owner}_table" for owner in OWNERS}


@pytest.fixture
def city(shared_city: None, monkeypatch: pytest.MonkeyPatch) -> Lived:
    lived = deepcopy(city_at_rest.lived())
    monkeypatch.setattr(operator, "read_outputs", lambda client, stack: OUTPUTS)
    monkeypatch.setattr(command, "take", lambda outputs, client: lived.dump)
    return lived


def call(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["check", *arguments], env={"COLUMNS": "120"})
    return result.exit_code, result.output


def test_a_sound_city_ends_with_0_and_shows_funnel_and_money(city: Lived) -> None:
    code, shown = call()
    assert code == 0
    assert "0 breaches" in shown
    assert "employment-subsidy 2026" in shown
    assert "written_off" in shown


def test_a_breach_ends_with_1_and_is_named(city: Lived) -> None:
    city.fund()["paid_fen"] += 1
    code, shown = call()
    assert code == 1
    assert "money: fund employment-subsidy 2026: 160001 fen paid, by its lines 160000" in shown


def numbers_told(since: datetime) -> list[float]:
    """The maxima of the checker's number since then, as an alarm sees them."""
    answer = boto3.client("cloudwatch").get_metric_statistics(
        Namespace=telling.NAMESPACE,
        MetricName=telling.METRIC,
        StartTime=since,
        EndTime=since + timedelta(days=1),
        Period=86_400,
        Statistics=["Maximum"],
    )
    return [point["Maximum"] for point in answer["Datapoints"]]


def test_the_number_of_breaches_is_written_for_the_alarm(city: Lived) -> None:
    since = datetime.now(UTC) - timedelta(hours=1)
    city.fund()["paid_fen"] += 1
    call()
    assert max(numbers_told(since)) >= 1


def test_a_number_that_cannot_be_written_leaves_the_verdict_as_it_is(
    city: Lived, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(cloudwatch: object, breaches: int) -> None:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "PutMetricData")

    monkeypatch.setattr(command, "tell", refuse)
    code, shown = call()
    assert code == 0
    assert "0 breaches" in shown
    assert "cloudwatch:PutMetricData" in shown


def test_json_is_one_document_with_everything(city: Lived) -> None:
    city.voucher("failed")["state"] = "ASSESSED"
    code, shown = call("--json")
    told = json.loads(shown)
    assert code == 1
    assert told["breaches"] == [
        {
            "invariant": "history-replay",
            "where": f"voucher {city.vouchers['failed']}",
            "found": "stands at ASSESSED, its history at CLOSED",
        }
    ]
    assert told["counts"]["issued"] == 10
    assert {budget["fund"] for budget in told["money"]} == {
        "employment-subsidy",
        "unemployment-insurance",
    }


def test_a_stack_that_is_not_a_citys_ends_with_4(
    shared_city: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operator, "read_outputs", lambda client, stack: {"ApiUrl": "x"})
    code, shown = call()
    assert code == 4
    assert "no verdict" in shown


def test_a_table_that_is_gone_ends_with_4(
    shared_city: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = {**OUTPUTS, "RunsTable": "no_such_table"}
    monkeypatch.setattr(operator, "read_outputs", lambda client, stack: gone)
    assert call()[0] == 4


class Pages:
    """A client of two pages, which remembers how it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def get_paginator(self, operation: str) -> "Pages":
        assert operation == "scan"
        return self

    def paginate(self, **request: Any) -> list[dict[str, Any]]:
        self.asked.append(request)
        return [{"Items": [{"id": {"S": "one"}}]}, {"Items": [{"id": {"S": "two"}}]}]


def test_every_page_of_every_table_is_read_strongly() -> None:
    pages = Pages()
    dump = taking.take(OUTPUTS, pages)
    assert dump.vouchers == ({"id": "one"}, {"id": "two"})
    assert {request["TableName"] for request in pages.asked} == set(OUTPUTS.values())
    assert all(request["ConsistentRead"] for request in pages.asked)


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ({"S": "text"}, "text"),
        ({"N": "160000"}, 160000),
        ({"N": "0.5"}, Decimal("0.5")),
        ({"B": b"sealed"}, b"sealed"),
        ({"BOOL": False}, False),
        ({"NULL": True}, None),
        ({"L": [{"S": "a"}, {"N": "1"}]}, ["a", 1]),
        ({"M": {"a": {"L": []}}}, {"a": []}),
        ({"SS": ["a", "b"]}, frozenset({"a", "b"})),
        ({"NS": ["1", "2"]}, frozenset({1, 2})),
    ],
)
def test_an_attribute_becomes_pythons_own_value(attribute: dict[str, Any], value: object) -> None:
    assert plain(attribute) == value
