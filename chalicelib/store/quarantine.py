"""The bank's words that nobody may act on, kept in the payments' table for a person to look at."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.rules import calendar
from chalicelib.rules.history import Command
from chalicelib.rules.line import BankWord, Line

from . import transact
from .by_work import Payment


class _Quarantined(Payment):
    bank = UnicodeAttribute()
    said = UnicodeAttribute()
    line_id = UnicodeAttribute()
    attempt = NumberAttribute()
    amount_fen = NumberAttribute()
    reason = UnicodeAttribute()
    line_state = UnicodeAttribute(null=True)
    received_at = UnicodeAttribute()


def keep(word: BankWord, line: Line | None, command: Command) -> None:
    """Keeps a bank's word for a person to look at; once however often it comes."""
    item = _Quarantined(
        id=f"q-{command.key}",
        bank=command.actor,
        said=word.verb.value,
        line_id=word.line_id,
        attempt=word.attempt,
        amount_fen=word.amount_fen,
        reason=word.reason,
        line_state=line.state.value if line else None,
        received_at=calendar.text(command.at),
    )
    transact.write(
        lambda: item.save(condition=_Quarantined.id.does_not_exist()),
        lambda: True,
    )
