"""The stream's second function: what it is told, repeated or not, is counted once."""

import pytest

from chalicelib.jobs import counting
from chalicelib.rules import voucher
from chalicelib.rules.figures import CITY, Dimension, Figure
from chalicelib.rules.moves import Verb
from chalicelib.store import figures
from tests.builders import FACTS, a_command, a_voucher
from tests.following import Change, records

pytestmark = pytest.mark.usefixtures("aws_city")


def told(*changes: Change) -> dict[str, object]:
    answer: dict[str, object] = counting.count_figures(records(changes), None)
    return answer


def counts() -> dict[Figure, int]:
    (row,), _ = figures.page(CITY, Dimension.PROGRAMME, "2026", "", 10)
    return dict(row.counts)


def test_the_stream_told_twice_and_in_disorder_counts_once() -> None:
    claimed = a_voucher(verbs=[Verb.CLAIM])
    verified = voucher.move(claimed, Verb.VERIFY, a_command("verify-01"), FACTS[Verb.VERIFY])
    for _ in range(2):
        assert told((claimed, verified), (None, claimed)) == {"batchItemFailures": []}
    assert counts() == {Figure.ISSUED: 1, Figure.CLAIMED: 1, Figure.VERIFIED: 1}


def test_what_was_counted_is_told_for_the_dashboard_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[dict[str, object]] = []
    monkeypatch.setattr(counting.logger, "info", lambda message, extra: lines.append(extra))
    for _ in range(2):
        told((None, a_voucher(verbs=[Verb.CLAIM])))
    (line,) = [line for line in lines if line["log"] == "M002"]
    assert line == {"log": "M002", "issued": 1, "claimed": 1}


def test_a_record_nobody_can_read_comes_back_and_holds_up_no_other() -> None:
    event = records([(None, a_voucher())])
    broken = records([(None, a_voucher())])["Records"][0]
    broken["dynamodb"]["NewImage"].pop("history")
    broken["dynamodb"]["SequenceNumber"] = "9"
    event["Records"].append(broken)
    answer = counting.count_figures(event, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "9"}]}
    assert counts() == {Figure.ISSUED: 1}
