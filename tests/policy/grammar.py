"""Any policy that the grammar can say of money, and any situation it may meet, from a seed.

Made by chance and not by strategies: a document has hundreds of words, and drawing each of them
would cost a hundred times what is looked at. A seed makes the same thing every time.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from chalicelib.policy.vocabulary import PARAMETERS
from chalicelib.rules.amount.rounding import ROUNDINGS
from chalicelib.rules.gates import GATES

START, LATER = "2026-01-01", "2026-07-01"
GROUPS, LEVELS, KINDS = ("g1", "g2", "g3"), (1, 2, 3), ("a", "b")
FUNDS, STACKING, DISTRICTS, JOBS = ("f1", "f2"), ("t1", "t2"), ("d1", "d2"), ("o1", "o2", "o3")
PARTS, PAYEES = ("advance", "middle", "final"), ("worker", "institution", "enterprise")
MODES = ("offline", "online", "blended")
TEACHERS = ("social-institution", "vocational-school")
OUTCOMES = ("passed", "employed")

Maker = Callable[[Random], Any]


def fen(r: Random) -> int:
    return r.choice([0, 1, 99, r.randint(0, 1000), *(r.randint(0, 500000) for _ in range(5))])


def percent(r: Random) -> int:
    return r.choice([0, 1, 33, 50, 99, 100, r.randint(0, 100)])


def some(*words: Any) -> Maker:
    return lambda r: r.sample(words, r.randint(1, len(words)))


def one(*words: Any) -> Maker:
    return lambda r: r.choice(words)


def number(least: int, most: int) -> Maker:
    return lambda r: r.randint(least, most)


def flag(r: Random) -> bool:
    return r.random() < 0.5


def by_level(r: Random) -> dict[str, int]:
    return {str(level): fen(r) for level in LEVELS if r.random() < 0.9} or {"1": fen(r)}


CONDITIONS: Mapping[str, Maker] = {
    "groups": some(*GROUPS),
    "joined_within_months": lambda r: {r.choice(GROUPS): r.randint(0, 30)},
    "local": flag,
    "age_at_least": number(0, 40),
    "age_at_most": number(20, 70),
    "sex": one("female", "male"),
    "insured": flag,
    "insured_months_at_least": number(0, 24),
    "employed": flag,
    "listed": one("l1", "l2"),
    "districts": some(*DISTRICTS),
    "occupations": lambda r: "shortage" if flag(r) else some(*JOBS)(r),
    "levels": some(*LEVELS),
    "level_at_least": one(*LEVELS),
    "kinds": some(*KINDS),
    "modes": some(*MODES),
    "paid_by": some(*PAYEES),
    "institution_kinds": some(*TEACHERS),
}


def lines(*values: Mapping[str, Maker], most: int = 3) -> Maker:
    """Lines of few conditions, each with one of these values."""

    def made(r: Random) -> list[dict[str, Any]]:
        words = sorted(CONDITIONS)
        return [
            {word: CONDITIONS[word](r) for word in r.sample(words, r.choice([0, 0, 1, 1, 2, 3]))}
            | {key: value(r) for key, value in r.choice(values).items()}
            for _ in range(r.randint(1, most))
        ]

    return made


def tiers(r: Random) -> list[dict[str, int]]:
    bounds = sorted(r.sample(range(1, 60), r.randint(0, 2)))
    prices = [{part: fen(r) for part in ("theory", "practice") if flag(r)} for _ in range(3)]
    closed = [{"up_to": bound} | price for bound, price in zip(bounds, prices, strict=False)]
    return [*closed, prices[2]]


def bounds(r: Random) -> list[dict[str, int]]:
    shares = sorted(r.sample(range(101), r.randint(1, 3)), reverse=True)
    return [{"at_least": share, "fen": fen(r)} for share in shares]


def plan(r: Random) -> list[dict[str, Any]]:
    names = PARTS[: r.randint(1, 3)]
    parts: list[dict[str, Any]] = [{"name": name, "percent": r.randint(1, 40)} for name in names]
    for part in parts:
        if flag(r):
            part["needs"] = r.sample(sorted(GATES), r.randint(0, 2))
    del parts[-1]["percent"]
    return parts


_STANDARDS = lines(
    {"fen": fen},
    {"fen_by_level": by_level},
    {"fen_by_kind_and_level": lambda r: {kind: by_level(r) for kind in KINDS}},
    {"per_hour": tiers, "at_most_fen": fen},
    {"per_day": tiers, "at_most_fen_by_level": by_level},
    {"percent_of_cost": percent},
    {"percent_of_cost": one(100), "at_most_fen": fen},
    {"by": one(*OUTCOMES), "per_class": bounds},
)
STEPS: Mapping[str, Maker] = {
    "standard": lambda r: [*_STANDARDS(r), *([{"fen": fen(r)}] if r.random() < 0.8 else [])],
    "uplift": lines({"percent": number(0, 150)}),
    "ratio": lambda r: [*lines({"percent": percent})(r), {"percent": 37}],
    "mode_factor": lines({"percent": percent}),
    "caps": lambda r: (
        {"per_item_fen": fen(r), "per_year_fen": fen(r)}
        if flag(r)
        else lines({"per_person_fen": fen}, {"per_item_fen": fen})(r)
    ),
    "fixed": lines(
        {"name": one("exam", "tools"), "fen": fen},
        {"name": one("exam"), "cost": one("exam"), "at_most_fen": fen},
    ),
    "top_ups": lines(
        {"fund": one(*STACKING), "fen": fen},
        {"fund": one(*STACKING), "fen_by_level": by_level},
        {"fund": one(*STACKING), "percent": number(0, 150)},
    ),
}
OTHERS: Mapping[str, Maker] = {
    "rounding": one(*sorted(ROUNDINGS)),
    "judged_on": one("claim", "enrolment", "class-start", "settlement"),
    "payee": lambda r: r.choice(
        [*PAYEES, "who-paid", [*lines({"payee": one(*PAYEES)})(r), {"payee": "worker"}]]
    ),
    "fund": lambda r: r.choice([*FUNDS, [*lines({"fund": one(*FUNDS)})(r), {"fund": "f1"}]]),
    "instalments": lambda r: [*lines({"parts": plan}, most=2)(r), {"parts": plan(r)}],
    "claw_back": lines(
        {"of": one(*PARTS), "by": one(*OUTCOMES), "below": percent, "percent": percent},
        {"of": one(*PARTS), "closed": one(*sorted(GATES)), "percent": percent},
    ),
    "offset": one("against-paid", "none"),
    "result_needed": flag,
    "certificate_needed": flag,
    "rating_needed": flag,
    "least_attendance": lambda r: {
        "percent": percent(r),
        "late_per_absence": r.randint(0, 4),
        "by": r.choice(["class", "month"]),
    },
    "employed_within": lambda r: {"months": r.randint(0, 6), "after": "class-end"},
    "employed_for": lambda r: {"months": r.randint(0, 6), "after": "certificate"},
    "claim_deadline": number(0, 12),
    "public_notice": number(0, 10),
}
_NEEDED = frozenset({"standard", "ratio", "rounding", "judged_on", "payee", "fund"})


def document(seed: int) -> dict[str, Any]:
    """A programme's document over the whole grammar of money, sound in every unit."""
    r = Random(seed)
    has = [word for word in (*STEPS, *OTHERS) if word in _NEEDED or flag(r)]
    parameters: dict[str, Any] = dict(_DECLARED)
    for word in has:
        make = (STEPS | OTHERS)[word]
        parameters[word] = _parameter(word, [make(r) for _ in range(r.randint(1, 2))])
    parameters["order"] = _parameter("order", [_order(r, has) for _ in range(r.randint(1, 2))])
    return {
        "place": "p",
        "programme": "p",
        "shape": "class",
        "name": {"zh-CN": "甲", "en": "A"},
        "parameters": parameters,
    }


