"""Policies by two officials: proposed, approved or withdrawn, in force from a day on."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from chalicelib import policy
from chalicelib.errors import CityError, Conflict, Forbidden, Invalid, KeyReused, NotFound
from chalicelib.policy import version
from chalicelib.policy.document import Document
from chalicelib.policy.place import read
from chalicelib.policy.version import Version, VersionState
from chalicelib.rules import calendar, history
from chalicelib.rules.history import Command
from chalicelib.rules.principal import Principal, Right
from chalicelib.store import organisations, programmes, timelines, transact, versions
from chalicelib.usecases import approve_policy, list_policies, propose_policy, withdraw_policy
from tests import seeding
from tests.builders import MONDAY, POLICIES, a_command

pytestmark = pytest.mark.usefixtures("aws_city")

BOTH = (Right.POLICY_PROPOSE, Right.POLICY_APPROVE)
ONE = seeding.official("officer-one", *BOTH, office=seeding.CITY_OFFICE)
OTHER = seeding.official("officer-two", *BOTH, office=seeding.CITY_OFFICE)
PROGRAMME = "social-training"
TODAY = calendar.civil_date(MONDAY)
A_DAY = timedelta(days=1)


def command(key: str, who: Principal = ONE, at: datetime = MONDAY, body: str = "body") -> Command:
    return a_command(key, actor=who.subject, at=at, body=body)


def a_document(*more: dict[str, Any], parameter: str = "class_capacity") -> Document:
    """Shanghai's, with more values of one parameter at its end."""
    document = read(POLICIES / PROGRAMME)
    document["parameters"][parameter]["values"] += more
    return document


def a_value(since: date, value: int, **more: Any) -> dict[str, Any]:
    return {"from": since.isoformat(), "value": value, "source": "test"} | more


def propose(document: Document, since: date | None = None, key: str = "propose-1") -> Version:
    return propose_policy.propose_policy(ONE, PROGRAMME, document, since, command(key))


def approve(version: Version, key: str = "approve-1", at: datetime = MONDAY) -> Version:
    return approve_policy.approve_policy(OTHER, version.hash, command(key, OTHER, at))


def publish(document: Document, since: date | None = None) -> Version:
    return approve(propose(document, since, f"propose-{since}"), f"approve-{since}")


def capacity(on: date) -> int:
    return int(programmes.current(PROGRAMME, on).value("class_capacity", on))


def test_a_version_governs_from_its_day_on_without_anybody_doing_anything() -> None:
    publish(a_document())
    later = TODAY + 30 * A_DAY
    publish(a_document(a_value(later, 40)), later)
    assert [capacity(later + n * A_DAY) for n in (-1, 0, 1)] == [60, 40, 40]


def test_before_its_first_version_a_programme_has_no_policy() -> None:
    publish(a_document(), TODAY + A_DAY)
    with pytest.raises(NotFound):
        programmes.current(PROGRAMME, TODAY)
    assert programmes.in_force(TODAY) == {}
    assert programmes.in_force(TODAY + A_DAY).keys() == {PROGRAMME}


def test_a_proposed_version_governs_nothing() -> None:
    publish(a_document())
    proposed = propose(a_document(a_value(TODAY, 40)))
    assert proposed.state is VersionState.PROPOSED
    assert capacity(TODAY) == 60


def test_of_two_approved_for_one_day_the_later_approved_governs() -> None:
    publish(a_document())
    for seats in (40, 30):
        one = propose(a_document(a_value(TODAY + A_DAY, seats)), TODAY + A_DAY, f"p-{seats}")
        approve(one, f"a-{seats}")
    assert capacity(TODAY + A_DAY) == 30


def test_nobody_approves_what_he_proposed() -> None:
    proposed = propose(a_document())
    with pytest.raises(Forbidden) as refused:
        approve_policy.approve_policy(ONE, proposed.hash, command("approve-1"))
    assert refused.value.code == "same_person"
    assert programmes.in_force(TODAY) == {}


def test_the_write_itself_holds_that_two_people_are_needed() -> None:
    proposed = propose(a_document())
    by_himself = version.approved(replace(proposed, proposer="another"), command("approve-1"))
    with pytest.raises(transact.Lost):
        transact.together(
            lambda within: versions.keep_within(within, proposed, by_himself), lambda: False
        )


def test_the_history_says_who_proposed_who_approved_and_from_when() -> None:
    approved = publish(a_document())
    told = history.events(versions.load(approved.hash).history)
    assert [(event.do, event.by) for event in told] == [
        ("propose", "officer-one"),
        ("approve", "officer-two"),
    ]
    assert told[0].set == {"effective_from": TODAY.isoformat()}
    assert history.broken_at(approved.history) is None


def test_the_same_request_again_is_answered_as_the_first_time() -> None:
    proposed = propose(a_document())
    approved = approve(proposed)
    assert propose(a_document()) == proposed
    assert approve(proposed) == approved
    assert len(versions.load(proposed.hash).history) == 2


