"""Institutions file their classes and enrol their learners, three days ahead.

Here: filing and enrolment, and who comes too late for them. Not here: check-ins.
"""

from typing import Any

from ops.demo.scenes.problems import look_at_problem
from ops.demo.story import Class, Learner
from ops.demo.world import World
from ops.failures import must, must_refuse


def file_classes(world: World) -> None:
    """File every class; its id goes into the notebook."""

    def file(school_class: Class) -> None:
        desk = world.tokens.staff(world.story.cast.desks[school_class.institution])
        filed = must(world.api.post("/classes", desk, school_class.filing), 201)
        world.notebook.class_ids[school_class.class_no] = filed.json["class_id"]

    world.all_together("classes filed", file, world.story.classes)


def class_filed_too_late(world: World) -> None:
    """A class that starts in two days is refused, with the rule, in both languages."""
    late = world.story.late_class
    desk = world.tokens.staff(world.story.cast.desks[late.institution])
    with world.screen.step("a class filed too late") as step:
        for language in ("zh-CN", "en"):
            answer = world.api.post("/classes", desk, late.filing, language=language)
            look_at_problem(must_refuse(answer, 422, "filed_too_late"), rule=True)
            step.note = world.note_refusal(answer)


def enrol_all(world: World) -> None:
    """Every institution enrols its learners; who paid the fee is recorded."""

    def enrol(job: tuple[Class, Learner]) -> None:
        school_class, learner = job
        voucher_id = world.notebook.vouchers[learner.person, school_class.programme]
        desk = world.tokens.staff(world.story.cast.desks[school_class.institution])
        body: dict[str, Any] = {
            "class_id": world.notebook.class_ids[school_class.class_no],
            "paid_by": learner.paid_by,
        }
        if learner.enterprise is not None:
            body["enterprise_id"] = learner.enterprise
        must(world.api.post(f"/vouchers/{voucher_id}/enrolment", desk, body), 201)

    # By seat, not by class: neighbours in the queue then seldom ask for the same class's seats.
    seats = [
        (seat, school_class, learner)
        for school_class in world.story.classes
        for seat, learner in enumerate(school_class.learners)
    ]
    seats.sort(key=lambda job: job[0])
    world.all_together("learners enrolled", enrol, [(where, who) for _, where, who in seats])


def learner_enrolled_too_late(world: World) -> None:
    """Two days before the class a learner more is refused."""
    late = world.story.late_learner
    voucher_id = world.notebook.vouchers[late.person, late.programme]
    desk = world.tokens.staff(world.story.cast.desks[late.institution])
    body = {"class_id": world.notebook.class_ids[late.class_no], "paid_by": late.paid_by}
    with world.screen.step("a learner enrolled too late") as step:
        answer = world.api.post(f"/vouchers/{voucher_id}/enrolment", desk, body)
        look_at_problem(must_refuse(answer, 422, "enrolled_too_late"), rule=True)
        step.note = world.note_refusal(answer)
