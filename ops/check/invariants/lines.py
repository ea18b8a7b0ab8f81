"""Payment lines: one per voucher, fund and instalment, one live attempt, none for a check-in."""

from collections import Counter
from collections.abc import Iterator

from chalicelib.rules import history, ids
from chalicelib.rules.line import LINE_MOVES, Line, LineState, LineVerb
from chalicelib.rules.moves import Shape
from ops.check.breach import Breach
from ops.check.city import City, KeptLine

ONE = "one-live-attempt"
CHECK_IN = "no-check-in-line"
REPLAY = "line-history"

_MOVES = {verb.value: move for verb, move in LINE_MOVES.items()}
_BORN = frozenset({LineState.DUE, LineState.HELD})
_NO_MOVE: tuple[frozenset[LineState], LineState] = (frozenset(), LineState.DUE)
_ENDS = frozenset({LineVerb.REJECT, LineVerb.RETURN})


def breaches(city: City) -> Iterator[Breach]:
    """Doubled lines and attempts, lines without a voucher that carries money, broken histories."""
    same = Counter(_key(kept.line) for kept in city.lines.values())
    for kept in city.lines.values():
        line = kept.line
        if same[_key(line)] > 1 or ids.line_id(*_key(line)) != line.id:
            found = f"not the one line of {line.voucher_id}, {line.fund}, {line.instalment}"
            yield Breach(ONE, kept.where, found)
        owner = city.vouchers.get(line.voucher_id)
        if owner is None:
            yield Breach(ONE, kept.where, f"its voucher {line.voucher_id} does not exist")
        elif owner.voucher.shape is Shape.CHECK_IN:
            yield Breach(CHECK_IN, kept.where, f"{line.voucher_id} carries no money")
        yield from _attempts(kept)
        yield from _chain(kept)
        yield from _replay(kept)


def _key(line: Line) -> tuple[ids.VoucherId, str, int]:
    return line.voucher_id, line.fund, line.instalment


def _attempts(kept: KeptLine) -> Iterator[Breach]:
    """A next attempt is made only after the bank ended the one before."""
    live = ended = 0
    for event in kept.events:
        live += event.do == LineVerb.SEND
        if event.do in _ENDS:
            live, ended = live - 1, ended + 1
        if live > 1:
            yield Breach(ONE, kept.where, f"event {event.n} sends while an attempt is live")
    if not 1 <= kept.line.attempt <= ended + 1:
        yield Breach(ONE, kept.where, f"attempt {kept.line.attempt} after {ended} that ended")


def _chain(kept: KeptLine) -> Iterator[Breach]:
    broken = history.broken_at(kept.line.history)
    if broken is not None:
        yield Breach(REPLAY, kept.where, f"event {broken} does not follow from the one before it")
    if kept.version != len(kept.events):
        yield Breach(REPLAY, kept.where, f"version {kept.version} with {len(kept.events)} events")


def _replay(kept: KeptLine) -> Iterator[Breach]:
    line, first = kept.line, kept.events[0] if kept.events else None
    if first is None or first.to not in _BORN or first.set.get("amount_fen") != line.amount_fen:
        yield Breach(REPLAY, kept.where, "its first event does not tell its birth")
        return
    state = LineState(first.to)
    for event in kept.events[1:]:
        sources, to = _MOVES.get(event.do, _NO_MOVE)
        if state not in sources or event.to != to:
            yield Breach(REPLAY, kept.where, f"event {event.n} is no move: {event.do}")
            return
        state = to
    if state is not line.state:
        yield Breach(REPLAY, kept.where, f"stands at {line.state}, its history at {state}")
