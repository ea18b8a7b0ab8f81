"""Who may claim what, and how much a voucher is worth: the second opinion on the money rules.

Plain tables in yuan, ratios in percent, results in fen. Every combination comes out in whole fen.
Sections are those of the notice 沪人社职〔2021〕242号; the figures are the sample programmes'.
"""

from datetime import date

from sim.city.people import Person
from sim.city.trades import UPLIFTED_OCCUPATIONS, URGENT_OCCUPATIONS, is_at_least

TRAINING = "social-training"
CERTIFICATE = "skill-certificate"
CHECK_IN = "check-in"
FUNDS = {TRAINING: "employment-subsidy", CERTIFICATE: "unemployment-insurance"}

TRAINING_YUAN = {"五级": 1600, "四级": 2200, "三级": 2900, "二级": 3600, "一级": 4200}
CERTIFICATE_YUAN = {"五级": 1500, "四级": 2000, "三级": 2500, "二级": 3000, "一级": 3500}
LOCAL_ONLY = ("registered-unemployed", "agreement-insured", "rural-surplus")
WHOLE = (*LOCAL_ONLY, "disabled", "veteran")
STUDENTS = ("college-final-year", "vocational-final-year")


def is_eligible(person: Person, day: date) -> bool:
    """Say whether a subsidy voucher may be claimed on the day (二.(一)).

    Who is not eligible gets the check-in voucher instead.
    """
    if not person.is_in_group_on(day) or person.group == "other":
        return False
    return person.is_local or person.group not in LOCAL_ONLY


def training_ratio_percent(person: Person, occupation: str, level: str) -> int:
    """Return the share of the training's standard a person's group is paid (三.(四))."""
    if person.group in WHOLE:
        return 100
    if person.group in STUDENTS:
        return 80 if is_at_least(level, "四级") else 60
    return 80 if occupation in URGENT_OCCUPATIONS else 60


def training_fen(person: Person, occupation: str, level: str, enrolled_on: date) -> int:
    """Return what a passed class pays, judged on the day of enrolment; 0 if not eligible."""
    if not is_eligible(person, enrolled_on):
        return 0
    return TRAINING_YUAN[level] * training_ratio_percent(person, occupation, level)


def certificate_fen(person: Person, occupation: str, level: str, certified_on: date) -> int:
    """Return what a certificate pays, judged on its day; 0 if not eligible.

    The uplift of 30 % comes before the ratio.
    """
    if not is_eligible(person, certified_on):
        return 0
    if person.group == "college-final-year" and not is_at_least(level, "四级"):
        return 0
    uplift_percent = 130 if occupation in UPLIFTED_OCCUPATIONS else 100
    ratio_percent = 100 if person.group in WHOLE else 80
    return CERTIFICATE_YUAN[level] * uplift_percent * ratio_percent // 100
