"""Items of payment lines and proposals as the rules' values.

The attributes' names stand here a second time on purpose: a fault of the store's own mapping
must not hide itself. KeyError, TypeError or ValueError where an item cannot be read.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from chalicelib.rules import plain
from chalicelib.rules.ids import LineId, ProposalId, VoucherId
from chalicelib.rules.line import Line, LineState
from chalicelib.rules.settlement import Entry, Proposal, ProposalState
from chalicelib.rules.shares import Share
from chalicelib.rules.situation import Situation
from chalicelib.store.dump import Item
from ops.check.city import KeptLine, KeptProposal
from ops.check.read_history import told
from ops.check.read_people import whole


def lines_of(items: Iterable[Item]) -> list[Item]:
    """The table's lines; what is no line and no proposal is the bank's quarantine."""
    return [item for item in items if item["id"].startswith("l-")]


def proposals_of(items: Iterable[Item]) -> list[Item]:
    """The table's proposals."""
    return [item for item in items if item["id"].startswith("s-")]


def proposal(item: Item) -> KeptProposal:
    """A proposal with its entries and events."""
    kept = Proposal(
        id=ProposalId(item["id"]),
        programme=item["programme"],
        district=item["district"],
        fund=item["fund"],
        year=whole(item["year"]),
        state=ProposalState(item["state"]),
        entries=tuple(_entry(entry) for entry in json.loads(item["entries"])),
        approved_entries=whole(item["approved_entries"]),
        proposer=item["proposer"],
        approver=item.get("approver"),
        key=item["key"],
        body=item["body"],
        history=tuple(item["history"]),
    )
    return KeptProposal(kept, whole(item["ver"]), told(kept.history))


def _entry(content: dict[str, Any]) -> Entry:
    """An entry; one from before there were traces kept no inputs."""
    kept = Entry(
        voucher_id=VoucherId(content["voucher_id"]),
        amount_fen=whole(content["amount_fen"]),
        policy=content["policy"],
        version=whole(content["version"]),
        on=content.get("on", ""),
        inputs=content.get("inputs") or {},
        why=content.get("why", ""),
        person_id=content.get("person_id", ""),
        shares=tuple(
            Share(share["fund"], share["payee"], whole(share["amount_fen"]))
            for share in content.get("shares", ())
        ),
    )
    if kept.on:
        date.fromisoformat(kept.on)
        plain.typed(Situation, kept.inputs)
    return kept


def line(item: Item) -> KeptLine:
    """A payment line with its events."""
    kept = Line(
        id=LineId(item["id"]),
        voucher_id=VoucherId(item["voucher_id"]),
        proposal_id=ProposalId(item["proposal_id"]),
        fund=item["fund"],
        year=whole(item["year"]),
        instalment=whole(item["instalment"]),
        district=item["district"],
        amount_fen=whole(item["amount_fen"]),
        payee=item["payee"],
        payee_id=item["payee_id"],
        sealed=item["sealed"],
        attempt=whole(item["attempt"]),
        state=LineState(item["state"]),
        history=tuple(item["history"]),
    )
    return KeptLine(kept, whole(item["ver"]), told(kept.history))
