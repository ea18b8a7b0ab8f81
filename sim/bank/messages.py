"""What the bank says, worded as CloudEvents.

Here: the wording alone. Not here: when and how often something is said.
"""

import json
from datetime import datetime

from sim.bank.orders import Order
from sim.bank.rules import Answer


def worded(bank: str, answer: Answer, order: Order, serial: int, now: datetime) -> str:
    """The event's JSON, dated `now`, under an id that is unique for this bank."""
    data: dict[str, str | int] = {
        "line_id": order.line_id,
        "attempt": order.attempt,
        "amount_fen": order.amount_fen,
    }
    if answer.reason is not None:
        data["reason"] = answer.reason
    event = {
        "specversion": "1.0",
        "id": f"{bank}-{serial:08d}-{answer.kind}",
        "source": f"urn:bank:{bank}",
        "type": f"city.voucher.bank.{answer.kind}.v1",
        "time": now.isoformat(timespec="seconds"),
        "datacontenttype": "application/json",
        "data": data,
    }
    return json.dumps(event, ensure_ascii=False)
