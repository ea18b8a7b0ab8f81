"""Check characters of the numbers in the sample files, each from its own standard.

Citizen numbers (GB 11643), unified social credit codes (GB 32100) with the organisation code
inside them (GB 11714), and bank cards (Luhn).
"""

CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def citizen_check(first_17: str) -> str:
    """Return the 18th character of a citizen number, 0–9 or X (GB 11643)."""
    pairs = zip(first_17, CITIZEN_WEIGHTS, strict=True)
    total = sum(int(digit) * weight for digit, weight in pairs)
    return "10X98765432"[total % 11]


def credit_code_check(first_17: str) -> str:
    """Return the 18th character of a unified social credit code (GB 32100)."""
    total = sum(
        CREDIT_CODE_ALPHABET.index(character) * weight
        for character, weight in zip(first_17, CREDIT_CODE_WEIGHTS, strict=True)
    )
    return CREDIT_CODE_ALPHABET[(31 - total % 31) % 31]


def organisation_check(first_8: str) -> str:
    """Return the ninth character of an organisation code, 0–9 or X (GB 11714)."""
    total = sum(
        int(character, 36) * weight
        for character, weight in zip(first_8, ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X0"[11 - total % 11]


def luhn_check(digits: str) -> str:
    """Return the last digit of a bank card whose other digits these are."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * 2 if place % 2 == 0 else int(digit)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)
