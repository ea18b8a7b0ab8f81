"""Personal data as types: document number, name, phone, account. They print masked.

The full value leaves only through `.reveal()`, which is easy to search for.
"""

from dataclasses import dataclass
from datetime import date

from stdnum import luhn
from stdnum.cn import ric

from chalicelib.errors import Invalid

_LENGTH = 18
_FULL_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789XX")


@dataclass(frozen=True, repr=False)
class Secret:
    """A text that prints as its mask."""

    _value: str

    def reveal(self) -> str:
        """The full text; every call site is an unmasking."""
        return self._value

    @property
    def mask(self) -> str:
        """Its last four characters."""
        return f"****{self._value[-4:]}"

    def __repr__(self) -> str:
        return self.mask

    __str__ = __repr__


class DocumentNumber(Secret):
    """A citizen's ID number (公民身份号码, GB 11643), normalised."""

    @property
    def mask(self) -> str:
        """First 3 and last 4 characters."""
        return f"{self._value[:3]}***********{self._value[-4:]}"

    @property
    def born_on(self) -> date:
        """The birth date that it states."""
        return birth_date(self._value)

    @property
    def sex(self) -> str:
        """The sex that it states: its last digit but one is odd for men."""
        return "male" if int(self._value[-2]) % 2 else "female"


class Name(Secret):
    """A person's name (姓名)."""

    @property
    def mask(self) -> str:
        """The first character only."""
        return f"{self._value[:1]}*"


class Account(Secret):
    """A bank account (银行账号); the mask is its last four digits."""


class Phone(Secret):
    """A telephone number (手机号码); the mask is its last four digits."""


def document_number(text: str) -> DocumentNumber:
    """The document number a text stands for; full-width digits and a small x are normalised.

    Raises Invalid with code scientific_notation, look_alike_letter, impossible_birth_date or
    check_digit. The area prefix is never a reason: retired codes are people's too.
    """
    number = text.strip().translate(_FULL_WIDTH).upper()
    if "E+" in number or (number.replace(".", "").isdigit() and "." in number):
        raise Invalid("scientific_notation", field="document_number")
    if any(char not in "0123456789" for char in number[:-1]) or number[-1:] not in (
        *"0123456789X",
    ):
        raise Invalid("look_alike_letter", field="document_number")
    if len(number) != _LENGTH:
        raise Invalid("document_length", field="document_number", facts={"length": _LENGTH})
    try:
        birth_date(number)
    except ValueError:
        raise Invalid("impossible_birth_date", field="document_number") from None
    # Only the check digit: the library's is_valid ties county to birth year and turns away most
    # people from renamed counties.
    if ric.calc_check_digit(number) != number[-1]:
        raise Invalid("check_digit", field="document_number")
    return DocumentNumber(number)


def birth_date(number: str) -> date:
    """The birth date inside a document number; ValueError where it is no date."""
    digits = number[6:14]
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))


def account(text: str) -> Account:
    """A personal bank account: 16–19 digits with a Luhn check digit; Invalid `account`."""
    number = text.strip()
    if not (number.isascii() and number.isdigit() and 16 <= len(number) <= 19):
        raise Invalid("account", field="account")
    if not luhn.is_valid(number):
        raise Invalid("account", field="account")
    return Account(number)


def company_account(text: str) -> Account:
    """A company's account: digits and dashes, no Luhn; Invalid `account`."""
    number = text.strip()
    if not (number.isascii() and number.replace("-", "").isdigit() and 6 <= len(number) <= 32):
        raise Invalid("account", field="account")
    return Account(number)