def _order(r: Random, has: list[str]) -> list[str]:
    middle = [word for word in STEPS if word in has and word != "standard"]
    r.shuffle(middle)
    late = [word for word in middle if word in ("caps", "fixed") and flag(r)]
    early = [word for word in middle if word not in late]
    return ["standard", *early, "rounding", *late, *({"instalments"} & set(has))]


def _parameter(word: str, values: list[Any]) -> dict[str, Any]:
    dated = [
        {"from": day, "source": f"{word} of {day}", "value": value}
        for day, value in zip((START, LATER), values, strict=False)
    ]
    governed = {"governed_by": "class-start"} if PARAMETERS[word].governed else {}
    return {"unit": PARAMETERS[word].units[0], **governed, "values": dated}


def _names(*words: Any) -> list[dict[str, Any]]:
    return [{str(word): {"zh-CN": str(word), "en": str(word)} for word in words}]


_DECLARED: Mapping[str, Any] = {
    "groups": _parameter("groups", _names(*GROUPS)),
    "levels": _parameter("levels", _names(*LEVELS)),
    "kinds": _parameter("kinds", _names(*KINDS)),
    "funds": _parameter("funds", _names(*FUNDS, *STACKING)),
    "districts": _parameter("districts", _names(*DISTRICTS)),
    "shortage": {
        "unit": "occupation-list",
        "values": [{"from": START, "source": "list", "value": ["o1"]}],
    },
}


