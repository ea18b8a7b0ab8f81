"""Offices bring their files; two officials publish the programmes; the channels are registered.

Here: imports with their refused rows, policies, channels. Not here: what people do with them.
"""

import msgspec

from ops.demo.story import Import
from ops.demo.world import World
from ops.failures import StepFailedError, must
from ops.policies import approve, programmes, propose
from ops.runs import Run, follow, start_import
from ops.transfer import upload

SHOWN_REFUSALS = 3


def open_city(world: World) -> None:
    """Bring the first moment's files and publish the policies before the roster.

    The roster names groups of people, and which there are the policies in force declare.
    """
    orders = _of_moment(world, "S0")
    _bring_all(world, [order for order in orders if order.kind != "roster"])
    publish_policies(world)
    _bring_all(world, [order for order in orders if order.kind == "roster"])


def bring_files(world: World, moment: str) -> None:
    """Import every file of this moment, in the story's order."""
    _bring_all(world, _of_moment(world, moment))


def _of_moment(world: World, moment: str) -> list[Import]:
    return [order for order in world.story.imports if order.moment == moment]


def _bring_all(world: World, orders: list[Import]) -> None:
    for order in orders:
        world.notebook.runs[order.kind] = _bring(world, order)


def publish_policies(world: World) -> None:
    """One officer proposes the programmes and another approves, as `voucherctl policy` does."""
    cast = world.story.cast
    proposer, approver = map(world.tokens.staff, (cast.city_officer, cast.policy_approver))
    for document in programmes(world.policies):
        with world.screen.step(f"publish {document['programme']}") as step:
            version = propose(world.api, proposer, document)
            if version["state"] == "proposed":
                version = approve(world.api, approver, version["hash"])
            step.note = f"{version['hash'][:12]} from {version['effective_from']}"


def register_channels(world: World) -> None:
    """Register every app of the story, as `voucherctl channel register` does."""
    token = world.tokens.staff(world.story.cast.first_permission_manager)
    for channel in world.story.channels:
        with world.screen.step(f"register channel {channel.client_id}") as step:
            answer = world.api.post("/channels", token, msgspec.to_builtins(channel))
            step.note = str(must(answer, 201).json["name_en"])


def _bring(world: World, order: Import) -> Run:
    token = world.tokens.staff(order.by)
    with world.screen.step(f"import {order.file}") as step:
        key = upload(world.api, token, order.kind, world.samples / order.file)
        ordered = start_import(world.api, token, order.kind, key)
        run = follow(
            world.api, token, ordered, lambda run: step.reach(run.handled, run.rows or None)
        )
        step.note = f"{run.applied} applied, {run.existed} existed, {run.refused} refused"
    _check_sums(order, run)
    for refusal in run.refusals[:SHOWN_REFUSALS]:
        where = f"line {refusal.line} {refusal.column}".strip()
        world.screen.tell(f"refused {where}: {refusal.code} · {refusal.reason}")
    if run.refused > SHOWN_REFUSALS:
        world.screen.tell(f"… and {run.refused - SHOWN_REFUSALS} more, each by line and reason")
    return run


def _check_sums(order: Import, run: Run) -> None:
    if run.rows != run.handled or len(run.refusals) != run.refused:
        raise StepFailedError(
            f"import {order.file}",
            f"{run.rows} rows, but {run.applied} applied + {run.existed} existed "
            f"+ {run.refused} refused ({len(run.refusals)} of them listed)",
            f"read the run again: GET /runs/{run.run_id}",
        )
