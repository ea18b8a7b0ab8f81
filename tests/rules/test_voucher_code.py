"""The 60-second code: once, in its minute, for its voucher."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.errors import Conflict, Refused
from chalicelib.rules import voucher_code
from chalicelib.rules.moves import Verb
from tests.builders import MONDAY, a_voucher


@pytest.mark.parametrize("age_s", [0, 59, 60])
def test_a_code_is_good_for_sixty_seconds(age_s: int) -> None:
    claimed = a_voucher(verbs=(Verb.CLAIM,))
    code = voucher_code.mint(claimed, MONDAY)
    step = voucher_code.accept(code, claimed, MONDAY + timedelta(seconds=age_s))
    assert step == int(MONDAY.timestamp())


@pytest.mark.parametrize("age_s", [-1, 61, 3600])
def test_a_code_of_another_minute_is_refused(age_s: int) -> None:
    claimed = a_voucher(verbs=(Verb.CLAIM,))
    code = voucher_code.mint(claimed, MONDAY)
    with pytest.raises(Refused, match="code_expired"):
        voucher_code.accept(code, claimed, MONDAY + timedelta(seconds=age_s))


def test_a_photographed_code_is_refused_the_second_time() -> None:
    claimed = a_voucher(verbs=(Verb.CLAIM,))
    code = voucher_code.mint(claimed, MONDAY)
    spent = replace(claimed, terms=replace(claimed.terms, code_step=int(MONDAY.timestamp())))
    with pytest.raises(Conflict, match="code_spent"):
        voucher_code.accept(code, spent, MONDAY)


@pytest.mark.parametrize(
    "forged",
    ["", "v-x.1", "v-x.1.2.3", "a.b.c", "..", "v-x.１２.ab", "v-x.99999999999999.ab"],
)
def test_what_is_no_code_is_refused(forged: str) -> None:
    with pytest.raises(Refused, match="code_invalid"):
        voucher_code.accept(forged, a_voucher(verbs=(Verb.CLAIM,)), MONDAY)


def test_a_code_under_another_secret_is_refused() -> None:
    claimed = a_voucher(verbs=(Verb.CLAIM,))
    code = voucher_code.mint(replace(claimed, secret=b"another-secret-1"), MONDAY)
    with pytest.raises(Refused, match="code_invalid"):
        voucher_code.accept(code, claimed, MONDAY)
