"""A worker's own pages: his profile and his vouchers."""

from chalice.app import Blueprint

from chalicelib.rules.principal import Right
from chalicelib.usecases import show

from .bodies import Nothing
from .http import Answer, Reading, reads
from .voucher_views import voucher_view

bp = Blueprint(__name__)
WORKER = frozenset({Right.WORKER})


@reads(bp, "/me", rights=WORKER, query=Nothing)
def show_me(asked: Reading[Nothing]) -> Answer:
    """The caller's profile, masked."""
    person = show.me(asked.principal)
    return {
        "name": person.masks.name,
        "document_number": person.masks.document_number,
        "phone": person.masks.phone,
        "account": person.masks.account,
        "district": person.district,
        "local": person.local,
        "groups": [
            {
                "group": fact.group,
                "since": fact.since.isoformat(),
                "until": fact.until.isoformat() if fact.until else None,
            }
            for fact in person.facts
        ],
    }


@reads(bp, "/me/vouchers", rights=WORKER, query=Nothing)
def show_my_vouchers(asked: Reading[Nothing]) -> Answer:
    """The caller's vouchers of this period."""
    person = show.me(asked.principal)
    mine = show.mine(asked.principal, asked.now)
    return {"vouchers": [voucher_view(voucher, person) for voucher in mine]}
