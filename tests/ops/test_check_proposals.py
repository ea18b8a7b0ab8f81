"""The checker finds each hand-made breach around proposals and the amounts in them."""

import json
from copy import deepcopy
from dataclasses import replace

import pytest

from chalicelib.rules.ids import VoucherId
from chalicelib.store.dump import Item
from tests.ops import city_at_rest
from tests.ops.breaking import Lived, change, drop, edit, found, one, retell, tell


@pytest.fixture
def city(shared_city: None) -> Lived:
    return deepcopy(city_at_rest.lived())


def entries(proposal: Item) -> list[Item]:
    found: list[Item] = json.loads(proposal["entries"])
    return found


def edit_entry(proposal: Item, voucher: VoucherId, **changes: object) -> None:
    entries = json.loads(proposal["entries"])
    for entry in entries:
        if entry["voucher_id"] == voucher:
            entry.update(changes)
    proposal["entries"] = json.dumps(entries)


def test_a_voucher_bound_to_another_proposal_is_found(city: Lived) -> None:
    item = city.voucher("waiting")
    retell(item, tell("propose", proposal_id="s-another"))
    edit(item, "terms", proposal_id="s-another")
    assert found(city.dump) == {"bound-to-proposal"}


def test_a_voucher_approved_twice_is_found(city: Lived) -> None:
    second = {**city.proposal("waiting"), "id": "s-second"}
    assert found(replace(city.dump, payments=(*city.dump.payments, second))) >= {
        "bound-to-proposal"
    }


def test_a_proposer_who_approves_is_found(city: Lived) -> None:
    proposal = city.proposal("waiting")
    proposal["approver"] = proposal["proposer"]
    retell(proposal, change("approve", by=proposal["proposer"]))
    assert found(city.dump) == {"second-person"}


def test_an_approver_his_proposal_does_not_tell_of_is_found(city: Lived) -> None:
    city.proposal("waiting")["approver"] = "somebody-else"
    assert found(city.dump) == {"second-person"}


def test_a_proposer_his_proposal_does_not_tell_of_is_found(city: Lived) -> None:
    city.proposal("waiting")["proposer"] = "somebody-else"
    assert found(city.dump) == {"second-person"}


def test_a_proposal_that_skipped_its_approval_is_found(city: Lived) -> None:
    proposal = city.proposal("waiting")
    retell(proposal, drop("approve"))
    assert found(city.dump) == {"second-person", "proposal-history"}


def test_a_proposal_that_stands_elsewhere_than_its_history_is_found(city: Lived) -> None:
    city.proposal("waiting")["state"] = "approved"
    assert found(city.dump) == {"proposal-history"}


def test_a_proposal_event_changed_in_place_breaks_its_chain(city: Lived) -> None:
    proposal = city.proposal("waiting")
    proposal["history"][1] = proposal["history"][1].replace("worker", "somebody")
    assert found(city.dump) == {"proposal-history"}


def test_more_approved_entries_than_were_approved_are_found(city: Lived) -> None:
    city.proposal("waiting")["approved_entries"] += 1
    assert found(city.dump) >= {"proposal-history", "money"}


def test_an_entry_that_its_policy_does_not_give_is_found(city: Lived) -> None:
    edit_entry(city.proposal("waiting"), city.vouchers["waiting"], why="0" * 32)
    assert found(city.dump) == {"amount"}


def test_a_whole_chain_of_sums_that_the_policy_does_not_give_is_found(city: Lived) -> None:
    mine = city.vouchers["deferred"]
    proposal = city.proposal("waiting")
    edit_entry(proposal, mine, amount_fen=160_001)
    retell(proposal, tell("propose", total_fen=896_001, entries=6))
    assert found(city.dump) == {"amount"}


def test_an_entry_of_another_course_than_the_vouchers_is_found(city: Lived) -> None:
    mine = city.vouchers["waiting"]
    (entry,) = (each for each in entries(city.proposal("waiting")) if each["voucher_id"] == mine)
    inputs = entry["inputs"] | {"course": {"occupation": "电工", "level": 4}}
    edit_entry(city.proposal("waiting"), mine, inputs=inputs)
    assert found(city.dump) == {"amount"}


def test_an_entry_of_another_person_than_the_vouchers_is_found(city: Lived) -> None:
    edit_entry(city.proposal("waiting"), city.vouchers["waiting"], person_id="p-another")
    assert found(city.dump) == {"amount"}


def test_an_entry_under_a_policy_never_published_is_found(city: Lived) -> None:
    edit_entry(city.proposal("waiting"), city.vouchers["waiting"], policy="0" * 32)
    assert found(city.dump) == {"amount"}


def test_a_line_let_go_while_its_case_is_open_is_found(city: Lived) -> None:
    case = one(city.dump.cases, voucher_id=city.vouchers["paid"])
    case["open"] = True
    assert found(city.dump) == {"held-while-case-open"}
