"""Which functions of a programme's vouchers are switched on on a day (notice 二.(三))."""

from datetime import date

from chalicelib.policy.compiled import Policy
from chalicelib.rules.decision import Decision, Outcome
from chalicelib.rules.functions import FUNCTIONS, Function
from chalicelib.rules.trace import Trace


def decide(policy: Policy, function: Function, on: date) -> Decision:
    """Yes where the function is on, or `function_off`; where nothing is said, all are on."""
    ruling = policy.ruling("functions", on)
    if ruling is None:
        return Decision(Outcome.YES, FUNCTIONS)
    trace, switched_on = Trace(), function in ruling.value
    trace.add(ruling, {"function": function.value}, switched_on)
    steps = tuple(trace.steps)
    if switched_on:
        return Decision(Outcome.YES, FUNCTIONS, trace=steps)
    return Decision(Outcome.NO, FUNCTIONS, "function_off", {"function": function.value}, steps)
