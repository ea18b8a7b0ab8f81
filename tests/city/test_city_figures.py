"""The figures that every city must reach, whatever its seed."""

from collections import Counter

from tests.city.sample_city import Samples

KEYS = {
    "issued",
    "refused_rows",
    "claimed",
    "verified",
    "enrolled",
    "checked_in",
    "abnormal",
    "assessed",
    "approved",
    "paid",
    "returned",
    "written_off",
    "expired",
    "paid_fen",
}


def test_the_expectations_are_whole_numbers_under_the_keys_of_the_demo(city: Samples) -> None:
    expected = city.read_json("expected.json")
    assert expected.keys() == KEYS
    assert all(type(value) is int for value in expected.values())


def test_forty_rows_are_refused_and_three_payments_returned_in_every_city(city: Samples) -> None:
    expected = city.read_json("expected.json")
    assert (expected["refused_rows"], expected["returned"]) == (40, 3)
    assert expected["written_off"] == expected["paid"] - 3


def test_the_large_city_reaches_the_figures_of_the_demo(large_city: Samples) -> None:
    expected = large_city.read_json("expected.json")
    assert expected["issued"] >= 3200
    assert expected["enrolled"] >= 310
    assert expected["checked_in"] >= 1600
    assert expected["abnormal"] >= 60
    assert expected["paid"] >= 260
    assert len(large_city.read_json("story.json")["classes"]) == 12


def test_the_large_city_pays_all_three_payees_and_many_certificates(large_city: Samples) -> None:
    summary = large_city.read_json("summary.json")
    assert all(summary["paid_to"][payee] >= 30 for payee in ("worker", "institution", "enterprise"))
    assert summary["programmes"]["skill-certificate"]["paid"] >= 50
    assert 4 <= summary["fates"]["rejected"] <= 6
    assert summary["fates"]["kept"] >= 3
    assert summary["failed"] >= 5


def test_the_large_city_has_every_kind_of_abnormal_check_in(large_city: Samples) -> None:
    abnormal = large_city.read_json("summary.json")["abnormal"]
    assert abnormal.keys() == {"late", "outside", "wrong_datum", "poor_accuracy"}
    assert all(count >= 15 for count in abnormal.values())


def test_the_small_city_has_some_of_everything(small_city: Samples) -> None:
    summary = small_city.read_json("summary.json")
    classes = small_city.read_json("story.json")["classes"]
    assert [8 <= len(each["learners"]) <= 9 for each in classes] == [True] * 3
    assert summary["paid_to"].keys() == {"worker", "institution", "enterprise"}
    assert summary["abnormal"].keys() == {"late", "outside", "wrong_datum", "poor_accuracy"}
    assert all(count >= 2 for count in summary["abnormal"].values())
    assert summary["fates"]["rejected"] == summary["fates"]["kept"] == 1


def test_five_thousand_workers_of_all_groups_are_registered(large_city: Samples) -> None:
    groups = large_city.read_json("summary.json")["groups"]
    assert sum(groups.values()) == 5000
    assert len(groups) == 9
    assert all(count >= 100 for count in groups.values())


def test_the_funnels_of_the_programmes_add_up_to_the_expectations(city: Samples) -> None:
    total: Counter[str] = Counter()
    for funnel in city.read_json("summary.json")["programmes"].values():
        total.update(funnel)
    expected = city.read_json("expected.json")
    assert {stage: expected[stage] for stage in total} == dict(total)


def test_vouchers_never_reach_more_of_a_later_state_than_of_an_earlier(city: Samples) -> None:
    funnel = city.read_json("summary.json")["programmes"]["social-training"]
    stages = ("issued", "claimed", "verified", "enrolled", "assessed", "approved", "paid")
    counts = [funnel[stage] for stage in stages]
    assert counts == sorted(counts, reverse=True)
    assert funnel["expired"] == funnel["issued"] - funnel["enrolled"]
