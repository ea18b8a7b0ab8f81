"""`voucherctl policy explain`: why a voucher is as it is, computed again from what was kept.

Here: arguments and printing. Not here: computing; ops.explained.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from ops import explained
from ops.exits import told
from ops.explained import Recomputed
from ops.language import InLanguage, Language
from ops.operator import Json, operator
from ops.showing import show_json

VoucherId = Annotated[str, typer.Argument(help="the voucher's id")]


def explain(
    context: typer.Context,
    voucher_id: VoucherId,
    language: InLanguage = Language.CHINESE,
    as_json: Json = False,
) -> None:
    """Explain a voucher step by step, and compute its decisions again from the inputs kept.

    Says of each whether the steps, and the hash kept when it was made, come to the same bytes;
    exits 1 where one does not. Needs the right voucher.view in the voucher's district.
    """
    who = operator(context)
    with told(as_json):
        api = who.api()
        found = explained.fetched(api, who.token, voucher_id, language.value)
        again = list(explained.recomputed(found, explained.documents(api, who.token)))
    if as_json:
        verdicts = {each.name: {"as_told": each.as_told, "as_kept": each.as_kept} for each in again}
        show_json({"explanation": found, "recomputed": verdicts})
    else:
        for line in _lines(found, again):
            typer.echo(line)
    if not all(each.same for each in again):
        raise typer.Exit(1)


def _lines(found: Mapping[str, Any], again: list[Recomputed]) -> Iterator[str]:
    yield f"{found['name']} {found['voucher_id']}"
    for each in again:
        decision = each.told
        sum_ = f" · {decision['amount_fen'] / 100:,.2f}" if "amount_fen" in decision else ""
        yield ""
        yield f"{each.name} · {decision['outcome']}{sum_} · {decision['on']}"
        yield f"  {decision['rule']['name']} {decision['rule']['section']} · {decision['policy']}"
        yield from (f"  {n}. {step['text']}" for n, step in enumerate(decision["steps"], 1))
        if "text" in decision:
            yield f"  {decision['text']}"
        for part in (*decision.get("parts", ()), *decision.get("debts", ())):
            if part["text"]:
                yield f"  {part['instalment']} {part['amount_fen'] / 100:,.2f}: {part['text']}"
        yield f"  {_verdict(each)}"
    for payment in found.get("payments", ()):
        yield ""
        yield f"payment · {payment['state']} · {payment['amount_fen'] / 100:,.2f} {payment['fund']}"
        yield from (f"  {reason}" for reason in payment.get("held_because", ()))


def _verdict(each: Recomputed) -> str:
    if not each.as_told:
        return "≠ this checkout's rules give other steps: is it of the city's version?"
    if each.as_kept is None:
        return "as of today; nobody has decided it yet"
    if not each.as_kept:
        return "≠ the steps are not those whose hash was kept when it was decided"
    return "= recomputed from its inputs to the same bytes"
