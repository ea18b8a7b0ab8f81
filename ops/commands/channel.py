"""`voucherctl channel`: the client channels, listed, registered and suspended.

Here: arguments and printing. Not here: what a channel may do; the city decides it.
"""

from typing import Annotated, Any

import typer

from ops.exits import told
from ops.failures import must
from ops.operator import Json, operator
from ops.showing import show_json, show_table

app = typer.Typer(help="The apps through which workers come.", no_args_is_help=True)

ClientId = Annotated[str, typer.Argument(help="the app's client id at the identity provider")]
_COLUMNS = ("client_id", "name_zh", "name_en", "since", "until", "open", "suspended")


@app.callback()
def channel() -> None:
    """The apps through which workers come."""


@app.command("list")
def list_channels(context: typer.Context, as_json: Json = False) -> None:
    """List the registered channels."""
    who = operator(context)
    with told(as_json):
        channels = must(who.api().get("/channels", who.token), 200).json["channels"]
    _show(channels, as_json)


@app.command()
def register(
    context: typer.Context,
    client_id: ClientId,
    name_zh: Annotated[str, typer.Option(help="its name in Chinese")],
    name_en: Annotated[str, typer.Option(help="its name in English")],
    since: Annotated[str, typer.Option(help="first day it is open, like 2026-01-01")],
    until: Annotated[str | None, typer.Option(help="last day it is open")] = None,
    as_json: Json = False,
) -> None:
    """Register CLIENT_ID, or change its registration; a suspended one is open again."""
    body = {"client_id": client_id, "name_zh": name_zh, "name_en": name_en, "since": since}
    if until is not None:
        body["until"] = until
    _show([_post(context, "/channels", body, as_json)], as_json)


@app.command()
def suspend(
    context: typer.Context,
    client_id: ClientId,
    reason: Annotated[str, typer.Option(help="why, for whoever reads it later")],
    as_json: Json = False,
) -> None:
    """Turn workers away from CLIENT_ID until it is registered again."""
    path = f"/channels/{client_id}/suspension"
    _show([_post(context, path, {"reason": reason}, as_json)], as_json)


def _post(context: typer.Context, path: str, body: dict[str, Any], as_json: bool) -> Any:
    who = operator(context)
    with told(as_json):
        return must(who.api().post(path, who.token, body), 201).json


def _show(channels: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        show_json(channels)
        return
    rows = [["" if each[name] is None else each[name] for name in _COLUMNS] for each in channels]
    show_table("channels", _COLUMNS, rows)
