"""A dump as one city: every item to the reader of its kind, what none can read set aside."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from chalicelib.store.dump import Dump, Item
from ops.check import (
    read_figures,
    read_money,
    read_outbox,
    read_people,
    read_policies,
    read_teaching,
)
from ops.check.breach import Breach
from ops.check.city import City, KeptRun

READABLE = "readable"

_Value = TypeVar("_Value")


def read_city(dump: Dump) -> City:
    """The city in the rules' own values; an unreadable item becomes a breach."""
    lost: list[Breach] = []
    people = _parts(dump.people)
    programmes = _parts(dump.programmes)
    return City(
        people={person.id: person for person in _each(people["profile"], read_people.person, lost)},
        entitlements=dict(_each(people["entitlements"], read_people.entitlement, lost)),
        counts=dict(_each(people["counts"], read_people.counts, lost)),
        policies={
            policy.hash: policy
            for policy in _each(programmes["document"], read_people.policy, lost)
        },
        versions={
            kept.hash: kept for kept in _each(programmes["document"], read_policies.version, lost)
        },
        timelines=dict(_each(programmes["current"], read_policies.timeline, lost)),
        budgets=tuple(_each(programmes["budget"], read_people.budget, lost)),
        classes={into.id: into for into in _each(dump.classes, read_teaching.training_class, lost)},
        vouchers={
            kept.voucher.id: kept for kept in _each(dump.vouchers, read_teaching.voucher, lost)
        },
        records=tuple(_each(dump.checkins, read_teaching.record, lost)),
        cases=tuple(_each(dump.cases, read_teaching.case, lost)),
        proposals={
            kept.proposal.id: kept
            for kept in _each(read_money.proposals_of(dump.payments), read_money.proposal, lost)
        },
        lines={
            kept.line.id: kept
            for kept in _each(read_money.lines_of(dump.payments), read_money.line, lost)
        },
        runs=_runs(dump.runs, lost),
        outbox=tuple(_each(read_outbox.rows_of(dump.outbox), read_outbox.row, lost)),
        figures=dict(_each(read_figures.cells_of(dump.figures), read_figures.cell, lost)),
        counted=dict(_each(read_figures.marks_of(dump.figures), read_figures.mark, lost)),
        unreadable=tuple(lost),
    )


def _runs(items: Sequence[Item], lost: list[Breach]) -> tuple[KeptRun, ...]:
    parts = _parts(items)
    blocks: dict[str, list[Item]] = defaultdict(list)
    for block in sorted(parts["block"], key=lambda item: str(item["part"])):
        blocks[block["id"]].append(block)
    return tuple(_each(parts["run"], lambda item: read_people.run(item, blocks[item["id"]]), lost))


def _parts(items: Iterable[Item]) -> dict[str, list[Item]]:
    """Items of a table by the kind of their part, the word before its number."""
    kinds: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        kinds[str(item["part"]).partition("#")[0]].append(item)
    return kinds


def _each(
    items: Iterable[Item], read: Callable[[Item], _Value], lost: list[Breach]
) -> Iterable[_Value]:
    for item in items:
        try:
            yield read(item)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            key = item.get("id") or f"{item.get('lesson', '')}{item.get('voucher_id', '')}"
            # Only the kind of fault: the text of some errors repeats what stands in the item.
            lost.append(Breach(READABLE, str(key), f"cannot be read ({type(error).__name__})"))
