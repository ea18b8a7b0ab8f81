"""A notice as the CloudEvent that a channel gets: whom by its own id, what by code and in words."""

from typing import Annotated

import msgspec

from chalicelib.policy import Policy
from chalicelib.rules.channel import Contact
from chalicelib.rules.notice import Kind, Notice

from .cloud_events import Sent
from .notice_words import worded

SOURCE = "urn:voucher-city:notices"


class Words(msgspec.Struct, frozen=True):
    """A notice in one language."""

    title: str
    body: str


class Translations(msgspec.Struct, frozen=True, rename={"chinese": "zh-CN", "english": "en"}):
    """A notice in the languages in which the city speaks."""

    chinese: Words
    english: Words


class NoticeData(msgspec.Struct, frozen=True, omit_defaults=True):
    """A notice for one user of a channel, known to it by `user_id`; nothing else tells who he is.

    Instants are RFC 3339 in Shanghai's time, `amount_fen` is whole fen; each is there where the
    kind has it.
    """

    code: Kind
    client_id: str
    user_id: str
    voucher_id: Annotated[str, msgspec.Meta(pattern="^v-[a-z2-7]{26}$")]
    programme: str
    words: Translations
    expires_at: str | None = None
    starts_at: str | None = None
    amount_fen: Annotated[int, msgspec.Meta(ge=0)] | None = None


class NoticeEvent(Sent, frozen=True, kw_only=True):
    """The CloudEvent it travels in; `subject` is the channel's client id."""

    subject: str
    data: NoticeData


def event_type(kind: Kind) -> str:
    """The CloudEvent type of a kind of notice."""
    return f"city.voucher.notice.{kind}.v1"


def noticed(notice: Notice, contact: Contact, policy: Policy) -> NoticeEvent:
    """The event for the channel of this contact."""
    return NoticeEvent(
        id=notice.id,
        source=SOURCE,
        type=event_type(notice.kind),
        time=notice.at,
        subject=contact.client_id,
        data=NoticeData(
            code=notice.kind,
            client_id=contact.client_id,
            user_id=contact.user_id,
            voucher_id=notice.voucher.id,
            programme=notice.voucher.programme,
            words=Translations(
                Words(*worded(notice, policy, "zh-CN")), Words(*worded(notice, policy, "en"))
            ),
            expires_at=notice.expires_at,
            starts_at=notice.starts_at,
            amount_fen=notice.amount_fen,
        ),
    )
