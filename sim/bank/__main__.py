"""The bank as a program: `python -m sim.bank --orders URL --results URL --key ID …`.

Its endpoint and credentials come from the environment, as AWS clients read it.

Here: its arguments and its parts. Not here: what it does with them.
"""

import argparse
import json
import logging
from dataclasses import asdict
from functools import partial
from pathlib import Path

import boto3

from sim.bank.ledger import Ledger
from sim.bank.program import Bank, work_once
from sim.desk import opening
from sim.desk.work import serve


def main(arguments: list[str] | None = None) -> int:
    """Serve until idle, print what was done as one line of JSON, and end with 0."""
    given = _arguments().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    bank = Bank(
        name=given.name,
        sqs=boto3.client("sqs"),
        kms=boto3.client("kms"),
        orders_url=given.orders,
        results_url=given.results,
        key_id=given.key,
        ledger=Ledger(given.ledger),
        clock=opening.running_from(given.now),
    )
    try:
        work = serve(partial(work_once, bank), given.idle_s)
    finally:
        bank.ledger.close()
    print(json.dumps(asdict(work)))
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = opening.arguments("python -m sim.bank", __doc__)
    parser.add_argument("--orders", required=True, help="URL of the queue it is asked on")
    parser.add_argument("--ledger", required=True, type=Path, help="its own file")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
