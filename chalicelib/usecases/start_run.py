"""Start a run: keep it under its computed id, then ask the queue for the work."""

from chalicelib.errors import KeyReused
from chalicelib.rules import calendar, ids
from chalicelib.rules.history import Command
from chalicelib.rules.run import Run, RunKind, RunState
from chalicelib.store import queues, runs, transact


def start_run(
    path: str, kind: RunKind, source: dict[str, str], command: Command, *, preview: bool = False
) -> Run:
    """The run this command asks for, new or as it has come along since; KeyReused.

    One that still waits is sent to the queue again: the answer to the first sending may have
    been lost, and a second message of a run does nothing new.
    """
    asked = Run(
        id=ids.run_id(path, command.actor, command.key),
        kind=kind,
        state=RunState.WAITING,
        subject=command.actor,
        role=command.role,
        asked_at=calendar.text(command.at),
        body=command.body,
        source=source,
        preview=preview,
    )
    try:
        runs.create(asked)
        run = asked
    except transact.Lost:
        run = runs.load(asked.id)
        if run.body != command.body:
            raise KeyReused from None
    if run.state is RunState.WAITING:
        queues.send_run(run.kind, run.id)
    return run
