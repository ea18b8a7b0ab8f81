"""`voucherctl record`: a person's training record, for an official who has a reason to read it.

Here: asking and writing it down. Not here: a document number among the arguments, ever: it would
stay in the shell's history and in the list of processes.
"""

from pathlib import Path
from typing import Annotated, Any

import typer

from chalicelib.rules import ids
from ops.api import JSON, Answer
from ops.commands.writing import in_a_folder
from ops.exits import told
from ops.failures import must
from ops.operator import Json, operator
from ops.showing import show_json, show_table

_VOUCHER = ids.form("v")
_HTML = "text/html"
_COLUMNS = ("period", "programme", "state", "signed in", "assessed", "paid, fen")

Voucher = Annotated[
    str | None,
    typer.Argument(help="one of the person's vouchers; else the document number is asked for"),
]
NumberFile = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, help="a file that holds the document number alone"),
]
Output = Annotated[
    Path | None,
    typer.Option(
        dir_okay=False,
        writable=True,
        callback=in_a_folder,
        help="write to FILE.json, or to FILE.html for printing",
    ),
]


def record(
    context: typer.Context,
    reason: Annotated[str, typer.Option(help="why it is read; the city keeps this with your name")],
    voucher: Voucher = None,
    number_file: NumberFile = None,
    output: Output = None,
    language: Annotated[str, typer.Option(help="zh-CN or en")] = "zh-CN",
    as_json: Json = False,
) -> None:
    """Show the training record of VOUCHER's holder, or of the person whose number is typed."""
    if output and output.suffix not in {".json", ".html"}:
        raise typer.BadParameter("the file's name ends with .json or .html", param_hint="--output")
    body = {"reason": reason, **_whose(voucher, number_file)}
    accept = _HTML if output and output.suffix == ".html" else JSON
    who = operator(context)
    with told(as_json):
        api = who.api()
        answer = must(
            api.post("/record-look-ups", who.token, body, language=language, accept=accept), 201
        )
    if output:
        output.write_text(answer.text, encoding="utf-8")
        typer.echo(f"written to {output}", err=True)
    elif as_json:
        show_json(answer.json)
    else:
        _show(answer)


def _whose(voucher: str | None, number_file: Path | None) -> dict[str, str]:
    if voucher is not None:
        if number_file is not None:
            raise typer.BadParameter("give a voucher or --number-file, not both")
        if not _VOUCHER.fullmatch(voucher):
            raise typer.BadParameter(
                "this is no voucher's id (v- and 26 characters). A document number is never an "
                "argument: leave it out, and it is asked for",
                param_hint="VOUCHER",
            )
        return {"voucher_id": voucher}
    if number_file is not None:
        return {"document_number": _read(number_file)}
    return {"document_number": typer.prompt("document number", hide_input=True, err=True)}


def _read(number_file: Path) -> str:
    try:
        return number_file.read_text(encoding="utf-8-sig").strip()
    except UnicodeDecodeError:
        raise typer.BadParameter(
            f"{number_file.name} is no text in UTF-8", param_hint="--number-file"
        ) from None


def _show(answer: Answer) -> None:
    found = answer.json
    title = f"{found['name']} {found['document_number']} {found['district']}"
    show_table(title, _COLUMNS, [_row(entry) for entry in found["entries"]])
    totals = found["totals"]
    typer.echo(
        f"vouchers {totals['vouchers']}, classes {totals['courses']}, "
        f"lessons signed in {totals['lessons_signed']}, certificates {totals['certificates']}, "
        f"paid {totals['paid_fen']} fen"
    )


def _row(entry: dict[str, Any]) -> tuple[object, ...]:
    course, result = entry.get("course"), entry.get("result")
    signed = f"{course['signed_good']}/{course['lessons']}" if course else "-"
    assessed = f"{result['assessed_on']} {_passed(result)}" if result else "-"
    payment = entry.get("payment")
    paid = f"{payment['amount_fen']} {payment['state']}" if payment else "-"
    programme = entry["programme_name"]
    return (entry["period"], programme, entry["state"], signed, assessed, paid)


def _passed(result: dict[str, Any]) -> str:
    return "passed" if result["passed"] else "not passed"
