"""Resume: asks once more for every proposal that was left half done."""

from collections.abc import Callable

from chalicelib.store import proposals, queues

_PAGE = 100


def resume(spent: Callable[[], bool]) -> int:
    """Sends unfinished proposals to be carried on, until `spent`; how many were sent.

    Carrying on reads the proposal itself, so one that the index shows late does no harm.
    """
    sent, after = 0, ""
    while not spent():
        listed, after = proposals.unfinished(after, _PAGE)
        for proposal_id in listed:
            queues.send_proposal(proposal_id)
        sent += len(listed)
        if not after:
            break
    return sent
