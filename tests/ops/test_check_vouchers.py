"""The checker finds each hand-made breach of a voucher: history, identity, use, time, limits."""

import json
from copy import deepcopy
from dataclasses import replace

import pytest

from chalicelib.rules import ids
from chalicelib.rules.ids import PersonId
from tests.ops import city_at_rest
from tests.ops.breaking import Lived, change, drop, edit, found, retell, tell


@pytest.fixture
def city(shared_city: None) -> Lived:
    return deepcopy(city_at_rest.lived())


def test_an_event_changed_in_place_breaks_the_chain(city: Lived) -> None:
    item = city.voucher("paid")
    item["history"][1] = item["history"][1].replace('"role":"worker"', '"role":"official"')
    assert found(city.dump) == {"history-chain"}


def test_a_history_cut_at_its_end_is_found(city: Lived) -> None:
    item = city.voucher("issued")
    item["history"].pop()
    assert found(city.dump) == {"history-chain", "history-replay", "told-once"}


def test_an_event_nobody_made_is_found(city: Lived) -> None:
    retell(city.voucher("waiting"), change("claim", by=""))
    assert found(city.dump) == {"history-chain"}


def test_a_state_its_history_does_not_reach_is_found(city: Lived) -> None:
    city.voucher("failed")["state"] = "ASSESSED"
    assert found(city.dump) == {"history-replay"}


def test_terms_its_history_does_not_tell_are_found(city: Lived) -> None:
    edit(city.voucher("failed"), "terms", certificate_no="S000131000001260000009")
    assert found(city.dump) == {"history-replay"}


def test_a_move_outside_the_table_is_found(city: Lived) -> None:
    retell(city.voucher("failed"), drop("claim"))
    assert found(city.dump) == {"history-replay", "told-once"}


def test_a_validity_other_than_the_one_issued_is_found(city: Lived) -> None:
    city.voucher("failed")["expires_at"] = "2028-01-01T00:00:00+08:00"
    assert found(city.dump) == {"validity", "history-replay"}


def test_a_listing_with_another_class_is_found(city: Lived) -> None:
    city.voucher("failed")["class_id"] = "c-another"
    assert found(city.dump) == {"history-replay"}


def test_a_second_voucher_of_the_same_ordinal_is_found(city: Lived) -> None:
    double = {**city.voucher("issued"), "id": "v-double"}
    dump = replace(city.dump, vouchers=(*city.dump.vouchers, double))
    assert found(dump) == {"one-voucher", "told-once"}


def test_an_ordinal_beyond_the_policy_is_found(city: Lived) -> None:
    item = city.voucher("check-in")
    second = ids.voucher_id(PersonId(item["person_id"]), item["programme"], item["period"], 2)
    item["ordinal"] = 2
    for record in city.dump.checkins:
        if record["voucher_id"] == item["id"]:
            record["voucher_id"] = second
    for case in city.dump.cases:
        if case["voucher_id"] == item["id"]:
            case["voucher_id"] = second
            case["case_id"] = ids.case_id(second, "check-in", 1)
    item["id"] = second
    assert found(city.dump) == {"one-voucher", "told-once"}


def test_a_voucher_of_nobody_registered_is_found(city: Lived) -> None:
    holder = city.voucher("failed")["person_id"]
    people = [
        item for item in city.dump.people if (item["id"], item["part"]) != (holder, "profile")
    ]
    assert found(replace(city.dump, people=tuple(people))) == {"one-voucher"}


def test_a_use_without_verification_is_found(city: Lived) -> None:
    retell(city.voucher("failed"), drop("verify"))
    assert found(city.dump) == {"used-after-verified", "history-replay", "told-once"}


def test_a_use_by_another_institution_than_verified_is_found(city: Lived) -> None:
    item = city.voucher("failed")
    retell(item, tell("verify", verified_by="91310101MA1FOTHER0"))
    edit(item, "terms", verified_by="91310101MA1FOTHER0")
    assert found(city.dump) == {"used-after-verified"}


def test_a_course_of_another_programme_is_found(city: Lived) -> None:
    city.dump.classes[0]["programme"] = "skill-certificate"
    assert found(city.dump) == {"used-after-verified"}


