"""An error of the city as a problem document (RFC 9457): the one place where errors meet HTTP."""

from collections.abc import Mapping
from typing import Annotated

import msgspec
from chalice.app import Response
from msgspec import Meta

from chalicelib.errors import CityError, Refused
from chalicelib.rules.reader import Reader, step_for
from chalicelib.rules.trace import Step

from . import answers, why
from .codes import BROKEN, STATUS
from .texts import Catalogue
from .why.telling import Telling

MEDIA_TYPE = "application/problem+json"
_RETRY_AFTER_S = 2


class RuleShown(msgspec.Struct, frozen=True):
    """The rule behind a refusal, and the provision of the notice it rests on."""

    section: Annotated[str, Meta(examples=["三.(二)"])]
    name: Annotated[str, Meta(examples=["开班反馈与学员注册期限"])]


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why a request was not done; `code` is stable, `title` and `detail` are for people.

    `steps` say how a rule came to say no.
    """

    type: Annotated[str, Meta(examples=["urn:voucher-city:problem:filed_too_late"])]
    title: Annotated[str, Meta(examples=["开班反馈逾期"])]
    status: int
    code: Annotated[str, Meta(examples=["filed_too_late"])]
    detail: Annotated[
        str,
        Meta(examples=["须在开班前至少 3 天反馈，该班 2026-03-09 开班，最后一日为 2026-03-06。"]),
    ]
    request_id: Annotated[str, Meta(examples=["7d0f9c1e-6a64-4b8e-8b0a-4c6f4a3f2b11"])]
    field: Annotated[str, Meta(examples=["lessons"])] | None = None
    rule: RuleShown | None = None
    steps: tuple[Annotated[str, Meta(examples=["开班与学员注册时限：否"])], ...] = ()


def problem(error: CityError, texts: Catalogue, request_id: str, *, worker: bool) -> Response:
    """The answer to a request that met this error; a worker alone hears of himself."""
    status = STATUS[type(error)]
    rule = error.rule if isinstance(error, Refused) else None
    steps = _steps(error, texts, worker) if isinstance(error, Refused) else ()
    document = _document(
        error.code,
        status,
        texts,
        request_id,
        facts=error.facts,
        field=error.field,
        rule=RuleShown(rule.section, texts.rule(rule.name)) if rule else None,
        steps=steps,
    )
    wait = {"Retry-After": str(_RETRY_AFTER_S)} if status == 503 else {}
    return answers.answer(document, status, {**_headers(texts), **wait})


def _steps(refused: Refused, texts: Catalogue, worker: bool) -> tuple[str, ...]:
    """The decision's steps in words; a level by its name, a place's own words as they are."""
    reader = Reader.WORKER if worker else Reader.INSTITUTION
    told = Telling(
        why.words(texts.language), lambda family, word: texts.words.get(f"level.{word}", word)
    )
    return tuple(told.step(step_for(reader, Step(**step))) for step in refused.why)


def broken(texts: Catalogue, request_id: str) -> Response:
    """The answer where the city itself failed: nothing but the request's id."""
    return answers.answer(_document(BROKEN, 500, texts, request_id), 500, _headers(texts))


def _document(
    code: str,
    status: int,
    texts: Catalogue,
    request_id: str,
    *,
    facts: Mapping[str, object] | None = None,
    field: str | None = None,
    rule: RuleShown | None = None,
    steps: tuple[str, ...] = (),
) -> Problem:
    return Problem(
        type=f"urn:voucher-city:problem:{code}",
        title=texts.title(code),
        status=status,
        code=code,
        detail=texts.detail(code, facts or {}),
        request_id=request_id,
        field=field,
        rule=rule,
        steps=steps,
    )


def _headers(texts: Catalogue) -> dict[str, str]:
    return {"Content-Type": MEDIA_TYPE, "Content-Language": texts.language}