def test_what_is_proposed_or_in_force_already_is_answered_as_it_stands() -> None:
    proposed = propose(a_document())
    assert propose(a_document(), key="propose-2") == proposed
    approved = approve(proposed)
    assert propose(a_document(), TODAY + A_DAY, "propose-3") == approved


@pytest.mark.parametrize("move", ["propose", "approve", "withdraw"])
def test_a_key_that_came_with_another_request_is_refused(move: str) -> None:
    proposed = propose(a_document())
    if move == "approve":
        approve(proposed)
    if move == "withdraw":
        withdraw_policy.withdraw_policy(ONE, proposed.hash, command("withdraw-1"))
    who = OTHER if move == "approve" else ONE
    again = command(f"{move}-1", who, body="other")
    calls = {
        "propose": lambda: propose_policy.propose_policy(
            ONE, PROGRAMME, a_document(a_value(TODAY, 40)), None, again
        ),
        "approve": lambda: approve_policy.approve_policy(OTHER, proposed.hash, again),
        "withdraw": lambda: withdraw_policy.withdraw_policy(ONE, proposed.hash, again),
    }
    with pytest.raises(KeyReused):
        calls[move]()


def test_a_withdrawn_version_cannot_be_approved_but_proposed_again() -> None:
    proposed = propose(a_document())
    withdrawn = withdraw_policy.withdraw_policy(ONE, proposed.hash, command("withdraw-1"))
    assert withdrawn.state is VersionState.WITHDRAWN
    with pytest.raises(Conflict):
        approve(proposed)
    assert approve(propose(a_document(), TODAY + A_DAY, "propose-2"), "approve-2").approver


def test_only_its_proposer_withdraws_a_version_and_only_before_its_approval() -> None:
    proposed = propose(a_document())
    with pytest.raises(Forbidden) as refused:
        withdraw_policy.withdraw_policy(OTHER, proposed.hash, command("withdraw-1", OTHER))
    assert refused.value.code == "not_the_proposer"
    approve(proposed)
    with pytest.raises(Conflict) as late:
        withdraw_policy.withdraw_policy(ONE, proposed.hash, command("withdraw-2"))
    assert late.value.code == "not_in_state"


def test_an_open_proposal_is_not_moved_to_another_day_by_proposing_again() -> None:
    propose(a_document())
    with pytest.raises(Conflict) as refused:
        propose(a_document(), TODAY + A_DAY, "propose-2")
    assert refused.value.code == "already_proposed"


def test_a_version_takes_effect_today_at_the_earliest() -> None:
    with pytest.raises(Invalid) as refused:
        propose(a_document(), TODAY - A_DAY)
    assert refused.value.code == "effective_in_past"


@pytest.mark.parametrize(("days", "in_time"), [(2, True), (3, False)])
def test_an_approval_comes_on_the_day_of_effect_at_the_latest(days: int, in_time: bool) -> None:
    proposed = propose(a_document(), TODAY + 2 * A_DAY)
    at = MONDAY + days * A_DAY
    if in_time:
        assert approve(proposed, at=at).state is VersionState.APPROVED
        return
    with pytest.raises(Conflict) as refused:
        approve(proposed, at=at)
    assert refused.value.code == "effective_day_passed"


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (1, False)])
def test_a_value_that_begins_before_the_day_of_effect_is_refused(days: int, refused: bool) -> None:
    publish(a_document())
    since = TODAY + 10 * A_DAY
    draft = a_document(a_value(since + days * A_DAY, 40))
    if not refused:
        assert propose(draft, since).state is VersionState.PROPOSED
        return
    with pytest.raises(Invalid) as told:
        propose(draft, since)
    assert told.value.code == "past_changed"
    assert "class_capacity: the value from" in str(told.value.facts["faults"])


def test_a_value_of_the_past_is_corrected_in_its_place() -> None:
    first = publish(a_document())
    draft = a_document()
    [value] = draft["parameters"]["class_capacity"]["values"]
    value["value"] = 50
    with pytest.raises(Invalid):
        propose(draft)
    value["corrected"] = {"on": TODAY.isoformat(), "why": "the decree says 50"}
    second = publish(draft, TODAY)
    assert capacity(TODAY) == 50
    assert programmes.by_hash(first.hash).value("class_capacity", TODAY) == 60
    assert second.hash != first.hash


def test_a_version_that_a_later_approved_one_would_take_back_is_refused() -> None:
    publish(a_document())
    publish(a_document(a_value(date(2027, 1, 1), 40)), date(2027, 1, 1))
    with pytest.raises(Invalid) as refused:
        propose(a_document(a_value(date(2026, 10, 1), 50)), date(2026, 10, 1))
    assert refused.value.code == "later_version_differs"
    mark = {"on": TODAY.isoformat(), "why": "brought forward to October"}
    both = (a_value(date(2026, 10, 1), 50), a_value(date(2027, 1, 1), 40))
    corrected = a_document(both[0] | {"corrected": mark}, both[1])
    approve(propose(corrected, date(2027, 1, 1), "propose-2"), "approve-2")
    publish(a_document(both[0]), date(2026, 10, 1))
    assert [capacity(day) for day in (TODAY, date(2026, 10, 1), date(2027, 1, 1))] == [60, 50, 40]


