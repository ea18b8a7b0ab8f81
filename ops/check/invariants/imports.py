"""Every row of a run has one outcome: rows = applied + existed + refused, and its blocks sum up."""

from collections.abc import Iterator

from ops.check.breach import Breach
from ops.check.city import City, KeptRun, Sums

IMPORT = "import-sums"


def breaches(city: City) -> Iterator[Breach]:
    """Runs with rows that have no outcome, or more than one."""
    for run in city.runs:
        where = f"run {run.id}"
        yield from _whole(where, run.sums)
        for n, block in enumerate(run.blocks):
            yield from _whole(f"{where}, block {n}", block)
            if block.refused != block.listed:
                found = f"{block.refused} refused, {block.listed} listed"
                yield Breach(IMPORT, f"{where}, block {n}", found)
        yield from _blocks(where, run)


def _whole(where: str, sums: Sums) -> Iterator[Breach]:
    outcomes = sums.applied + sums.existed + sums.refused
    if sums.rows != outcomes:
        yield Breach(IMPORT, where, f"{sums.rows} rows, {outcomes} outcomes")


def _blocks(where: str, run: KeptRun) -> Iterator[Breach]:
    # A block is written before the checkpoint that counts it: one more may stand after a kill.
    counted = run.blocks[: run.block_count]
    if len(counted) != run.block_count:
        yield Breach(IMPORT, where, f"{run.block_count} blocks, {len(counted)} written")
    for name in ("rows", "applied", "existed", "refused"):
        whole, parts = getattr(run.sums, name), sum(getattr(block, name) for block in counted)
        if whole != parts:
            yield Breach(IMPORT, where, f"{name} {whole}, in its blocks {parts}")
