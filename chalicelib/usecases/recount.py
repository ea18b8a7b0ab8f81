"""Recount: what the stream never told is counted now; what is counted stays as it is.

For vouchers of before there were figures, and for records on which the stream gave up. It may run
beside the stream: the marks let each event in once.
"""

from collections.abc import Iterator

from chalicelib.rules.history import Command
from chalicelib.rules.principal import Principal
from chalicelib.rules.run import BLOCK_ROWS, Run, RunKind, Tally
from chalicelib.store import figures, vouchers

from .block import Block
from .count import count
from .show_run import right_for
from .start_run import start_run


def ask_recount(principal: Principal, command: Command) -> Run:
    """The run that goes through all vouchers. Raises Forbidden `right_missing`, KeyReused."""
    principal.require(right_for(RunKind.RECOUNT))
    return start_run("figures-counts", RunKind.RECOUNT, {}, command)


def blocks(run: Run) -> Iterator[Block]:
    """The pages of the vouchers from the run's checkpoint on, each when it is asked for.

    Its rows are the vouchers: applied is those that had something new, existed all others.
    """
    at, last = run.at, False
    while not last:
        page, at = vouchers.page(at, BLOCK_ROWS)
        last = not at
        before = figures.counted(voucher.id for voucher in page)
        count(page)
        after = figures.counted(voucher.id for voucher in page)
        new = len(after.items() - before.items())
        yield Block(Tally(applied=new, existed=len(page) - new), at, last)
