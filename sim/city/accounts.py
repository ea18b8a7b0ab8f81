"""Bank accounts tied to the social security card, as the roster lists them.

The first six digits tell the bank what to do: 621990 is closed, 621991 sends the money back a
week later, all others pay. None is a real issuer's.
"""

from collections.abc import Iterable

from sim.city.check_digits import luhn_check
from sim.city.dice import Dice
from sim.city.people import Person
from sim.city.settlement import Payment

ISSUERS = {"rejected": "621990", "returned": "621991"}
PAYING_ISSUERS = ("621992", "621993", "621995", "621996", "621998")


def make_accounts(
    seed: int, people: Iterable[Person], payments: Iterable[Payment]
) -> dict[str, str]:
    """Return everybody's account, 19 digits with a valid Luhn digit, by document number."""
    dice = Dice(seed, "accounts")
    fates = {each.person.document_number: each.fate for each in payments if each.fate in ISSUERS}
    accounts = {}
    for order, person in enumerate(people):
        fate = fates.get(person.document_number, "")
        issuer = ISSUERS.get(fate) or dice.pick(PAYING_ISSUERS)
        body = f"{issuer}{dice.digits(6)}{order:06d}"
        accounts[person.document_number] = body + luhn_check(body)
    return accounts
