"""`voucherctl token mint`: an access token of the local issuer.

Here: minting for the local cloud alone. Not here: tokens of a real identity provider,
which voucherctl only passes on.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from chalicelib.rules import calendar
from ops.operator import Json
from ops.showing import show_json
from sim.issuer import mint as mint_token
from sim.issuer import open_issuer, worker_subject

app = typer.Typer(help="Tokens of the local stage.", no_args_is_help=True)

Folder = Annotated[
    Path, typer.Option(envvar="VOUCHERCTL_ISSUER_FOLDER", help="the local issuer's folder")
]
IssuerUrl = Annotated[
    str, typer.Option(envvar="OIDC_ISSUER", help="the issuer's name, as the city expects it")
]
CLIENT = "shanghai-hrss-app"

Audience = Annotated[str, typer.Option(envvar="OIDC_AUDIENCE", help="as the city expects it")]


@app.callback()
def token() -> None:
    """Tokens of the local stage."""


@app.command()
def mint(
    folder: Folder,
    issuer_url: IssuerUrl,
    audience: Audience = "voucher-city",
    subject: Annotated[str | None, typer.Option(help="a staff member's subject")] = None,
    document_number: Annotated[str | None, typer.Option(help="a worker's number")] = None,
    client: Annotated[str, typer.Option(help="the app a worker comes through")] = CLIENT,
    now: Annotated[str | None, typer.Option(help="the city's clock, RFC 3339")] = None,
    as_json: Json = False,
) -> None:
    """Mint a token for one hour: of a staff member by --subject, of a worker by his number."""
    if (subject is None) == (document_number is None):
        raise typer.BadParameter("give either --subject or --document-number")
    issuer = open_issuer(folder, issuer_url, audience)
    moment = datetime.now(UTC) if now is None else _instant(now)
    who = subject or worker_subject(issuer, str(document_number))
    # Staff come without a channel; a worker always has one.
    app_used = client if document_number else None
    text = mint_token(issuer, who, moment, document_number=document_number, client=app_used)
    if as_json:
        show_json({"token": text, "subject": who})
    else:
        typer.echo(text)


def _instant(written: str) -> datetime:
    try:
        return calendar.instant(written)
    except (ValueError, OverflowError):
        raise typer.BadParameter(
            f"{written!r} is no instant as 2026-03-02T09:00:00+08:00", param_hint="--now"
        ) from None
