"""A replay for people: tables, bars, and a sentence for everything that stands in no table."""

from collections.abc import Callable, Iterator, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .report import Aside, Report, Row
from .tally import BY, UNKNOWN
from .texts import Texts
from .wording import yuan

Names = Callable[[str, str], str]
"""What people call a programme, a district or a group, by its code."""

_BAR = 40


def show(report: Report, names: Names, texts: Texts, console: Console) -> None:
    """Print everything a replay found."""
    if not report.total.vouchers:
        console.print(texts.replay["nothing"])
    else:
        for by in BY:
            console.print(_table(by, report, names, texts))
        console.print(_bars(report.rows["district"], names, texts))
    for sentence in sentences(report, texts):
        console.print(sentence)


def sentences(report: Report, texts: Texts) -> Iterator[str]:
    """Who fares otherwise, and what is refused, waits or could not be decided."""
    total = report.total
    if total.vouchers:
        yield texts.tell("people_change", gain=report.gaining, lose=report.losing)
        changed = total.more + total.less
        yield texts.tell("vouchers_change", changed=changed, same=total.vouchers - changed)
    for sentence, asides in (
        ("refused", report.refused),
        ("held", report.held),
        ("undecided", report.undecided),
    ):
        for aside in asides:
            yield _aside(sentence, aside, texts)
    if report.outside:
        yield texts.tell("outside", count=report.outside)


def _aside(sentence: str, aside: Aside, texts: Texts) -> str:
    reason = texts.parameters.get(aside.reason) or texts.reasons.get(aside.reason, aside.reason)
    sum_ = yuan(aside.before_fen)
    return texts.tell(sentence, count=aside.vouchers, yuan=sum_, code=reason)


def _table(by: str, report: Report, names: Names, texts: Texts) -> Table:
    words, total = texts.replay, report.total
    owing = [name for name in ("waiting", "owed") if getattr(total, f"{name}_fen")]
    columns = ("vouchers", "people", "before", "after", "difference", *owing, "more", "less")
    title = texts.tell("in_yuan", by=words[by])
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 0))
    table.add_column("")
    for column in columns:
        table.add_column(words[column], justify="right", no_wrap=True)
    for row in report.rows[by]:
        table.add_row(_named(by, row.name, names, texts), *_cells(row, owing))
    if len(report.rows[by]) > 1:
        table.add_section()
        table.add_row(words["total"], *_cells(total, owing))
    return table


def _cells(row: Row, owing: Sequence[str]) -> list[str]:
    return [
        *map(str, (row.vouchers, row.people)),
        *map(yuan, (row.before_fen, row.after_fen)),
        f"{'+' if row.difference_fen > 0 else ''}{yuan(row.difference_fen)}",
        *(yuan(getattr(row, f"{name}_fen")) for name in owing),
        *map(str, (row.more, row.less)),
    ]


def _bars(rows: Sequence[Row], names: Names, texts: Texts) -> Table:
    words = texts.replay
    most_fen = max(max(row.before_fen, row.after_fen) for row in rows) or 1
    table = Table.grid(padding=(0, 1))
    for row in rows:
        told = (("before", row.before_fen, "dim"), ("after", row.after_fen, "bold"))
        for place, (name, fen, style) in enumerate(told):
            label = _named("district", row.name, names, texts) if not place else ""
            bar = Text("█" * round(_BAR * fen / most_fen), style=style)
            table.add_row(label, words[name], bar, yuan(fen))
    return table


def _named(by: str, name: str, names: Names, texts: Texts) -> str:
    return texts.replay["unknown"] if name == UNKNOWN else names(by, name)
