"""Show a run: how far an import or a batch has come, to whoever may start one of its kind."""

from chalicelib.errors import NotFound
from chalicelib.rules.ids import RunId
from chalicelib.rules.principal import Principal, Right
from chalicelib.rules.run import Run, RunKind
from chalicelib.store import runs

_RIGHTS = {
    RunKind.BATCH: Right.VOUCHER_ISSUE,
    RunKind.RESEND: Right.NATIONAL_RESEND,
    RunKind.RECOUNT: Right.FIGURES_COUNT,
}


def right_for(kind: RunKind) -> Right:
    """The right to start and to see runs of a kind."""
    return _RIGHTS.get(kind) or Right(f"import.{kind}")


def show_run(principal: Principal, run_id: RunId) -> Run:
    """The run with its first refusals; NotFound also for who may not see its kind."""
    run = runs.load(run_id)
    if right_for(run.kind) not in principal.rights:
        raise NotFound("run")
    return run
