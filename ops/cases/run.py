"""Running cases: what came of each, and where that is not what must come of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.policy import Policy
from chalicelib.policy.units.scalars import unknown
from chalicelib.rules.situation import MissingInput

from .asks import ASKS
from .case import Case

_OPENS = "check_in_opens_before"


@dataclass(frozen=True)
class Verdict:
    """A case and every difference between what it expects and what came.

    Where nothing came, because it could not be computed, that is its one difference.
    """

    case: Case
    differences: tuple[str, ...]
    computed: bool = True

    @property
    def holds(self) -> bool:
        """Whether everything came as expected."""
        return not self.differences


def run(policies: Mapping[str, Policy], cases: Iterable[Case]) -> tuple[Verdict, ...]:
    """The verdict on every case, in their order."""
    return tuple(_verdict(policies, case) for case in cases)


class _Uncomputable(Exception):
    """Why nothing came of a case, and what to do."""


def _verdict(policies: Mapping[str, Policy], case: Case) -> Verdict:
    try:
        came = _came(policies, case)
    except _Uncomputable as why:
        return Verdict(case, (str(why),), computed=False)
    differences = tuple(
        f"{key}: expected {wanted!r}, came {came.get(key, 'nothing of that name')!r}"
        for key, wanted in case.expect.items()
        if not _fits(wanted, came.get(key))
    )
    return Verdict(case, differences)


def _came(policies: Mapping[str, Policy], case: Case) -> dict[str, Any]:
    """What came of the case; _Uncomputable."""
    if case.programme not in policies:
        raise _Uncomputable(f"there is no programme {case.programme}")
    if case.asks == "check-in" and _OPENS not in policies[case.programme].parameters:
        raise _Uncomputable(f"{case.programme} has no signing in to ask about")
    if strange := next(_strange(policies, case), None):
        raise _Uncomputable(f"{strange}; mend the case")
    try:
        came = ASKS[case.asks](policies, case)
    except MissingInput as missing:
        raise _Uncomputable(_missing(missing.name)) from missing
    except ValueError as fault:
        raise _Uncomputable(f"cannot be computed: {fault}; mend the case") from fault
    if came["code"] == "input_missing" and case.expect.get("code") != "input_missing":
        raise _Uncomputable(_missing(came["facts"]["input"]))
    return came


def _strange(policies: Mapping[str, Policy], case: Case) -> Iterator[str]:
    """Groups and programmes that the place never has: misspelt, they would pass as a refusal."""
    values = policies[case.programme].parameters.get("groups", {"values": ()})["values"]
    groups = {group for entry in values for group in entry.get("value", ())}
    for fact in case.situation.person.groups:
        if groups and fact.name not in groups:
            yield f"person.groups: names {unknown(fact.name, 'group', groups)}"
    for had in case.situation.earlier:
        if had.programme not in policies:
            yield f"earlier: names {unknown(had.programme, 'programme', policies)}"


def _missing(name: str) -> str:
    return f"cannot be computed: {name} is missing; state it in the case"


def _fits(wanted: Any, came: Any) -> bool:
    """Tables need to hold only what the case speaks of; lists are told whole."""
    if isinstance(wanted, Mapping) and isinstance(came, Mapping):
        return all(_fits(value, came.get(key)) for key, value in wanted.items())
    if isinstance(wanted, list) and isinstance(came, list):
        return len(wanted) == len(came) and all(map(_fits, wanted, came))
    return type(wanted) is type(came) and bool(wanted == came)