def test_an_approval_looks_at_what_was_approved_since_the_proposal() -> None:
    publish(a_document())
    since = TODAY + 2 * A_DAY
    late = propose(a_document(a_value(since, 40)), since, "propose-a")
    publish(a_document(a_value(since - A_DAY, 50)), since - A_DAY)
    with pytest.raises(Conflict) as refused:
        approve(late)
    assert refused.value.code == "policy_overtaken"
    assert [capacity(since + n * A_DAY) for n in (-1, 0)] == [50, 50]


def test_a_faulty_policy_is_refused_with_every_fault() -> None:
    faulty = a_document()
    del faulty["parameters"]["eligible"]
    del faulty["parameters"]["ratio"]
    with pytest.raises(Invalid) as refused:
        propose(faulty)
    assert "eligible" in str(refused.value.facts["faults"])
    assert "ratio" in str(refused.value.facts["faults"])


def test_a_policy_under_another_programmes_name_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        propose_policy.propose_policy(ONE, "check-in", a_document(), None, command("propose-1"))
    assert refused.value.code == "other_programme_named"


def test_of_many_approvals_at_once_one_wins() -> None:
    hash_ = propose(a_document()).hash

    def one(n: int) -> str:
        who = seeding.official(f"officer-{n:02}", *BOTH, office=seeding.CITY_OFFICE)
        try:
            approve_policy.approve_policy(who, hash_, command(f"approve-{n}", who))
        except CityError as lost:
            return lost.code
        return "won"

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one, range(24)))
    assert answers.count("won") == 1
    assert set(answers) <= {"won", "not_in_state", "changed_meanwhile"}
    assert len(timelines.load(PROGRAMME).approved) == 1


def test_every_proposal_is_listed_with_what_became_of_it_and_what_is_in_force() -> None:
    proposed = propose(a_document())
    withdraw_policy.withdraw_policy(ONE, proposed.hash, command("withdraw-1"))
    approved = approve(propose(a_document(), key="propose-2"))
    draft = propose(a_document(a_value(TODAY + A_DAY, 40)), TODAY + A_DAY, "propose-3")
    states = [(one.hash, one.state, one.approver) for one in list_policies.policies(OTHER)]
    assert states == [
        (approved.hash, VersionState.WITHDRAWN, None),
        (approved.hash, VersionState.APPROVED, "officer-two"),
        (draft.hash, VersionState.PROPOSED, None),
    ]
    assert list_policies.in_force(ONE, MONDAY) == {PROGRAMME: approved.hash}
    assert list_policies.document(ONE, draft.hash)[1] == a_document(a_value(TODAY + A_DAY, 40))


def test_each_step_needs_its_right() -> None:
    nobody = seeding.official("officer-none")
    proposed = propose(a_document())
    attempts = [
        lambda: propose_policy.propose_policy(nobody, PROGRAMME, {}, None, command("p")),
        lambda: approve_policy.approve_policy(nobody, proposed.hash, command("a")),
        lambda: withdraw_policy.withdraw_policy(nobody, proposed.hash, command("w")),
        lambda: list_policies.policies(nobody),
        lambda: list_policies.in_force(nobody, MONDAY),
        lambda: list_policies.document(nobody, proposed.hash),
    ]
    for attempt in attempts:
        with pytest.raises(Forbidden) as refused:
            attempt()
        assert refused.value.code == "right_missing"


def test_a_policy_published_before_there_were_proposals_is_in_force_and_can_be_followed() -> None:
    document, at = a_document(), (MONDAY - 10 * A_DAY).isoformat()
    hash_ = policy.digest(document)
    client = versions._Version._get_connection().connection.client
    kept = {"published_by": {"S": "officer-old"}, "published_at": {"S": at}}
    rows = (
        {"id": f"policy#{hash_}", "part": "document", "document": json.dumps(document)},
        {"id": PROGRAMME, "part": "current", "hash": hash_},
    )
    for row in rows:
        item = {name: {"S": text} for name, text in row.items()} | kept
        client.put_item(TableName="programmes_table", Item=item)
    assert programmes.current(PROGRAMME, TODAY).hash == hash_
    [told] = list_policies.policies(ONE)
    assert (told.state, told.proposer) == (VersionState.APPROVED, "officer-old")
    later = publish(a_document(a_value(TODAY + A_DAY, 40)), TODAY + A_DAY)
    assert programmes.current(PROGRAMME, TODAY).hash == hash_
    assert programmes.current(PROGRAMME, TODAY + A_DAY).hash == later.hash


def test_who_could_publish_before_there_were_proposals_can_propose() -> None:
    content = {"organisation_id": "x", "rights": ["policy.publish"], "since": "2026-01-01"}
    item = {
        "id": {"S": "staff#officer-old"},
        "part": {"S": "staff"},
        "content": {"S": json.dumps(content | {"until": None})},
    }
    client = versions._Version._get_connection().connection.client
    client.put_item(TableName="organisations_table", Item=item)
    officer = organisations.staff("officer-old")
    assert officer is not None
    assert officer.rights == {Right.POLICY_PROPOSE}
