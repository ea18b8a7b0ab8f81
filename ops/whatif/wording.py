"""A policy's plain values as an officer reads them: yuan, %, days, and the names of codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from chalicelib.policy.words import entry_on

from .comparing import Path, Spot
from .texts import Texts

_FAMILIES = {
    "groups": "groups",
    "levels": "levels",
    "level_at_least": "levels",
    "fund": "funds",
    "excludes_funds": "funds",
    "class_kinds": "kinds",
    "districts": "districts",
    "kinds": "kinds",
}
"""Keys and parameters whose codes the place names, with the parameter that names them."""

_NUMBERS = {
    "at_least": "percent",
    "below": "percent",
    "months": "month",
    "insured_months_at_least": "month",
    "age_at_least": "year",
    "age_at_most": "year",
    "late_per_absence": "time",
}
"""Keys whose number has another unit than its parameter; money and percentages tell themselves."""

_KEYED = {
    "fen_by_kind_and_level": "kinds",
    "joined_within_months": "groups",
    "hours-by-level": "levels",
}
"""Keys and units of tables whose keys are codes that the place names."""

_MATRIX = "fen_by_kind_and_level"
_FREE = frozenset({"name", "listed", "of"})
"""Keys whose words a policy makes up."""

_TIERS = {"per_hour": "lesson-hour", "per_day": "day"}


def yuan(fen: int) -> str:
    """A sum in yuan, with its fen where there are any."""
    whole = fen % 100 == 0
    return f"{fen // 100:,}" if whole else f"{Decimal(fen) / 100:,.2f}"


@dataclass(frozen=True)
class Wording:
    """Words for the values of one parameter of one document, in one language."""

    texts: Texts
    document: Mapping[str, Any]
    parameter: str
    unit: str

    def value(self, value: Any, *keys: str) -> str:
        """A value, found beneath these keys of the parameter's own."""
        say = self.texts.sentences
        if isinstance(value, Mapping):
            told = (
                f"{self.key(key, *keys)} {self._inner(value[key], *keys, key)}" for key in value
            )
            return say["then"].join(told)
        if isinstance(value, list):
            return say["and"].join(self._inner(each, *keys) for each in value) or say["nothing"]
        if isinstance(value, bool):
            return say["yes" if value else "no"]
        if isinstance(value, int):
            return self._number(value, keys)
        return say["nothing"] if value is None else self._word(str(value), keys)

    def _inner(self, value: Any, *keys: str) -> str:
        told = self.value(value, *keys)
        return self.texts.say("table", told=told) if isinstance(value, Mapping) else told

    def path(self, path: Path) -> str:
        """Where in the value: lines by their number and what they are known by, keys by name."""
        told: list[str] = []
        keys: tuple[str, ...] = ()
        for step in path:
            if isinstance(step, Spot):
                told.append(self._spot(step, keys))
            else:
                told.append(self.key(step, *keys))
                keys = (*keys, step)
        return self.texts.sentences["within"].join(told) or self.texts.sentences["itself"]

    def _spot(self, spot: Spot, keys: tuple[str, ...]) -> str:
        known = self._known_by(spot.line, keys) if spot.line else ""
        if not known:
            return self.texts.say("line", number=spot.number)
        return self.texts.say("line_of", number=spot.number, line=known)

    def _known_by(self, line: Mapping[str, Any], keys: tuple[str, ...]) -> str:
        known = {key: line[key] for key in line if key in _KNOWING}
        return self.value(known, *keys) if known else ""

    def key(self, key: str, *above: str) -> str:
        """A key by its name; a code in a table by level or kind by the place's."""
        if above[-2:-1] == (_MATRIX,) or (above and above[-1].endswith("_by_level")):
            return self._named("levels", key) or key
        family = _KEYED.get(above[-1] if above else self.unit)
        if family:
            return self._named(family, key) or key
        return self.texts.keys.get(key, key)

    def _number(self, value: int, keys: tuple[str, ...]) -> str:
        last = keys[-1] if keys else ""
        if last in _FAMILIES or (not keys and self.parameter in _FAMILIES):
            return self._word(str(value), keys)
        if last == "up_to":
            return self._counted(_TIERS[keys[-2]], value)
        if any("fen" in key.split("_") for key in keys) or any(key in _TIERS for key in keys):
            return self._counted("fen", yuan(value))
        if last.startswith("percent"):
            return self._counted("percent", value)
        if "joined_within_months" in keys:
            return self._counted("month", value)
        if self.unit == "hours-by-level":
            return self._counted("lesson-hour", value)
        return self._counted(_NUMBERS.get(last, "" if keys else self.unit), value)

    def _counted(self, unit: str, number: object) -> str:
        units = self.texts.units
        several = units.get(unit, "{}")
        return (units.get(f"1-{unit}", several) if number == 1 else several).format(number)

    def _word(self, word: str, keys: tuple[str, ...]) -> str:
        if keys and keys[-1] in _FREE:
            return word
        family = _FAMILIES.get(keys[-1] if keys else self.parameter)
        named = self._named(family, word) if family else None
        return named or self.texts.words.get(word) or self.texts.parameters.get(word) or word

    def _named(self, family: str, word: str) -> str | None:
        found = entry_on(self.document["parameters"], family, _LATEST)
        names = found["value"].get(word, {}) if found else {}
        name = names.get(self.texts.language)
        return str(name) if name else None


_LATEST = "9999-12-31"
_KNOWING = frozenset({*_FAMILIES, "name", "occupations", "modes", "paid_by", "up_to", "at_least"})
