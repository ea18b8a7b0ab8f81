"""A city whose classes a district tops up: every voucher is paid by two funds, and the money moved.

As in tests/money.py, of which this is the city where a second fund pays beside the first.
"""

from typing import Any

from chalicelib.policy.check import checked
from chalicelib.policy.place import read_place
from chalicelib.policy.vocabulary import PAYMENT_GATES
from chalicelib.rules import standing
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.line import Line
from chalicelib.rules.moves import Verb
from chalicelib.rules.office_rows import Grant
from chalicelib.rules.settlement import Proposal
from chalicelib.rules.voucher import Voucher
from chalicelib.store import payments, programmes, vouchers
from chalicelib.usecases import send, settle
from tests import money, seeding
from tests.builders import POLICIES
from tests.money import FUND, SETTLING, STANDARD_FEN, command

DISTRICT_FUND = "district-310101"
TOP_UP_FEN = 40_000
FUNDS = (FUND, DISTRICT_FUND)
TOPPED_UP = [{"fund": DISTRICT_FUND, "fen": TOP_UP_FEN}]


def publish(top_ups: Any = TOPPED_UP, **others: tuple[str, Any]) -> None:
    """Shanghai's policies, in force, with its classes topped up and paid at once, behind no gate.

    `others` are units and values as `seeding.publish_like` takes them.
    """
    for document in read_place(POLICIES).values():
        if document["programme"] == "social-training":
            parameters = document["parameters"]
            order = parameters["order"]["values"][-1]["value"]
            for name in ("instalments", *PAYMENT_GATES):
                parameters.pop(name, None)
            given = dict(others)
            if top_ups:
                given["top_ups"] = "top-ups", top_ups
            last = [word for word in ("caps", "top_ups", "instalments") if word in given]
            given["order"] = "order", [word for word in order if word != "instalments"] + last
            parameters |= {
                name: {
                    "unit": unit,
                    "governed_by": "enrolment",
                    "values": [{"from": "2021-07-20", "value": value, "source": "test"}],
                }
                for name, (unit, value) in given.items()
            }
        seeding.put_in_force(checked(document))


def open_books(city_fen: int = 10 * STANDARD_FEN, district_fen: int = 10 * TOP_UP_FEN) -> None:
    """The policies, and a budget of both funds."""
    publish()
    open_funds(city_fen, district_fen)


def open_funds(city_fen: int = 10 * STANDARD_FEN, district_fen: int = 10 * TOP_UP_FEN) -> None:
    """A budget of both funds."""
    for fund, fen in zip(FUNDS, (city_fen, district_fen), strict=True):
        programmes.grant(Grant(fund, 2026, fen))


def lines_of(owner: Voucher) -> list[Line]:
    """The voucher's lines, the city's first."""
    owed = vouchers.load(owner.id).terms.owed
    return [payments.load(owner.line_of(share)) for share in owed]


def settled(key: str = "propose-01") -> Proposal:
    """Everything that waits, proposed, approved and carried out."""
    return settle.settle(money.approved(key).id, command(f"settle-{key}", actor="settlements"))


def sent(n: int = 1) -> tuple[Voucher, Line, Line]:
    """The n-th worker's voucher with both of its lines at the bank."""
    paid = money.assessed(n)
    settled(f"propose-{n:02}")
    send.send_due(SETTLING, lambda: False)
    city, district = lines_of(paid)
    return vouchers.load(paid.id), city, district


def stands_by_its_lines(voucher_id: VoucherId) -> bool:
    """Whether the voucher stands where its lines put it."""
    found = vouchers.load(voucher_id)
    return found.state is standing.stands(line.state for line in lines_of(found))


def money_of(fund: str) -> tuple[int, int, int]:
    """Available, reserved and paid fen of a fund's year; the equation holds."""
    budget = programmes.budget(fund, 2026)
    assert budget.balanced
    return budget.available_fen, budget.reserved_fen, budget.paid_fen


def drain(fund: str, left_fen: int) -> None:
    """The fund's grant as if it had been so much that this is left."""
    budget = programmes.budget(fund, 2026)
    more_fen = left_fen - budget.available_fen
    item = programmes._Programme(f"fund#{fund}#2026", "budget")
    item.update(
        [
            programmes._Programme.available_fen.set(left_fen),
            programmes._Programme.granted_fen.set(budget.granted_fen + more_fen),
        ]
    )


def settle_half(asked: Proposal, fund: str) -> None:
    """The proposal carried out by a process that died after the lines of one fund."""
    command_ = command("settle-half", actor="settlements")
    for entry in asked.approved:
        approved = settle._move(entry.voucher_id, Verb.APPROVE, asked, command_, {})
        for share in entry.owed(asked.fund, approved.terms.paid_by or ""):
            if share.fund == fund:
                payments.create(settle._line(share, asked, approved, command_))


def carry_on(asked: Proposal) -> None:
    """The next run over a proposal."""
    settle.settle(asked.id, command("settle-again", actor="settlements"))
