"""Each call hands its use case what was asked, and shows what came back; nothing in between."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.api import paging
from chalicelib.policy.version import Version, VersionState
from chalicelib.rules import history
from chalicelib.rules.cases import Case
from chalicelib.rules.history import Command
from chalicelib.rules.ids import CaseId, ClassId, ProposalId, RunId, VoucherId
from chalicelib.rules.person import FactKind
from chalicelib.rules.run import Refusal, Run, RunKind, RunState
from chalicelib.rules.settlement import Budget, Entry, Proposal, ProposalState
from chalicelib.rules.shares import Share
from chalicelib.usecases import (
    approve,
    approve_policy,
    ask_batch,
    ask_import,
    hold,
    list_budgets,
    list_cases,
    list_lines,
    list_policies,
    propose,
    propose_policy,
    release,
    show_proposal,
    show_run,
    withdraw_policy,
)
from tests import groups
from tests.api.gateway import CITY, WORKER, Gateway
from tests.builders import MONDAY, a_line

Verb = Callable[[Any, str, object], list[tuple[Any, ...]]]
RUN = Run(
    id=RunId("r-" + "a" * 26),
    kind=RunKind.ROSTER,
    state=RunState.RUNNING,
    subject="staff-city",
    role="city-office",
    asked_at="2026-03-02T09:00:00+08:00",
    body="body",
    source={"object_key": "incoming/roster.csv"},
    rows=3,
    applied=1,
    existed=1,
    refused=1,
    refusals=(Refusal(4, "证件号码", "check_digit"),),
)
ENTRY = Entry(VoucherId("v-1"), 160000, "hash", version=5, on="2026-03-02")
PROPOSAL = Proposal(
    id=ProposalId("s-" + "a" * 26),
    programme="social-training",
    district="310104",
    fund="employment-subsidy",
    year=2026,
    state=ProposalState.PROPOSED,
    entries=(ENTRY, ENTRY),
    approved_entries=0,
    proposer="staff-district",
    approver=None,
    key="key-00000001",
    body="body",
    history=(),
)
VERSION = Version(
    hash="0" * 32,
    programme="check-in",
    state=VersionState.PROPOSED,
    effective_from=date(2026, 3, 2),
    proposed_on=date(2026, 3, 2),
    proposer="staff-city",
    approver=None,
    history=(),
)
CASE = Case(
    id=CaseId("k-1"),
    voucher_id=VoucherId("v-1"),
    kind="check-in",
    class_id=ClassId("c-1"),
    lesson_no=2,
    outcome="outside",
    district="310104",
    opened_at="2026-03-09T08:45:00+08:00",
    open=True,
    reason=None,
)


def test_a_command_carries_caller_key_address_and_time(gateway: Gateway, verb: Verb) -> None:
    asked = verb(ask_batch, "ask_batch", RUN)
    body = {"programme": "social-training", "group": "registered-unemployed"}
    answer = gateway.post("/batches", CITY, body, idempotency_key="batch-000001")
    assert answer.status_code == 202
    ((*said, command),) = asked
    assert said == [CITY, "social-training", FactKind.GROUP, groups.REGISTERED_UNEMPLOYED]
    raw = b'{"programme": "social-training", "group": "registered-unemployed"}/batches'
    assert command == Command(
        "staff-city", "city-office", "batch-000001", history.body_hash(raw), MONDAY
    )


def test_the_same_body_at_another_address_is_another_request(gateway: Gateway, verb: Verb) -> None:
    asked = verb(hold, "hold", a_line())
    for letter in "ab":
        gateway.post(f"/lines/l-{letter * 26}/hold", CITY, {"reason": "核实"})
    one, other = (command.body for *_, command in asked)
    assert one != other


def test_an_import_is_a_run_that_has_begun(gateway: Gateway, verb: Verb) -> None:
    asked = verb(ask_import, "ask_import", replace(RUN, rows=0, applied=0, existed=0, refused=0))
    key = "incoming/roster/0123456789abcdef.csv"
    answer = gateway.post("/imports", CITY, {"kind": "roster", "object_key": key})
    assert (answer.status_code, answer.json_body["run_id"]) == (202, RUN.id)
    assert asked[0][:3] == (CITY, RunKind.ROSTER, key)


@pytest.mark.parametrize(
    "key", ["reports/a.csv", "incoming/", "/incoming/a", "incoming/\n", "incoming/" + "a" * 300]
)
def test_an_import_names_an_upload_and_nothing_else(gateway: Gateway, verb: Verb, key: str) -> None:
    asked = verb(ask_import, "ask_import", RUN)
    answer = gateway.post("/imports", CITY, {"kind": "roster", "object_key": key})
    assert (answer.status_code, answer.json_body["code"], asked) == (400, "bad_value", [])


def test_a_run_tells_its_refusals_by_line_heading_and_reason(gateway: Gateway, verb: Verb) -> None:
    verb(show_run, "show_run", RUN)
    run = gateway.get(f"/runs/{RUN.id}", CITY, language="zh-CN").json_body
    assert (run["state"], run["rows"], run["applied"], run["existed"]) == ("running", 3, 1, 1)
    assert run["refusals"] == [
        {"line": 4, "column": "证件号码", "code": "check_digit", "reason": "校验码不正确"}
    ]
    assert "failure" not in run


@pytest.mark.parametrize("code", ["headings", "file_changed", "no_period", "code_of_old"])
def test_a_failed_run_says_why(gateway: Gateway, verb: Verb, code: str) -> None:
    verb(show_run, "show_run", replace(RUN, state=RunState.FAILED, failure=code))
    run = gateway.get(f"/runs/{RUN.id}", CITY).json_body
    assert (run["state"], run["failure"]) == ("failed", code)
    assert run["failure_reason"]


def test_a_proposal_shows_its_sum(gateway: Gateway, verb: Verb) -> None:
    verb(propose, "propose", PROPOSAL)
    body = {"programme": "social-training", "district": "310104"}
    answer = gateway.post("/proposals", CITY, body)
    assert answer.status_code == 201
    assert answer.json_body["entries"] == 2
    assert answer.json_body["total_fen"] == 320000
    assert "approved_fen" not in answer.json_body


def test_an_approval_shows_how_far_the_budget_reached(gateway: Gateway, verb: Verb) -> None:
    approved = replace(
        PROPOSAL, state=ProposalState.APPROVED, approver="staff-city", approved_entries=1
    )
    verb(approve, "approve", approved)
    verb(show_proposal, "show_proposal", approved)
    answer = gateway.post(f"/proposals/{PROPOSAL.id}/approval", CITY)
    assert (answer.status_code, answer.json_body["state"]) == (200, "approved")
    assert (answer.json_body["approved_entries"], answer.json_body["approved_fen"]) == (1, 160000)
    assert gateway.get(f"/proposals/{PROPOSAL.id}", CITY).json_body == answer.json_body


def test_a_proposal_of_several_funds_shows_what_each_of_them_pays(
    gateway: Gateway, verb: Verb
) -> None:
    district = Share("district-310104", "worker", 40000)
    shares = (Share("employment-subsidy", "worker", 120000), district)
    topped_up = replace(PROPOSAL, entries=(ENTRY, replace(ENTRY, shares=shares)))
    one = replace(topped_up, approver="staff-city", approved_entries=1)
    for found, by_fund in (
        (topped_up, {"employment-subsidy": 280000, "district-310104": 40000}),
        (one, None),
        (
            replace(one, approved_entries=2),
            {"employment-subsidy": 280000, "district-310104": 40000},
        ),
    ):
        verb(show_proposal, "show_proposal", found)
        assert gateway.get(f"/proposals/{PROPOSAL.id}", CITY).json_body.get("by_fund") == by_fund


@pytest.mark.parametrize("following", ["", a_line().id])
def test_held_lines_come_page_by_page(gateway: Gateway, verb: Verb, following: str) -> None:
    line = a_line()
    asked = verb(list_lines, "held", ([line], following))
    cursor = paging.next_cursor(line.id)
    page = gateway.get(f"/lines?work=held:310101&limit=7&cursor={cursor}", CITY).json_body
    assert asked == [(CITY, "310101", line.id, 7)]
    assert page.get("next_cursor") == paging.next_cursor(following)
    assert page["lines"][0]["line_id"] == line.id
    assert page["lines"][0]["amount_fen"] == 160000
    assert "sealed" not in page["lines"][0]


@pytest.mark.parametrize(("path", "module"), [("hold", hold), ("release", release)])
def test_a_line_is_held_and_released_with_a_reason(
    gateway: Gateway, verb: Verb, path: str, module: Any
) -> None:
    asked = verb(module, path, a_line())
    answer = gateway.post(f"/lines/{a_line().id}/{path}", CITY, {"reason": "核实无误"})
    assert (answer.status_code, answer.json_body["state"]) == (200, "DUE")
    assert asked[0][1:3] == (a_line().id, "核实无误")


def test_cases_tell_what_a_district_has_to_look_at(gateway: Gateway, verb: Verb) -> None:
    verb(list_cases, "open_cases", ([CASE], ""))
    assert gateway.get("/cases?district=310104", CITY).json_body == {
        "cases": [
            {
                "case_id": "k-1",
                "voucher_id": "v-1",
                "kind": "check-in",
                "class_id": "c-1",
                "lesson_no": 2,
                "outcome": "outside",
                "opened_at": "2026-03-09T08:45:00+08:00",
            }
        ]
    }


def test_a_page_of_cases_begins_where_the_one_before_it_said(gateway: Gateway, verb: Verb) -> None:
    position = f"v-{'a' * 26}/k-{'b' * 26}"
    asked = verb(list_cases, "open_cases", ([CASE], position))
    page = gateway.get("/cases?district=310104", CITY).json_body
    gateway.get(f"/cases?district=310104&cursor={page['next_cursor']}", CITY)
    assert asked == [(CITY, "310104", "", 100), (CITY, "310104", position, 100)]


@pytest.mark.parametrize("path", ["/cases?district=310104", "/lines?work=held:310104"])
@pytest.mark.parametrize("cursor", ["x", "v-1/k-1", "l-1", "%00", "bC0x", "bC0x.", "l" * 512])
def test_a_cursor_that_no_page_gave_is_a_400(gateway: Gateway, path: str, cursor: str) -> None:
    answer = gateway.get(f"{path}&cursor={cursor}", CITY)
    assert (answer.status_code, answer.json_body["code"]) == (400, "bad_cursor")


def test_budgets_are_told_in_whole_fen(gateway: Gateway, verb: Verb) -> None:
    verb(list_budgets, "budgets", [Budget("employment-subsidy", 2026, 100, 60, 30, 15, 5)])
    assert gateway.get("/budgets", CITY).json_body == {
        "budgets": [
            {
                "fund": "employment-subsidy",
                "year": 2026,
                "granted_fen": 100,
                "available_fen": 60,
                "reserved_fen": 30,
                "paid_fen": 15,
                "recovered_fen": 5,
            }
        ]
    }


def test_policies_are_told_by_proposal_and_what_is_in_force(gateway: Gateway, verb: Verb) -> None:
    verb(list_policies, "policies", [VERSION])
    verb(list_policies, "in_force", {"check-in": VERSION.hash})
    answer = gateway.get("/policies", CITY)
    assert answer.status_code == 200
    assert answer.json_body == {
        "policies": [
            {
                "programme": "check-in",
                "hash": VERSION.hash,
                "effective_from": "2026-03-02",
                "state": "proposed",
                "proposer": "staff-city",
                "approver": None,
            }
        ],
        "in_force": [{"programme": "check-in", "hash": VERSION.hash}],
    }


@pytest.mark.parametrize("since", [None, date(2026, 3, 9)])
def test_a_policy_is_proposed_for_a_day_or_for_today(
    gateway: Gateway, verb: Verb, since: date | None
) -> None:
    asked = verb(propose_policy, "propose_policy", VERSION)
    document = {"programme": "check-in", "parameters": {"periods": {"values": [1.5, None]}}}
    body: dict[str, Any] = {"programme": "check-in", "document": document}
    if since:
        body["effective_from"] = since.isoformat()
    answer = gateway.post("/policies", CITY, body)
    assert (answer.status_code, answer.json_body["state"]) == (201, "proposed")
    assert asked[0][1:4] == ("check-in", document, since)


def test_a_policy_is_approved_withdrawn_and_shown_by_its_hash(gateway: Gateway, verb: Verb) -> None:
    asked = [
        verb(approve_policy, "approve_policy", replace(VERSION, approver="staff-other")),
        verb(withdraw_policy, "withdraw_policy", VERSION),
        verb(list_policies, "document", (VERSION, {"programme": "check-in"})),
    ]
    path = f"/policies/{VERSION.hash}"
    approved = gateway.post(f"{path}/approval", CITY)
    assert (approved.status_code, approved.json_body["approver"]) == (200, "staff-other")
    assert gateway.post(f"{path}/withdrawal", CITY).status_code == 200
    assert gateway.get(path, CITY).json_body["document"] == {"programme": "check-in"}
    assert [calls[0][1] for calls in asked] == [VERSION.hash] * 3
    assert gateway.get("/policies/none", CITY).status_code == 404


@pytest.mark.parametrize(
    "position",
    [
        {"longitude": 181, "latitude": 31, "datum": "WGS-84", "accuracy_m": 5},
        {"longitude": 121, "latitude": 31, "datum": "CGCS2000", "accuracy_m": 5},
        {"longitude": 121, "latitude": 31, "accuracy_m": 5},
        {"longitude": 121, "latitude": 31, "datum": "WGS-84", "accuracy_m": -1},
        {"longitude": "121", "latitude": 31, "datum": "WGS-84", "accuracy_m": 5},
    ],
)
def test_a_position_needs_its_datum_and_lies_on_earth(gateway: Gateway, position: object) -> None:
    body = {"position": position, "device_time": "2026-03-09T08:45:00+08:00"}
    path = f"/vouchers/v-{'a' * 26}/lessons/1/check-ins"
    answer = gateway.post(path, WORKER, body)
    assert answer.status_code == 400
    assert answer.json_body["field"] in {"position", "datum"}


@pytest.mark.parametrize(
    "written",
    ["2026-03-09T08:45:00", "yesterday at a quarter past nine", "0001-01-01T00:00:00+14:00"],
)
def test_an_instant_needs_its_offset(gateway: Gateway, written: str) -> None:
    position = {"longitude": 121, "latitude": 31, "datum": "WGS-84", "accuracy_m": 5}
    path = f"/vouchers/v-{'a' * 26}/lessons/1/check-ins"
    answer = gateway.post(path, WORKER, {"position": position, "device_time": written})
    assert (answer.status_code, answer.json_body["field"]) == (400, "device_time")
