"""`voucherctl`: the operator's command.

Here: the options every command shares, and the commands' places. Not here: any command.
Exit codes: see ops.exits.
"""

import typer

from ops.commands import batch, channel, dlq, national, policy, run, token
from ops.commands.check import check
from ops.commands.demo import demo
from ops.commands.deploy import deploy
from ops.commands.doctor import doctor
from ops.commands.imports import import_file
from ops.commands.record import record
from ops.commands.report import report
from ops.commands.stats import stats
from ops.operator import ApiUrl, Endpoint, Operator, StackName, Token

app = typer.Typer(
    help="Operate a city's training vouchers.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
app.add_typer(policy.app, name="policy")
app.add_typer(batch.app, name="batch")
app.add_typer(run.app, name="run")
app.add_typer(dlq.app, name="dlq")
app.add_typer(national.app, name="national")
app.add_typer(channel.app, name="channel")
app.add_typer(token.app, name="token")
app.command("import")(import_file)
app.command("record")(record)
app.command("stats")(stats)
app.command("report")(report)
app.command("check")(check)
app.command("deploy")(deploy)
app.command("doctor")(doctor)
app.command("demo")(demo)


@app.callback()
def voucherctl(
    context: typer.Context,
    api_url: ApiUrl = None,
    token: Token = None,
    endpoint: Endpoint = None,
    stack: StackName = "voucher-city",
) -> None:
    """Operate a city's training vouchers."""
    context.obj = Operator(api_url, token, endpoint, stack)


if __name__ == "__main__":
    app()
