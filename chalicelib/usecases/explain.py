"""Explain (说明理由): why a voucher was given, what it comes to, and what keeps its money back.

Decisions are computed again from the inputs that were kept with them, under the version that was
in force; what was not decided yet is computed as of today and says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from chalicelib.policy import Policy, decisions, inputs, opening
from chalicelib.rules import calendar, history, plain, trace
from chalicelib.rules.cases import Case
from chalicelib.rules.decision import AmountDecision, Decision
from chalicelib.rules.ids import VoucherId
from chalicelib.rules.line import Line
from chalicelib.rules.moves import Shape, State
from chalicelib.rules.principal import Principal
from chalicelib.rules.reader import Reader
from chalicelib.rules.situation import Situation
from chalicelib.rules.voucher import Voucher
from chalicelib.store import cases, payments, programmes, proposals

from . import show
from .situated import situated

CLAIM, ISSUE, SETTLE = "claim", "issue", "settle"


@dataclass(frozen=True)
class Explained:
    """A decision with what it rests on: day, version, plain inputs, and the hash kept of its why.

    `asks` is the verb it was asked for; `kept` is "" where nobody has decided so far; `others` are
    the programmes that were asked whether they pay instead.
    """

    asks: str

    decision: Decision | AmountDecision
    policy: Policy
    on: date
    inputs: Mapping[str, Any]
    kept: str
    others: Mapping[str, Policy] = field(default_factory=dict)

    @property
    def recomputes(self) -> bool:
        """Whether the inputs give the very why of which the hash was kept."""
        return bool(self.kept) and trace.digest(self.decision.trace).startswith(self.kept)


@dataclass(frozen=True)
class Explanation:
    """A voucher's decisions, for one reader, its payment lines, and what these wait for.

    `eligibility` is None for a voucher from before its inputs were kept, `amount` before the
    result; `open_cases` are what a person has to decide before money leaves.
    """

    voucher: Voucher
    reader: Reader
    policy: Policy
    at: datetime
    eligibility: Explained | None
    amount: Explained | None
    lines: tuple[Line, ...]
    open_cases: tuple[Case, ...]


def explain(principal: Principal, voucher_id: VoucherId, now: datetime) -> Explanation:
    """The explanation of a voucher, for those it concerns; NotFound for everybody else."""
    found, _ = show.one(principal, voucher_id)
    return Explanation(
        voucher=found,
        reader=_reader(principal, found),
        policy=programmes.by_hash(found.policy),
        at=now,
        eligibility=_eligibility(found),
        amount=_amount(found, now),
        lines=_lines(found),
        open_cases=tuple(case for case in cases.open_of(found.id) if case.holds_payment),
    )


def _reader(principal: Principal, found: Voucher) -> Reader:
    if principal.person_id is not None:
        return Reader.WORKER
    official = principal.supervises(found.terms.district)
    return Reader.OFFICIAL if official else Reader.INSTITUTION


def _eligibility(found: Voucher) -> Explained | None:
    """The decision that opened the voucher, from what its first event kept."""
    born = history.read(found.history[0])
    kept = opening.judged_by(born)
    if kept is None:
        return None
    judged, why = kept
    policy, claimed = programmes.by_hash(found.policy), opening.claimed(born, found.person_id)
    on = calendar.civil_date(calendar.instant(born.at))
    others = programmes.named(opening.asked(born))
    decision = opening.again(policy, others, judged, on, claimed=claimed)
    asks = CLAIM if claimed else ISSUE
    return Explained(asks, decision, policy, on, judged, why, others)


def _amount(found: Voucher, now: datetime) -> Explained | None:
    if found.shape is Shape.CHECK_IN or found.terms.assessed_on is None:
        return None
    if found.terms.proposal_id is None:
        return _as_of_today(found, now) if found.state is State.ASSESSED else None
    proposal = proposals.load(found.terms.proposal_id)
    entry = next((one for one in proposal.entries if one.voucher_id == found.id), None)
    if entry is None or not entry.on:
        return None
    policy = programmes.by_hash(entry.policy)
    return _settled(policy, entry.inputs, date.fromisoformat(entry.on), entry.why)


def _as_of_today(found: Voucher, now: datetime) -> Explained:
    today = calendar.civil_date(now)
    policy = programmes.current(found.programme, today)
    situation = situated([found], policy, today)[found.id]
    return _settled(policy, plain.plain(situation), today, "")


def _settled(policy: Policy, kept: Mapping[str, Any], on: date, why: str) -> Explained:
    decision = decisions.settle.decide(policy, plain.typed(Situation, kept), on)
    return Explained(SETTLE, decision, policy, on, inputs.only(kept, policy.asked), why)


def _lines(found: Voucher) -> tuple[Line, ...]:
    """Its payment lines as far as they are born, the voucher's own fund first."""
    wanted = [found.line_of(share) for share in found.terms.owed]
    born = {line.id: line for line in payments.load_all(wanted)}
    return tuple(born[line_id] for line_id in wanted if line_id in born)
