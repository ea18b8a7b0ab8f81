"""The story as the city generator tells it: who does what at which moment.

Here: samples/story.json, read once into types. Not here: playing it.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

LEVELS = {"一级": 1, "二级": 2, "三级": 3, "四级": 4, "五级": 5}


class Import(msgspec.Struct, frozen=True):
    """A file that an office brings at a moment, by the subject `by`."""

    moment: str
    kind: str
    file: str
    by: str


class Batch(msgspec.Struct, frozen=True):
    """A proactive issue to a whole group, and how many it must reach."""

    moment: str
    programme: str
    group: str
    by: str
    expected_issued: int


class Cast(msgspec.Struct, frozen=True):
    """Subjects of the staff who act, by office, district or institution."""

    first_permission_manager: str
    city_officer: str
    policy_approver: str
    approver: str
    proposers: dict[str, str]
    releasers: dict[str, str]
    desks: dict[str, str]
    former: str


class Channel(msgspec.Struct, frozen=True):
    """An app that workers act through, as it is registered."""

    client_id: str
    name_zh: str
    name_en: str
    since: str


class Learner(msgspec.Struct, frozen=True, array_like=True):
    """A learner of a class and who paid his fee; an enterprise by its code."""

    person: int
    paid_by: str
    enterprise: str | None


class Class(msgspec.Struct, frozen=True):
    """A class as its institution files it, with the learners it enrols."""

    class_no: str
    institution: str
    programme: str
    site_no: str
    occupation: str
    level: str
    capacity: int
    lessons: tuple[dict[str, str], ...]
    learners: tuple[Learner, ...]

    @property
    def filing(self) -> dict[str, Any]:
        """The body of the filing."""
        whole: dict[str, Any] = msgspec.to_builtins(self)
        told = {key: whole[key] for key in whole if key not in {"institution", "learners"}}
        return told | {"level": LEVELS[self.level]}


class LateLearner(msgspec.Struct, frozen=True):
    """A learner whom his institution would enrol too late."""

    moment: str
    person: int
    programme: str
    class_no: str
    institution: str
    paid_by: str
    expected: str


class Claim(msgspec.Struct, frozen=True):
    """A worker's claim."""

    person: int
    programme: str


class Verification(msgspec.Struct, frozen=True):
    """A worker shows his code at an institution's desk."""

    person: int
    programme: str
    institution: str


class CheckIn(msgspec.Struct, frozen=True):
    """One tap of a learner at a lesson, and the outcome it must have."""

    moment: str
    person: int
    programme: str
    class_no: str
    lesson_no: int
    attempt: int
    longitude: float
    latitude: float
    datum: str
    accuracy_m: float
    device_time: str
    expected: str


class Proposal(msgspec.Struct, frozen=True):
    """What a district must be able to propose of a programme."""

    programme: str
    district: str
    entries: int
    total_fen: int


class Held(msgspec.Struct, frozen=True):
    """A line born held: what the district decides on it, and why."""

    person: int
    programme: str
    district: str
    decision: str
    reason: str


class Story(msgspec.Struct, frozen=True):
    """Everything that happens, told once."""

    moments: dict[str, datetime]
    districts: tuple[str, ...]
    cast: Cast
    channels: tuple[Channel, ...]
    imports: tuple[Import, ...]
    batches: tuple[Batch, ...]
    people: tuple[str, ...]
    claims: tuple[Claim, ...]
    refused_claims: tuple[Claim, ...]
    verifications: tuple[Verification, ...]
    classes: tuple[Class, ...]
    late_class: Class
    late_learner: LateLearner
    check_ins: tuple[CheckIn, ...]
    proposals: tuple[Proposal, ...]
    held: tuple[Held, ...]
    default_release_reason: str

    def channel_of(self, person: int) -> str:
        """The client id of the app a person uses: the channels in turn."""
        return self.channels[person % len(self.channels)].client_id


def read_story(samples: Path) -> Story:
    """Read `story.json` of a sample city.

    Raises FileNotFoundError, or msgspec.ValidationError when the folder is no sample city.
    """
    told = json.loads((samples / "story.json").read_text(encoding="utf-8"))
    return msgspec.convert({key: _unfolded(value) for key, value in told.items()}, Story)


def _unfolded(value: Any) -> Any:
    """A table of columns and rows as a list of named rows; anything else as it is."""
    if isinstance(value, dict) and set(value) == {"columns", "rows"}:
        return [dict(zip(value["columns"], row, strict=True)) for row in value["rows"]]
    return value
