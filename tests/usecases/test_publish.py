"""Publishing a policy: only a sound one comes into force, under the hash of what it says."""

import pytest

from chalicelib import policy
from chalicelib.errors import Forbidden, Invalid, KeyReused
from chalicelib.policy.document import Document
from chalicelib.rules.principal import Right
from chalicelib.store import programmes
from chalicelib.usecases import list_policies, publish
from tests import seeding
from tests.builders import POLICIES, a_command

pytestmark = pytest.mark.usefixtures("aws_city")

OFFICER = seeding.official("staff-city", Right.POLICY_PUBLISH, office=seeding.CITY_OFFICE)
PROGRAMME = "social-training"


def document() -> Document:
    return policy.read(POLICIES / PROGRAMME)


def test_a_sound_policy_is_in_force_under_its_hash() -> None:
    hash_ = publish.publish(OFFICER, PROGRAMME, document(), a_command())
    assert hash_ == policy.digest(document())
    assert programmes.current(PROGRAMME).hash == hash_
    assert publish.publish(OFFICER, PROGRAMME, document(), a_command()) == hash_


def test_the_versions_in_force_are_listed_by_programme() -> None:
    assert list_policies.policies(OFFICER) == {}
    publish.publish(OFFICER, PROGRAMME, document(), a_command())
    assert list_policies.policies(OFFICER) == {PROGRAMME: policy.digest(document())}
    with pytest.raises(Forbidden):
        list_policies.policies(seeding.official("staff-nobody"))


def test_a_faulty_policy_is_refused_with_every_fault() -> None:
    faulty = document()
    del faulty["parameters"]["eligible"]
    del faulty["parameters"]["ratio"]
    with pytest.raises(Invalid) as refused:
        publish.publish(OFFICER, PROGRAMME, faulty, a_command())
    assert "eligible" in str(refused.value.facts["faults"])
    assert "ratio" in str(refused.value.facts["faults"])


def test_a_policy_under_another_programmes_name_is_refused() -> None:
    with pytest.raises(Invalid):
        publish.publish(OFFICER, "check-in", document(), a_command())


def test_a_key_that_published_something_else_is_refused() -> None:
    publish.publish(OFFICER, PROGRAMME, document(), a_command())
    with pytest.raises(KeyReused):
        publish.publish(OFFICER, PROGRAMME, document(), a_command(body="other"))


def test_publishing_needs_its_right() -> None:
    with pytest.raises(Forbidden):
        publish.publish(seeding.official("staff-other"), PROGRAMME, document(), a_command())
