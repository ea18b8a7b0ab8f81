"""The city's organisations and their teaching sites, as the two files list them.

One training institution stands in every district; offices have no account, whoever can be paid
has one. Codes are valid but stand under the unassigned division 3199.
"""

from dataclasses import dataclass

from sim.city.check_digits import CREDIT_CODE_ALPHABET, credit_code_check, organisation_check
from sim.city.dice import Dice
from sim.city.names import BRANDS
from sim.city.places import DISTRICTS, District

TRAINING_KINDS = {
    "social-institution": "职业技能培训中心",
    "vocational-school": "职业技术学校",
    "skill-base": "高技能人才培养基地",
}
AUTHORITY = {"social-institution": "52", "vocational-school": "12", "skill-base": "12"}
ENTERPRISE_TRADES = ("智能装备有限公司", "医药科技有限公司")


@dataclass(frozen=True)
class Organisation:
    """An office or a company; the account's three fields are empty for an office."""

    code: str
    kind: str
    name: str
    district: str
    account_name: str = ""
    account: str = ""
    branch_code: str = ""


def organisation_code(dice: Dice, authority: str) -> str:
    """Return a valid unified social credit code (GB 32100) of nobody.

    `authority` is its first two characters: who registered the organisation, and as what.
    """
    body = "".join(dice.pick(CREDIT_CODE_ALPHABET) for _ in range(8))
    first_17 = f"{authority}3199{dice.digits(2)}{body}{organisation_check(body)}"
    return first_17 + credit_code_check(first_17)


def _office(dice: Dice, kind: str, name: str, district: str = "") -> Organisation:
    return Organisation(organisation_code(dice, "11"), kind, name, district)


def _payable(dice: Dice, authority: str, kind: str, name: str, district: str) -> Organisation:
    """An organisation with a company account; such accounts begin with 1001 and skip Luhn."""
    return Organisation(
        code=organisation_code(dice, authority),
        kind=kind,
        name=name,
        district=district,
        account_name=name,
        account=f"1001{dice.digits(15)}",
        branch_code=f"999290{dice.digits(6)}",
    )


def _institution(dice: Dice, district: District, kind: str, brand: str) -> Organisation:
    name = f"上海{district.name}{brand}{TRAINING_KINDS[kind]}"
    return _payable(dice, AUTHORITY[kind], kind, name, district.code)


def make_organisations(seed: int) -> tuple[Organisation, ...]:
    """Return the offices, the assessment body, the training institutions and the firms."""
    dice = Dice(seed, "organisations")
    brands = dice.sample(BRANDS, len(DISTRICTS) + 3)
    kinds = dice.shuffled([list(TRAINING_KINDS)[number % 3] for number in range(len(DISTRICTS))])
    made = [
        _office(dice, "city-office", "样例市职业培训管理处"),
        _office(dice, "city-finance", "样例市培训资金结算处"),
    ]
    made += [
        _office(dice, "district-office", f"样例{district.name}职业培训科", district.code)
        for district in DISTRICTS
    ]
    made.append(_payable(dice, "52", "assessment-body", f"上海{brands[-3]}技能评价中心", ""))
    made += [
        _institution(dice, district, kind, brand)
        for district, kind, brand in zip(DISTRICTS, kinds, brands, strict=False)
    ]
    for brand, trade in zip(brands[-2:], ENTERPRISE_TRADES, strict=True):
        home = dice.pick(DISTRICTS).code
        made.append(_payable(dice, "91", "enterprise", f"上海{brand}{trade}", home))
    return tuple(made)


def training_institutions(organisations: tuple[Organisation, ...]) -> list[Organisation]:
    """Return those that hold classes, in the order of their districts."""
    return [each for each in organisations if each.kind in TRAINING_KINDS]


def of_kind(organisations: tuple[Organisation, ...], kind: str) -> list[Organisation]:
    """Return the organisations of one kind, in the file's order."""
    return [each for each in organisations if each.kind == kind]
