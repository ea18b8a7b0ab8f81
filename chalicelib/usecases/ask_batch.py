"""Ask for a batch: a group or a list that is served without asking (notice 二.(一))."""

from chalicelib.errors import Refused
from chalicelib.policy import decisions
from chalicelib.rules import calendar
from chalicelib.rules.eligibility import ELIGIBLE
from chalicelib.rules.functions import Function
from chalicelib.rules.history import Command
from chalicelib.rules.person import FactKind
from chalicelib.rules.principal import Principal
from chalicelib.rules.run import Run, RunKind
from chalicelib.store import programmes

from .show_run import right_for
from .start_run import start_run


def ask_batch(
    principal: Principal, programme: str, kind: FactKind, name: str, command: Command
) -> Run:
    """The run that issues the programme's voucher to a group or a list, in the period of today.

    Raises Forbidden `right_missing`, NotFound for an unknown programme, Refused `function_off`,
    `no_period` or `not_proactive`, KeyReused.
    """
    principal.require(right_for(RunKind.BATCH))
    today = calendar.civil_date(command.at)
    policy = programmes.current(programme, today)
    decisions.functions.decide(policy, Function.ISSUE, today).check()
    if policy.period(today) is None:
        raise Refused("no_period", ELIGIBLE, facts={"programme": programme})
    if not decisions.issue.serves(policy, kind, name, today):
        raise Refused(
            "not_proactive", ELIGIBLE, field=kind, facts={"group": name, "programme": programme}
        )
    source = {"programme": programme, kind.value: name}
    return start_run("batches", RunKind.BATCH, source, command)
