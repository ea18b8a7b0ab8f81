"""What watches the city: every alarm has its page, every number its log line, all is in sight."""

import json
import re
import subprocess
import sys
from typing import Any

import pytest

from chalicelib.observability import Log
from chalicelib.rules.figures import Figure
from infra import paths
from ops.check import telling
from tests.packaging.packaged import Package

RUNBOOK = re.compile(r"Runbook: (docs/runbooks/[a-z-]+\.md)$")
REGIONS = ("cn-north-1", "us-east-1")


def test_every_alarm_names_its_runbook_and_every_runbook_has_its_alarm(prod: Package) -> None:
    named = set()
    for name, alarm in prod.of_type("AWS::CloudWatch::Alarm").items():
        found = RUNBOOK.search(alarm["AlarmDescription"])
        assert found, name
        named.add(found[1])
    pages = (paths.ROOT / "docs" / "runbooks").glob("*.md")
    assert named == {page.relative_to(paths.ROOT).as_posix() for page in pages}


def test_every_runbook_says_what_it_means_where_to_look_what_to_do_and_how_to_verify() -> None:
    for page in (paths.ROOT / "docs" / "runbooks").glob("*.md"):
        text = page.read_text(encoding="utf-8")
        places = [text.find(f"**{part}.**") for part in ("Means", "Look", "Mend", "Verify")]
        assert -1 not in places, page.name
        assert places == sorted(places), page.name


def test_every_alarm_tells_somebody(prod: Package) -> None:
    for name, alarm in prod.of_type("AWS::CloudWatch::Alarm").items():
        assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": "AlarmsTopic"}], name


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("OldestDueLineAlarm", "breaching"),  # a relay that tells nothing sends nothing
        ("OldestUntoldAlarm", "breaching"),
        ("CheckOverdueAlarm", "breaching"),
        ("BreachAlarm", "ignore"),  # stays until a check finds nothing
        ("ErrorRateAlarm", "notBreaching"),
        ("BrokenAlarm", "notBreaching"),
        ("FunctionsThrottledAlarm", "notBreaching"),
        ("CallsThrottledAlarm", "notBreaching"),
        ("QuarantineAlarm", "notBreaching"),
    ],
)
def test_silence_is_an_alarm_where_it_must_be(prod: Package, name: str, missing: str) -> None:
    alarms = prod.of_type("AWS::CloudWatch::Alarm")
    assert alarms[name]["TreatMissingData"] == missing


def test_every_number_out_of_the_log_comes_from_a_line_of_the_catalogue(prod: Package) -> None:
    filters = prod.of_type("AWS::Logs::MetricFilter")
    assert filters
    for name, properties in filters.items():
        found = re.fullmatch(r'\{ \$\.log = "([A-Z]\d{3})" \}', properties["FilterPattern"])
        assert found, name
        assert found[1] in set(Log), name
        (metric,) = properties["MetricTransformations"]
        assert (metric["MetricNamespace"], metric["MetricName"]) == ("VoucherCity", name)


def test_the_funnel_is_taken_from_the_figures_own_line(prod: Package) -> None:
    filters = prod.of_type("AWS::Logs::MetricFilter")
    for figure in (Figure.ISSUED, Figure.CLAIMED, Figure.VERIFIED, Figure.USED, Figure.SETTLED):
        (metric,) = filters[figure.capitalize()]["MetricTransformations"]
        assert metric["MetricValue"] == f"$.{figure}"
        assert filters[figure.capitalize()]["FilterPattern"] == f'{{ $.log = "{Log.COUNTED}" }}'


def test_every_number_of_ours_that_an_alarm_watches_is_written(prod: Package) -> None:
    written = {telling.METRIC, *prod.of_type("AWS::Logs::MetricFilter")}
    alarms = prod.of_type("AWS::CloudWatch::Alarm").values()
    watched = {a["MetricName"] for a in alarms if a["Namespace"] == "VoucherCity"}
    assert watched <= written


def _dashboard(prod: Package) -> dict[str, Any]:
    body: str = prod.of_type("AWS::CloudWatch::Dashboard")["Dashboard"]["DashboardBody"]["Fn::Sub"]
    content: dict[str, Any] = json.loads(body)
    return content


def test_every_queue_and_every_function_is_on_the_dashboard(prod: Package) -> None:
    shown = json.dumps(_dashboard(prod))
    for queue in prod.of_type("AWS::SQS::Queue"):
        assert f"${{{queue}.QueueName}}" in shown, queue
    for function in prod.functions:
        assert f"${{{function}}}" in shown, function


def test_nothing_on_the_dashboard_lies_over_anything_else(prod: Package) -> None:
    places = [(widget["x"], widget["y"]) for widget in _dashboard(prod)["widgets"]]
    assert len(set(places)) == len(places)


def test_the_template_is_without_fault_in_china_and_elsewhere(prod: Package) -> None:
    # In a process of its own: cfn-lint keeps 200 MB of schemas.
    program = "import sys; from cfnlint.runner import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "--regions", *REGIONS]
    command += ["--template", str(prod.folder / "template.json")]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
