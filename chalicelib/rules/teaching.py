"""Classes (培训班): what is filed (开班反馈), until when, and who can still be registered."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from chalicelib.errors import Invalid, NotFound, Rule

from . import calendar
from .ids import ClassId, OrganisationId
from .lesson import Lesson, Mode, mode_of
from .position import Site
from .situation import Course, Event

FILING = Rule("filing-lead", "三.(二)")
OFFLINE = Rule("check-in-voucher-offline", "二.(一)")
"""The check-in voucher is only for signing in at offline training."""

USUAL = "usual"
"""What a list of kinds calls a class that is of no kind of its own."""


@dataclass(frozen=True)
class TrainingClass:
    """A filed class: where, what, when, for how many.

    `kind` is the class of work (培训类别) where the programme has such; `exam_on` the day of the
    assessment where it is fixed already.
    """

    id: ClassId
    institution_id: OrganisationId
    class_no: str
    programme: str
    site_no: str
    site: Site
    district: str
    occupation: str
    level: int
    capacity: int
    seats_taken: int
    lessons: tuple[Lesson, ...]
    filed_at: str
    filed_by: str
    kind: str | None = None
    exam_on: date | None = None

    @property
    def mode(self) -> Mode:
        """How it is taught: offline, online, or blended of both."""
        return mode_of(self.lessons)

    @property
    def course(self) -> Course:
        """What is learnt in it, as rules ask for it."""
        return Course(self.occupation, self.level, self.kind, self.mode.value)

    @property
    def days(self) -> dict[Event, date]:
        """The days that rules ask a class for: its first, and its exam's where it is fixed."""
        days = {Event.CLASS_START: self.starts_on}
        return days | ({Event.EXAM: self.exam_on} if self.exam_on else {})

    @property
    def starts_on(self) -> date:
        """The civil date of its first lesson."""
        return calendar.civil_date(self.lessons[0].starts_at)

    def lesson(self, no: int) -> Lesson:
        """The lesson of that number; NotFound where the class has none."""
        if not 1 <= no <= len(self.lessons):
            raise NotFound("lesson")
        return self.lessons[no - 1]


def check_timetable(lessons: tuple[Lesson, ...]) -> None:
    """Lessons follow each other without overlap and each ends after it starts; else Invalid."""
    if not lessons:
        raise Invalid("timetable_empty", field="lessons")
    for lesson in lessons:
        if lesson.ends_at <= lesson.starts_at:
            raise Invalid("timetable_disorder", field="lessons", facts={"lesson_no": lesson.no})
    for earlier, later in pairwise(lessons):
        if later.starts_at < earlier.ends_at:
            raise Invalid("timetable_disorder", field="lessons", facts={"lesson_no": later.no})