@pytest.mark.parametrize("verb", ["claim", "verify", "enrol"])
def test_a_move_at_the_very_instant_of_expiry_is_found(city: Lived, verb: str) -> None:
    retell(city.voucher("failed"), change(verb, at="2027-01-01T00:00:00+08:00"))
    late = {"enrolled-in-time"} if verb == "enrol" else set()
    assert found(city.dump) == {"validity"} | late


def test_an_assessment_that_opens_a_void_certificate_voucher_is_found(city: Lived) -> None:
    retell(city.voucher("certificate"), change("assess", at="2027-01-01T00:00:00+08:00"))
    assert found(city.dump) == {"validity"}


def test_an_expiry_before_its_time_is_found(city: Lived) -> None:
    retell(city.voucher("issued"), change("expire", at="2026-12-31T23:59:59+08:00"))
    assert found(city.dump) == {"validity"}


def test_a_learner_enrolled_too_late_is_found(city: Lived) -> None:
    retell(city.voucher("failed"), change("enrol", at="2026-03-07T10:00:00+08:00"))
    assert found(city.dump) == {"enrolled-in-time"}


def test_a_learner_registered_after_the_roster_closed_is_found(city: Lived) -> None:
    city.dump.classes[0]["exam_on"] = "2026-03-06"
    assert found(city.dump) == {"enrolled-in-time"}


def test_a_check_in_voucher_in_a_class_with_an_online_lesson_is_found(city: Lived) -> None:
    into = city.dump.classes[0]
    lessons = json.loads(into["lessons"])
    into["lessons"] = json.dumps([*lessons[:-1], [*lessons[-1], "online", "theory"]])
    assert found(city.dump) == {"used-after-verified", "enrolled-in-time"}


def test_a_sign_in_to_an_online_lesson_is_found(city: Lived) -> None:
    into = city.dump.classes[0]
    first, *others = json.loads(into["lessons"])
    into["lessons"] = json.dumps([[*first, "online", "practice"], *others])
    assert "check-in-outcome" in found(city.dump)


def test_a_used_voucher_that_expired_against_its_policy_is_found(city: Lived) -> None:
    item = city.voucher("failed")
    retell(item, change("fail", do="expire", to="EXPIRED", at="2027-01-01T00:30:00+08:00"))
    item["state"] = "EXPIRED"
    assert "validity" in found(city.dump)


def test_a_voucher_that_expires_unfinished_against_its_policy_is_found(city: Lived) -> None:
    item = city.voucher("issued")
    retell(item, tell("issue", expires_unfinished=True))
    edit(item, "terms", expires_unfinished=True)
    assert found(city.dump) == {"validity"}


def test_a_year_that_does_not_count_a_voucher_is_found(city: Lived) -> None:
    city.year("paid")["issued"] = frozenset()
    assert found(city.dump) == {"entitlement"}


def test_a_year_that_counts_a_voucher_there_is_not_is_found(city: Lived) -> None:
    city.year("paid")["issued"] |= {"skill-certificate/1"}
    assert found(city.dump) == {"entitlement"}


def test_an_item_that_cannot_be_read_is_found_and_its_content_not_repeated(city: Lived) -> None:
    city.voucher("issued")["history"] = ["张三"]
    assert "readable" in found(city.dump)


def test_a_check_in_of_a_programme_without_any_is_found(city: Lived) -> None:
    paid, certificate = city.voucher("failed"), city.voucher("certificate")
    paid["policy"] = certificate["policy"]
    city.record("waiting")["voucher_id"] = paid["id"]
    assert found(city.dump) >= {"one-check-in", "history-replay"}


@pytest.mark.parametrize(
    ("attribute", "content"),
    [
        ("terms", "["),
        ("terms", '{"colour": "red"}'),
        ("state", "LOST"),
        ("ordinal", None),
        ("expires_at", "2027-01-01"),
        ("history", ["{}"]),
    ],
)
def test_no_garbage_in_an_item_keeps_the_others_from_being_checked(
    city: Lived, attribute: str, content: object
) -> None:
    city.voucher("issued")[attribute] = content
    city.dump.classes[0]["capacity"] = 7
    assert found(city.dump) >= {"readable", "class-seats"}
