"""How an offer looks from outside: open or why not, what it comes to, under which conditions."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from chalicelib.rules.decision import Decision, Part
from chalicelib.rules.moves import Shape

from . import shown
from .problems import RuleShown
from .texts import Catalogue
from .why.telling import Telling

if TYPE_CHECKING:
    # The arithmetic behind an offer is loaded with the first one that is asked for.
    from chalicelib.policy.decisions.offer import Offer


class ReasonShown(msgspec.Struct, frozen=True):
    """Why a programme is not open: the code a claim would be refused with, in words, its rule."""

    code: Annotated[str, Meta(examples=["not_eligible"])]
    title: Annotated[str, Meta(examples=["不符合申领条件"])]
    detail: Annotated[str, Meta(examples=["今日您不属于本项目的补贴对象。"])]
    rule: RuleShown


class PartShown(msgspec.Struct, frozen=True):
    """What one fund would pay to whom as one instalment."""

    instalment: Annotated[str, Meta(examples=["whole"])]
    fund: shown.Fund
    fund_name: Annotated[str, Meta(examples=["就业补助资金"])]
    payee: shown.PaidBy
    amount_fen: shown.Fen


class ConditionShown(msgspec.Struct, frozen=True):
    """What must be so before it is paid."""

    code: Annotated[str, Meta(examples=["certificate_needed"])]
    text: Annotated[str, Meta(examples=["取得证书"])]


class StepShown(msgspec.Struct, frozen=True):
    """A ruling that was looked at: which, since when it holds, on whose word, what came of it."""

    rule: Annotated[str, Meta(examples=["ratio"])]
    name: Annotated[str, Meta(examples=["补贴比例"])]
    since: shown.Day
    source: Annotated[str, Meta(examples=["沪人社职〔2021〕242号 三.(四)"])]
    result: Annotated[str, Meta(examples=["1,280.00 元"])]


class OfferShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a programme is to the caller.

    `amount_fen` is what it would come to if all went as wanted and the worker paid the fee; where
    facts are missing for it, `depends_on` names them. `why` tells how the answer came about.
    """

    programme: shown.Programme
    name: Annotated[str, Meta(examples=["社会化职业技能培训"])]
    shape: Shape
    open: bool
    why: tuple[StepShown, ...]
    reason: ReasonShown | None = None
    amount_fen: shown.Fen | None = None
    parts: tuple[PartShown, ...] = ()
    depends_on: tuple[Annotated[str, Meta(examples=["课程等级"])], ...] = ()
    conditions: tuple[ConditionShown, ...] = ()


class OffersShown(msgspec.Struct, frozen=True):
    """Every programme in force on that day: open ones first, of these the dearest first."""

    on: shown.Day
    offers: tuple[OfferShown, ...]


def offer_view(offer: "Offer", on: date, texts: Catalogue) -> OfferShown:
    """An offer in the caller's language."""
    policy, amount = offer.policy, offer.amount
    told = Telling.of(policy, texts.language, on)
    known = amount is not None and bool(amount.parts)
    return OfferShown(
        programme=policy.programme,
        name=policy.name(texts.language),
        shape=policy.shape,
        open=offer.open,
        why=tuple(_steps(offer, told)),
        reason=None if offer.open else _reason(offer.claim, texts),
        amount_fen=amount.amount_fen if amount and known else None,
        parts=tuple(_part(offer, part, on, texts) for part in amount.parts) if amount else (),
        depends_on=tuple(map(told.fact, offer.depends_on)),
        conditions=tuple(
            ConditionShown(each.name, texts.condition(each.name, each.facts))
            for each in offer.conditions
        ),
    )


def _reason(refused: Decision, texts: Catalogue) -> ReasonShown:
    return ReasonShown(
        code=refused.code,
        title=texts.title(refused.code),
        detail=texts.detail(refused.code, refused.facts),
        rule=RuleShown(refused.rule.section, texts.rule(refused.rule.name)),
    )


def _part(offer: "Offer", part: Part, on: date, texts: Catalogue) -> PartShown:
    return PartShown(
        instalment=part.instalment,
        fund=part.fund,
        fund_name=offer.policy.word("funds", part.fund, texts.language, on),
        payee=part.payee,
        amount_fen=part.amount_fen,
    )


def _steps(offer: "Offer", told: Telling) -> Iterator[StepShown]:
    """The rulings of the claim, then those of the amount where it is open."""
    amount = offer.amount.trace if offer.amount and offer.open else ()
    for step in (*offer.claim.trace, *amount):
        yield StepShown(
            rule=step.rule,
            name=told.rule(step.rule),
            since=step.since,
            source=step.source,
            result=told.result(step),
        )
