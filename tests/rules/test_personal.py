"""Document numbers and accounts: what is normalised, what is refused, what is shown."""

import pytest

from chalicelib.errors import Invalid
from chalicelib.rules.personal import account, document_number


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002X",
        "34052419800101001X",
        "11010519491231002x",
        " 11010519491231002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
    ],
)
def test_the_standards_vectors_are_read(text: str) -> None:
    assert document_number(text).reveal()[-1] == "X"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("110105194912310021", "check_digit"),
        ("3.19904E+17", "scientific_notation"),
        ("11O105194912310O2X", "look_alike_letter"),
        ("l10105194912310021", "look_alike_letter"),
        ("110105194902300021", "impossible_birth_date"),
        ("11010519491231", "document_length"),
    ],
)
def test_a_bad_number_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(Invalid, match=code):
        document_number(text)


def test_a_secret_prints_masked_however_it_is_printed() -> None:
    number = document_number("11010519491231002X")
    assert f"{number} {number!r} {[number]}".count("19491231") == 0
    assert str(number) == "110***********002X"


@pytest.mark.parametrize("text", ["", "6219", "6219911234567890123x", "6219911234567890"])
def test_an_account_without_luhn_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="account"):
        account(text)