def situation(seed: int, absent: float = 0.03) -> dict[str, Any]:
    """A plain situation; each fact is absent as often as `absent` says."""
    r = Random(seed)
    start = date(2026, 1, 1) + timedelta(days=r.randrange(365))
    enrolled = r.randint(1, 30)
    told: dict[str, Any] = {
        "person": _person(r),
        "course": {
            "occupation": r.choice(JOBS),
            "level": r.choice(LEVELS),
            "kind": r.choice(KINDS),
            "mode": r.choice(MODES),
            "hours": {"theory": r.randint(0, 90), "practice": r.randint(0, 90)},
            "days": {"theory": r.randint(0, 30), "practice": r.randint(0, 30)},
        },
        "institution_kind": r.choice(TEACHERS),
        "district": r.choice(DISTRICTS),
        "fees": {"training_fen": fen(r), "exam_fen": fen(r), "paid_by": r.choice(PAYEES)},
        "events": {"class-start": start.isoformat()}
        | {name: _day(r, start, 120) for name in _EVENTS},
        "result": {"passed": r.random() < 0.8, "certificate_no": "C1"},
        "attendance": [_month(r, f"2026-{number_:02}") for number_ in range(1, r.randint(2, 4))],
        "training_class": {
            "enrolled": enrolled,
            "passed": r.randint(0, enrolled),
            "employed": r.randint(0, enrolled),
            "place": r.randint(1, enrolled),
        },
        "earlier": [
            {"programme": r.choice("pq"), "on": _day(r, start, 400), "amount_fen": fen(r)}
            for _ in range(r.randint(0, 2))
        ],
        "paid": [
            {"instalment": name, "fund": r.choice(FUNDS), "amount_fen": fen(r)}
            for name in PARTS[: r.randint(0, 2)]
        ],
    }
    return _thinned(r, told, absent)


def _person(r: Random) -> dict[str, Any]:
    return {
        "local": flag(r),
        "district": r.choice(DISTRICTS),
        "born_on": _day(r, date(1985, 1, 1), 9000),
        "sex": r.choice(["female", "male"]),
        "groups": _spells(r, *GROUPS),
        "insured": _spells(r, "social"),
        "employed": _spells(r, "e1", "e2"),
        "listed": _spells(r, "l1", "l2"),
    }


_EVENTS = ("claim", "enrolment", "class-end", "certificate", "rating", "notice")
_KEPT = frozenset({"class-start", "enrolled", "since", "name", "lessons", "month", "programme"})
_KEPT |= {"on", "instalment", "fund", "amount_fen", "good", "events"}


def _thinned(r: Random, told: Any, absent: float) -> Any:
    """The same without some of what may be absent."""
    if isinstance(told, dict):
        return {
            key: _thinned(r, value, absent)
            for key, value in told.items()
            if key in _KEPT or r.random() >= absent
        }
    return [_thinned(r, each, absent) for each in told] if isinstance(told, list) else told


def _month(r: Random, month: str) -> dict[str, Any]:
    good, late = r.randint(0, 20), r.randint(0, 6)
    return {"month": month, "lessons": good + late + r.randint(1, 3), "good": good, "late": late}


def _spells(r: Random, *names: str) -> list[dict[str, str]]:
    spells = []
    for _ in range(r.randint(0, 2)):
        since = date(2024, 6, 1) + timedelta(days=r.randrange(900))
        until = {"until": _day(r, since, 900)} if r.random() < 0.3 else {}
        spells.append({"name": r.choice(names), "since": since.isoformat()} | until)
    return spells


def _day(r: Random, around: date, days: int) -> str:
    return (around + timedelta(days=r.randint(-days, days))).isoformat()
