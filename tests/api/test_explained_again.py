"""`voucherctl policy explain`: old decisions give the same bytes, whatever became of the policy."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from chalicelib.rules.line import LineVerb
from chalicelib.rules.office_rows import Grant
from chalicelib.rules.principal import Right, Staff
from chalicelib.store import organisations, programmes
from chalicelib.usecases import identify
from ops.api import Api
from ops.demo.scenes import explaining
from ops.voucherctl import app
from tests import money, seeding
from tests.api.journey import ANNA, BO, City
from tests.ops.fake_city import Asked, FakeCity, Reply, fake_city

OFFICER = "staff-officer"
DISTRICT = money.DISTRICT


@pytest.fixture(autouse=True)
def _officer(city: City) -> None:
    organisations.save(seeding.CITY_OFFICE, None)
    rights = frozenset({Right.VOUCHER_VIEW, Right.PROPOSAL_PROPOSE})
    organisations.save_staff(Staff(OFFICER, seeding.CITY_OFFICE.id, rights, date(2026, 1, 1), None))


@contextmanager
def reached(city: City, change: Callable[[Any], Any] = lambda told: told) -> Iterator[FakeCity]:
    """The city at a URL, as its officer reaches it; `change` falsifies an explanation."""

    def answer(asked: Asked) -> Reply:
        status, told = city.ask(asked.method, asked.path, OFFICER)
        return status, change(told) if asked.path.endswith("/explanation") else told

    with fake_city(answer) as at:
        yield at


def explained(at: FakeCity, voucher_id: str, *options: str) -> tuple[int, str]:
    base = ["--api-url", at.url, "--token", "t", "policy", "explain", voucher_id]
    result = CliRunner().invoke(app, [*base, *options])
    return result.exit_code, result.stdout


def proposed(city: City) -> str:
    """A voucher whose amount was decided on the 20th."""
    made = money.assessed(1)
    city.now = money.SETTLING
    body = f'{{"programme":"social-training","district":"{DISTRICT}"}}'
    assert city.post("/proposals", OFFICER, body)[0] == 201
    return made.id


def dearer() -> None:
    """Social training pays ten times as much from now on, to nobody but veterans."""
    before = programmes.current("social-training", date(2026, 3, 20)).hash
    lines = [{"fen_by_level": {str(level): 1_600_000 for level in range(1, 6)}}]
    seeding.publish_like(
        "social-training",
        "social-training",
        "class",
        standard=("standard", lines),
        eligible=("group-list", [{"groups": ["veteran"]}]),
    )
    assert programmes.current("social-training", date(2026, 3, 20)).hash != before


def test_an_old_decision_recomputes_after_the_policy_changed(city: City) -> None:
    _, claimed = city.post("/programmes/social-training/claims", ANNA)
    paid = proposed(city)
    dearer()
    with reached(city) as at:
        code, printed = explained(at, paid, "--language", "en")
        opened, told = explained(at, claimed["voucher_id"], "--json")
    assert (code, opened) == (0, 0)
    assert "amount · yes · 1,600.00" in printed
    assert "= recomputed from its inputs to the same bytes" in printed
    verdicts = json.loads(told)["recomputed"]
    assert verdicts == {"eligibility": {"as_told": True, "as_kept": True}}


def test_the_check_in_vouchers_decision_recomputes_with_those_that_do_not_pay(city: City) -> None:
    seeding.end_facts(seeding.worker(identify.person_of(BO)), date(2025, 12, 31))
    _, claimed = city.post("/programmes/check-in/claims", BO)
    dearer()
    with reached(city) as at:
        code, told = explained(at, claimed["voucher_id"], "--json")
    assert code == 0
    assert json.loads(told)["recomputed"]["eligibility"] == {"as_told": True, "as_kept": True}


def test_what_nobody_decided_yet_is_said_to_be_of_today(city: City) -> None:
    made = money.assessed(1)
    city.now = money.SETTLING
    with reached(city) as at:
        code, printed = explained(at, made.id)
    assert code == 0
    assert "as of today; nobody has decided it yet" in printed
    assert "补贴标准 1,600.00 元" in printed


def falsified(told: Any) -> Any:
    told["amount"]["steps"][0]["result"] += 1
    return told


def other_input(told: Any) -> Any:
    told["amount"]["inputs"]["course"]["level"] = 4
    return told


@pytest.mark.parametrize("change", [falsified, other_input])
def test_a_falsified_step_or_input_is_found(city: City, change: Callable[[Any], Any]) -> None:
    voucher_id = proposed(city)
    with reached(city, change) as at:
        code, printed = explained(at, voucher_id)
    assert code == 1
    assert "≠" in printed


def test_who_may_not_see_the_voucher_is_told_so(city: City) -> None:
    with reached(city) as at:
        code, _ = explained(at, "v-" + "a" * 26)
    assert code == 1


def test_the_demo_tells_one_payment_that_arrived(city: City) -> None:
    programmes.grant(Grant(money.FUND, 2026, money.STANDARD_FEN))
    paid, line = money.sent(1)
    money.tell(LineVerb.PAY, line, "urn:bank/1")
    learners = [SimpleNamespace(person=n, paid_by="worker") for n in (0, 1)]
    course = SimpleNamespace(programme="social-training", learners=learners)
    cast = SimpleNamespace(approver=OFFICER)
    with reached(city) as at:
        world: Any = SimpleNamespace(
            story=SimpleNamespace(classes=[course], cast=cast),
            notebook=SimpleNamespace(vouchers={(1, "social-training"): paid.id}),
            api=Api(at.url),
            tokens=SimpleNamespace(staff=lambda subject: "t"),
            worker=lambda person: "t",
        )
        found, _ = explaining.of_a_payment(world)
    assert (found["voucher_id"], found["payments"][0]["state"]) == (paid.id, "PAID")
