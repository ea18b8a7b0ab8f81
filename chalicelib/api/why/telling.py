"""Steps and reasons of decisions in people's words: what was taken, what came of it, by whose rule.

What a catalogue or a policy has no name for is told as it is; nothing is decided here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from chalicelib.policy import Policy
from chalicelib.policy.vocabulary import ARITHMETIC
from chalicelib.rules.reader import WITHHELD
from chalicelib.rules.trace import Step

from . import Words, words

Named = Callable[[str, str], str]
"""What a place calls a group, level, fund, kind or district: by family and word."""

_IN_MONEY = ARITHMETIC | {"instalments", "claw_back", "offset"}
_SUMS = frozenset({"fen", "lines"})
_SHARES = frozenset({"percent"})
_FAMILIES = {"group": "groups", "level": "levels", "kind": "kinds", "fund": "funds"}
_IN_THE_SENTENCE = frozenset({"before_fen", "percent", "rounding"})


@dataclass(frozen=True)
class Telling:
    """One language, and the names of the place whose policy decided."""

    words: Words
    named: Named

    @classmethod
    def of(cls, policy: Policy, language: str, on: date) -> "Telling":
        """The words of a language, with the names that the policy gives on that day."""
        return cls(words(language), lambda family, word: policy.word(family, word, language, on))

    def step(self, step: Step) -> str:
        """One step in a sentence: what it did, from which figures, by which ruling."""
        if step.result == WITHHELD:
            done = self.words.phrases["withheld"].format(rule=self.rule(step.rule))
            return done + self._ruled(step)
        return self._done(step) + self._figures(step) + self._ruled(step)

    def result(self, step: Step) -> str:
        """What came of a step, alone."""
        return self._value(step.rule, step.result, money=step.rule in _IN_MONEY)

    def rule(self, name: str) -> str:
        """What a parameter is called."""
        return self.words.rules.get(name, name)

    def reason(self, code: str, facts: Mapping[str, Any]) -> str:
        """Why something is not yes, or not yet; "" where there is nothing to say."""
        told = dict(facts)
        if "input" in told:
            told["input"] = self.fact(str(told["input"]))
        return self.words.reasons.get(code, code).format(**told)

    def fact(self, path: str) -> str:
        """What an input is called, by its path in the situation."""
        head, _, tail = path.partition(".")
        if head == "events":
            return self.words.events.get(tail, tail)
        return self.words.facts.get(path, path)

    def money(self, fen: int | str) -> str:
        """A sum in yuan; parts of a fen stay visible."""
        yuan = Fraction(fen) / 100
        digits = 2 if yuan * 100 == int(yuan * 100) else 4
        return self.words.phrases["sum"].format(sum=f"{float(yuan):,.{digits}f}")

    def word(self, family: str, word: Any) -> str:
        """A word by the place's name for it, else by the catalogue's."""
        text = str(word)
        named = self.named(family, text) if family else text
        return self.words.answers.get(text, text) if named == text else named

    def _done(self, step: Step) -> str:
        answer = str(step.result).lower() if isinstance(step.result, bool) else ""
        steps = self.words.steps
        told = steps.get(f"{step.rule}.{answer}") or steps.get(step.rule)
        facts = {
            "result": self.result(step),
            "before": self.money(step.inputs.get("before_fen", 0)),
            **{name: self.figure(name, step.inputs.get(name, "")) for name in ("percent",)},
            "rounding": self.word("", step.inputs.get("rounding", "")),
        }
        if told is None:
            return self.words.phrases["other"].format(rule=self.rule(step.rule), **facts)
        return told.format(**facts)

    def _figures(self, step: Step) -> str:
        hidden = _IN_THE_SENTENCE if step.rule in self.words.steps else frozenset({"before_fen"})
        phrase = self.words.phrases["figure"]
        told = [
            phrase.format(name=self.words.figures.get(name, name), value=self.figure(name, value))
            for name, value in sorted(step.inputs.items())
            if name not in hidden and value not in (None, [], {}, "")
        ]
        between = self.words.phrases["between"]
        return self.words.phrases["figures"].format(figures=between.join(told)) if told else ""

    def _ruled(self, step: Step) -> str:
        phrases = self.words.phrases
        told = phrases["ruled"].format(since=step.since, source=step.source)
        if not step.governed_by:
            return told
        event = self.words.events.get(step.governed_by, step.governed_by)
        return told + phrases["governed"].format(event=event, on=step.on)

    def figure(self, name: str, value: Any) -> str:
        """One figure of a step in words."""
        if name == "unmet":
            words = dict.fromkeys(self.words.conditions.get(word, word) for word in value)
            return self.words.phrases["and"].join(words)
        if name in _SHARES:
            return f"{value}%"
        if name == "input":
            return self.fact(str(value))
        return self._value(name, value, money=name in _SUMS or name.endswith("_fen"))

    def _value(self, name: str, value: Any, *, money: bool) -> str:
        join = self.words.phrases["and"].join
        if isinstance(value, Mapping):
            pairs = (
                f"{self.word(_FAMILIES.get(name, ''), key)} {self._value('', inner, money=money)}"
                for key, inner in sorted(value.items())
            )
            return join(pairs)
        if isinstance(value, Sequence) and not isinstance(value, str):
            return join(self._entry(name, each, money=money) for each in value)
        if isinstance(value, bool):
            return self.words.answers[str(value).lower()]
        if money and (isinstance(value, int) or _is_fraction(value)):
            return self.money(value)
        return self.word(_FAMILIES.get(name, ""), value)

    def _entry(self, name: str, entry: Any, *, money: bool) -> str:
        """A line of a list: words and sums, or so many of so many."""
        if not isinstance(entry, Sequence) or isinstance(entry, str):
            return self._value(name, entry, money=money)
        if not money and all(isinstance(part, int) for part in entry):
            return "/".join(map(str, entry))
        return " ".join(self._value("fund", part, money=money) for part in entry)


def _is_fraction(value: Any) -> bool:
    """Whether it is a sum that is no whole fen yet, written as a fraction."""
    above, slash, below = str(value).partition("/")
    return bool(slash) and above.isdigit() and below.isdigit()
