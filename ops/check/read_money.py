"""Items of payment lines and proposals as the rules' values.

The attributes' names stand here a second time on purpose: a fault of the store's own mapping
must not hide itself. KeyError, TypeError or ValueError where an item cannot be read.
"""

import json
from collections.abc import Iterable
from typing import Any

from chalicelib.rules import history
from chalicelib.rules.ids import LineId, ProposalId, VoucherId
from chalicelib.rules.line import Line, LineState
from chalicelib.rules.settlement import Entry, Proposal, ProposalState
from chalicelib.store.dump import Item
from ops.check.city import KeptLine
from ops.check.read_people import whole


def lines_of(items: Iterable[Item]) -> list[Item]:
    """The table's lines; what is no line and no proposal is the bank's quarantine."""
    return [item for item in items if item["id"].startswith("l-")]


def proposals_of(items: Iterable[Item]) -> list[Item]:
    """The table's proposals."""
    return [item for item in items if item["id"].startswith("s-")]


def proposal(item: Item) -> Proposal:
    """A proposal with its entries."""
    content = json.loads(item["content"])
    # The approving write compares the item's own proposer, not the content's.
    if item["proposer"] != content["proposer"]:
        raise ValueError("an item of two proposers")
    return Proposal(
        id=ProposalId(item["id"]),
        programme=content["programme"],
        district=content["district"],
        fund=content["fund"],
        year=whole(content["year"]),
        state=ProposalState(item["state"]),
        entries=tuple(_entry(entry) for entry in content["entries"]),
        approved_entries=whole(content["approved_entries"]),
        proposer=content["proposer"],
        approver=content["approver"],
        key=content["key"],
        body=content["body"],
    )


def _entry(content: dict[str, Any]) -> Entry:
    return Entry(
        voucher_id=VoucherId(content["voucher_id"]),
        amount_fen=whole(content["amount_fen"]),
        policy=content["policy"],
        judged_on=content["judged_on"],
        occupation=content["occupation"],
        level=whole(content["level"]),
        standard_fen=whole(content["standard_fen"]),
        uplift_percent=whole(content["uplift_percent"]),
        ratio_percent=whole(content["ratio_percent"]),
    )


def line(item: Item) -> KeptLine:
    """A payment line, and the version its item claims."""
    content = json.loads(item["content"])
    return KeptLine(
        Line(
            id=LineId(item["id"]),
            voucher_id=VoucherId(content["voucher_id"]),
            proposal_id=ProposalId(content["proposal_id"]),
            fund=content["fund"],
            year=whole(content["year"]),
            instalment=whole(content["instalment"]),
            district=content["district"],
            amount_fen=whole(content["amount_fen"]),
            payee=content["payee"],
            payee_id=content["payee_id"],
            sealed=content["sealed"],
            attempt=whole(content["attempt"]),
            state=LineState(item["state"]),
            history=tuple(item["history"]),
        ),
        whole(item["ver"]),
        history.events(item["history"]),
    )
